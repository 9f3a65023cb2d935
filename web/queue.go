package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/rule"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// queueNames are the queues as people read them.
var queueNames = map[news.Queue]string{
	news.QueueHeld: "Held", news.QueueReported: "Reported", news.QueueNew: "New", news.QueueRemoved: "Removed",
}

// A queueForm is how a queue is narrowed, as its address says.
type queueForm struct {
	queue                 news.Queue
	story, member         string // as typed
	reason, section       string
	after                 string
	storyFault, nameFault string
}

// path is the address of the queue so narrowed, behind an item.
func (f queueForm) path(after string) string {
	return views.WithQuery(views.QueuePath(string(f.queue)), "story", f.story, "member", f.member, "reason", f.reason, "section", f.section, "after", after)
}

// narrowed reports whether the form leaves anything out.
func (f queueForm) narrowed() bool { return f.story+f.member+f.reason+f.section != "" }

// showFirstQueue serves GET /moderation.
func (s *Server) showFirstQueue(w http.ResponseWriter, r *http.Request) error {
	return s.writeQueue(w, r, news.QueueHeld)
}

// showQueue serves GET /moderation/{queue}.
func (s *Server) showQueue(w http.ResponseWriter, r *http.Request) error {
	q := news.Queue(r.PathValue("queue"))
	if !slices.Contains(news.Queues, q) {
		return news.ErrNotFound
	}
	return s.writeQueue(w, r, q)
}

func (s *Server) writeQueue(w http.ResponseWriter, r *http.Request, queue news.Queue) error {
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	sections, err := s.deskSections(r, d)
	if err != nil {
		return err
	}
	f, filter, found, err := s.readQueueForm(r, d, queue, sections)
	if err != nil {
		return err
	}
	var items []news.QueueItem
	if found {
		if items, err = s.db.Queue(r.Context(), filter, d.v.At); err != nil {
			return err
		}
	}
	counts, err := s.db.QueueCounts(r.Context(), d.categories, d.v.At)
	if err != nil {
		return err
	}
	page := views.QueuePage{Queue: string(queue), Heading: queueNames[queue] + " comments", Filter: s.queueFilterView(f, sections)}
	if page.Desk, err = s.deskView(r, d, page.Heading); err != nil {
		return err
	}
	page.Places[0].Current = true
	if page.Cases, err = s.cases(r, d, items, f); err != nil {
		return err
	}
	s.fillQueue(&page, f, counts, items, d.v.At)
	return s.show(w, r, views.QueuePageView(page))
}

// fillQueue sets what a queue's page says about all of it.
func (s *Server) fillQueue(page *views.QueuePage, f queueForm, counts news.QueueCounts, items []news.QueueItem, at time.Time) {
	numbers := map[news.Queue]int{news.QueueHeld: counts.Held, news.QueueReported: counts.Reported, news.QueueNew: counts.New, news.QueueRemoved: counts.Removed}
	oldest := map[news.Queue]*time.Time{news.QueueHeld: counts.OldestHeld, news.QueueReported: counts.OldestReported}
	for _, q := range news.Queues {
		tab := views.QueueTab{Link: views.Link{Text: queueNames[q], URL: views.QueuePath(string(q)), Current: q == f.queue}, Count: countText(numbers[q])}
		if since := oldest[q]; since != nil {
			tab.Since = "oldest " + waited(*since, at)
		}
		page.Tabs = append(page.Tabs, tab)
	}
	total := numbers[f.queue]
	page.Total, page.Many = min(total, news.QueueCountMax), total > news.QueueCountMax
	page.Summary = plural(total, "comment") + "."
	if page.Many {
		page.Summary = countText(total) + " comments."
	}
	if since := oldest[f.queue]; since != nil {
		page.Summary += " The oldest has waited " + waited(*since, at) + "."
	}
	if f.narrowed() {
		page.Summary += " What is shown is narrowed by the filter."
		page.Total, page.Many = len(items), len(items) == news.QueuePageSize
	}
	page.Empty = emptyText(f)
	page.Bulk = bulkView(f)
	if len(items) == news.QueuePageSize {
		last := items[len(items)-1]
		page.MoreURL = f.path(cursor(last.Since, last.ID))
	}
	if f.after != "" {
		page.TopURL = f.path("")
	}
}

// emptyText is what a queue says when there is nothing in it.
func emptyText(f queueForm) string {
	switch {
	case f.storyFault+f.nameFault != "":
		return f.storyFault + f.nameFault + "."
	case f.narrowed():
		return "Nothing here matches the filter."
	case f.after != "":
		return "That was the last of them."
	}
	switch f.queue {
	case news.QueueHeld:
		return "Nobody is waiting. Every comment that was held has been decided about."
	case news.QueueReported:
		return "No open reports. Thank you for keeping order."
	case news.QueueNew:
		return "All new comments have been looked at."
	}
	return "No comment was removed in the last 30 days."
}

// bulkView is the form that decides about several items of a queue.
func bulkView(f queueForm) views.Bulk {
	b := views.Bulk{Next: f.path(f.after)}
	act := func(kind news.ActKind, label string, first bool) {
		b.Acts = append(b.Acts, views.Option{Value: string(kind), Label: label, Checked: first})
	}
	if f.queue == news.QueueRemoved {
		act(news.ActRestore, "Restore selected", true)
		act(news.ActHold, "Hold selected", false)
		return b
	}
	act(news.ActApprove, "Approve selected", true)
	if f.queue != news.QueueHeld {
		act(news.ActHold, "Hold selected", false)
	}
	b.Rules = ruleOptions("")
	return b
}

// countText is the length of a queue, counted as far as queues are.
func countText(n int) string {
	if n > news.QueueCountMax {
		return grouped(news.QueueCountMax) + "+"
	}
	return grouped(n)
}

// waited is a time of waiting in words.
func waited(since, now time.Time) string {
	switch d := now.Sub(since); {
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return plural(int(d/time.Minute), "minute")
	case d < 48*time.Hour:
		return plural(int(d/time.Hour), "hour")
	default:
		return plural(int(d/(24*time.Hour)), "day")
	}
}

// cursor names an item in an address, to go on behind it.
func cursor(at time.Time, id int64) string {
	return strconv.FormatInt(at.UnixMicro(), 10) + "-" + strconv.FormatInt(id, 10)
}

// readCursor reads a cursor; "" is none. It returns a 400 for what is not one.
func readCursor(c string) (at time.Time, id int64, err error) {
	if c == "" {
		return at, 0, nil
	}
	micro, item, _ := strings.Cut(c, "-")
	n, err := strconv.ParseInt(micro, 10, 64)
	id, ok := positiveID(item)
	if err != nil || !ok {
		return at, 0, malformed("There is no such place in the list", "Begin at its first page.")
	}
	return time.UnixMicro(n).UTC(), id, nil
}

// readQueueForm reads how a queue is to be narrowed. found is false when it
// names a story or a member that there is not.
func (s *Server) readQueueForm(r *http.Request, d desk, queue news.Queue, sections []news.Category) (f queueForm, filter news.QueueFilter, found bool, err error) {
	q := r.URL.Query()
	f = queueForm{queue: queue, reason: q.Get("reason"), section: q.Get("section"), after: q.Get("after")}
	filter = news.QueueFilter{Queue: queue, Categories: d.categories, Moderator: d.m.ID}
	if filter.AfterAt, filter.AfterID, err = readCursor(f.after); err != nil {
		return f, filter, false, err
	}
	if f.story, filter.ArticleID, f.storyFault, err = s.findStory(r, d, q.Get("story")); err != nil {
		return f, filter, false, err
	}
	if f.member, filter.MemberID, f.nameFault, err = s.findMember(r, q.Get("member")); err != nil {
		return f, filter, false, err
	}
	switch queue {
	case news.QueueHeld:
		filter.Hold = news.HoldKind(f.reason)
		if !slices.ContainsFunc(holdNames, func(h struct {
			kind news.HoldKind
			name string
		}) bool {
			return h.kind == filter.Hold
		}) {
			filter.Hold, f.reason = "", ""
		}
	case news.QueueReported:
		filter.Reason = news.ReportReason(f.reason)
		if reportText(filter.Reason) == f.reason {
			filter.Reason, f.reason = "", ""
		}
	default:
		f.reason = ""
	}
	known := false
	for _, c := range sections {
		if c.Slug == f.section {
			filter.CategoryID, known = c.ID, true
		}
	}
	if !known {
		f.section = ""
	}
	return f, filter, f.storyFault+f.nameFault == "", nil
}

// findStory finds the story that a filter names by its address, with or
// without the site's own in front. fault says why there is none.
func (s *Server) findStory(r *http.Request, d desk, typed string) (words string, id int64, fault string, err error) {
	words, err = text.CleanName(typed)
	if err != nil || words == "" {
		return "", 0, "", nil
	}
	fault = "No story has that address"
	u, err := url.Parse(words)
	if err != nil {
		return words, 0, fault, nil
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) != 2 || !dayForm.MatchString(parts[0]) {
		return words, 0, fault, nil
	}
	story, err := s.db.ArticleByAddress(r.Context(), d.v, parts[0], parts[1])
	if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrGone) || err == nil && !d.reaches(story.CategoryID) {
		return words, 0, fault, nil
	}
	return u.Path, story.ID, "", err
}

// findMember finds the member that a filter names. fault says why there is
// none.
func (s *Server) findMember(r *http.Request, typed string) (name string, id int64, fault string, err error) {
	name, err = text.CleanName(typed)
	if err != nil || name == "" {
		return "", 0, "", nil
	}
	m, err := s.db.MemberByName(r.Context(), text.Fold(name))
	if errors.Is(err, news.ErrNotFound) {
		return text.Cut(name, news.NameMax), 0, "No member has that name", nil
	}
	return m.Name, m.ID, "", err
}

// queueFilterView is the form that narrows a queue.
func (s *Server) queueFilterView(f queueForm, sections []news.Category) views.QueueFilter {
	view := views.QueueFilter{
		Action: views.QueuePath(string(f.queue)), Open: f.narrowed(),
		Story:  views.Field{ID: "story", Name: "story", Label: "Story", Type: "text", Autocomplete: "off", Hint: "Its address on this site.", Value: f.story, Error: f.storyFault},
		Member: views.Field{ID: "member", Name: "member", Label: "Member", Type: "text", Autocomplete: "off", Hint: "The whole display name.", Value: f.member, Error: f.nameFault},
	}
	if f.narrowed() {
		view.Clear = views.QueuePath(string(f.queue))
	}
	view.Section = views.Choice{Name: "section", Legend: "Section", Options: []views.Option{{Label: "All sections"}}}
	for _, c := range sections {
		view.Section.Options = append(view.Section.Options, views.Option{Value: c.Slug, Label: c.Name, Checked: c.Slug == f.section})
	}
	switch f.queue {
	case news.QueueHeld:
		c := views.Choice{Name: "reason", Legend: "Held because of", Options: []views.Option{{Label: "Anything"}}}
		for _, h := range holdNames {
			c.Options = append(c.Options, views.Option{Value: string(h.kind), Label: h.name, Checked: string(h.kind) == f.reason})
		}
		view.Reason = &c
	case news.QueueReported:
		c := views.Choice{Name: "reason", Legend: "Reported because", Options: []views.Option{{Label: "Of anything"}}}
		for _, h := range news.ReportReasons {
			c.Options = append(c.Options, views.Option{Value: string(h.Reason), Label: h.Label, Checked: string(h.Reason) == f.reason})
		}
		view.Reason = &c
	}
	return view
}

// ruleSet are the rules in force, made ready.
func (s *Server) ruleSet(r *http.Request) (news.CommentRules, *rule.Set, error) {
	c, err := s.court(r.Context())
	if err != nil {
		return news.CommentRules{}, nil, err
	}
	return c.rules, c.set, nil
}
