package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// guide is the one line above every comment form.
const guide = "Argue with the point, not the person. Say what you know that the story doesn’t."

// A reading is how one request looks at an article's comments.
type reading struct {
	order   news.CommentOrder
	usual   news.CommentOrder // this reader's own, which addresses leave out
	page    int
	open    int64 // the top-level comment whose replies are all shown, or 0
	part    int   // of them
	further bool  // the further article's comments are open
	draft   draft
	errors  []views.FieldError
	done    string      // what has just been done, or ""
	fresh   *views.Link // what is new since the last visit, or nil

	court     *court
	outlook   outlook
	barred    *refusal // why this member may not write, or nil
	moderates bool     // this reader may decide about these comments
	newest    int64    // id of the newest visible comment
}

// newReading is the first page of a thread in the order of that name, or in
// the reader's own.
func (s *Server) newReading(r *http.Request, order string) (reading, error) {
	m, in, err := s.member(r)
	if err != nil {
		return reading{}, err
	}
	rd := reading{usual: news.OrderNewest, page: 1}
	if in && m.ReadingOrder != "" {
		rd.usual = m.ReadingOrder
	}
	rd.order = orderOf(order, rd.usual)
	return rd, nil
}

// hidden are the form values that bring a reader back to the same reading.
func (rd reading) hidden() []views.Hidden {
	var h []views.Hidden
	for name, value := range pairs(rd.place()) {
		if value != "" {
			h = append(h, views.Hidden{Name: name, Value: value})
		}
	}
	return h
}

// place is the reading as the parameters of an address.
func (rd reading) place() []string {
	order, open := "", ""
	if rd.order != rd.usual {
		order = string(rd.order)
	}
	if rd.open != 0 {
		open = strconv.FormatInt(rd.open, 10)
	}
	return []string{"order", order, "page", pageText(rd.page), "open", open, "part", pageText(rd.part)}
}

// pairs walks a list of name, value, name, value.
func pairs(list []string) func(yield func(name, value string) bool) {
	return func(yield func(name, value string) bool) {
		for i := 0; i+1 < len(list); i += 2 {
			if !yield(list[i], list[i+1]) {
				return
			}
		}
	}
}

// path is the address of a page of a thread in the order of the reading,
// without a fragment.
func (rd reading) path(a news.Article, page int, open int64, part int) string {
	rd.page, rd.open, rd.part = page, open, part
	return views.WithQuery(views.ArticlePath(a.Day, a.Slug), rd.place()...)
}

// filter asks the store for what the reading shows.
func (rd reading) filter() news.ThreadFilter {
	return news.ThreadFilter{Order: rd.order, Page: rd.page, Open: rd.open, Part: rd.part}
}

// orderNames are the orders as they are offered.
var orderNames = []struct {
	order news.CommentOrder
	name  string
}{{news.OrderNewest, "Newest"}, {news.OrderOldest, "Oldest"}, {news.OrderRecommended, "Most recommended"}}

// orderOf reads an order by name; anything unknown is the usual one.
func orderOf(name string, usual news.CommentOrder) news.CommentOrder {
	for _, o := range orderNames {
		if string(o.order) == name {
			return o.order
		}
	}
	return usual
}

// readingOf reads ?order=, ?page=, ?open=, ?part=, ?reply=, ?quote=,
// ?further=, ?done= and ?kept=.
func (s *Server) readingOf(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story) (reading, error) {
	q := r.URL.Query()
	rd, err := s.newReading(r, q.Get("order"))
	if err != nil {
		return rd, err
	}
	if rd.page, err = pageNumber(r); err != nil {
		return rd, err
	}
	if q.Has("open") {
		ok := false
		if rd.open, ok = positiveID(q.Get("open")); !ok {
			return rd, news.ErrNotFound
		}
		rd.part = smallNumber(q.Get("part"), 0)
	}
	rd.further = q.Get("further") == "open"
	if v.Reader.SignedIn() {
		rd.draft.key = newFormKey()
		rd.done = threadDone[q.Get("done")]
	}
	if q.Has("reply") {
		id, ok := positiveID(q.Get("reply"))
		if !ok {
			return rd, news.ErrNotFound
		}
		if err := s.answering(r.Context(), v, story, id, &rd); err != nil {
			return rd, err
		}
		if q.Has("quote") {
			rd.draft.body = quoted(rd.draft.parent.Body)
		}
	}
	if token := q.Get("kept"); token != "" {
		notShared(w)
		if err := s.unpack(r.Context(), v, story, token, &rd); err != nil {
			return rd, err
		}
	}
	return rd, nil
}

// threadDone are the sentences said above a thread after a change.
var threadDone = map[string]string{"deleted": "Your comment is deleted."}

// answering turns a reading to the page that holds the comment to be
// answered. It returns news.ErrNotFound when that comment cannot be answered
// here.
func (s *Server) answering(ctx context.Context, v news.Viewpoint, story news.Story, id int64, rd *reading) error {
	parent, err := s.db.CommentByID(ctx, v, id)
	if err != nil {
		return err
	}
	if parent.ArticleID != story.ID || parent.State != news.CommentVisible {
		return news.ErrNotFound
	}
	place, err := s.db.CommentPlace(ctx, v, id, rd.order)
	if err != nil {
		return err
	}
	rd.page, rd.open, rd.part = place.Page, place.Open, place.Part
	rd.draft.parent = &parent
	return nil
}

// complete finds out what the reader may do with the thread, and what will
// become of what they write.
func (s *Server) complete(r *http.Request, v news.Viewpoint, story news.Story, rd *reading) (err error) {
	ctx := r.Context()
	if rd.court, err = s.court(ctx); err != nil {
		return err
	}
	if rd.newest, err = s.db.NewestComment(ctx, story.ID); err != nil {
		return err
	}
	m, in, err := s.member(r)
	if err != nil {
		return err
	}
	if in {
		if rd.barred, err = s.barred(r, m, v.At); err != nil {
			return err
		}
		if rd.moderates, err = s.moderates(r, m, v, story); err != nil {
			return err
		}
	}
	if rd.barred != nil || story.CommentsClosed(v.At, &rd.court.rules) {
		return nil
	}
	rd.outlook, err = s.outlook(ctx, v, story, rd.court)
	return err
}

// moderates reports whether a member may decide about the comments on a story.
func (s *Server) moderates(r *http.Request, m news.Member, v news.Viewpoint, story news.Story) (bool, error) {
	if !m.Role.May(news.ActModerate) || m.Suspended(v.At) || s.lacksSecond(r, m) {
		return false, nil
	}
	categories, err := s.db.ModeratorCategories(r.Context(), m.ID)
	return err == nil && (categories == nil || slices.Contains(categories, story.CategoryID)), err
}

// threadView is the comment section of the page's own article.
func (s *Server) threadView(v news.Viewpoint, story news.Story, page news.CommentPage, rd reading) views.Thread {
	path := views.ArticlePath(story.Day, story.Slug)
	rd.open, rd.part = page.Open, page.Part
	t := views.Thread{
		Count:    page.Count,
		Newest:   rd.newest,
		Guide:    guide,
		Done:     rd.done,
		New:      rd.fresh,
		Pager:    threadPager(story.Article, page, rd),
		Arrivals: views.ArrivalsPath(story.Day, story.Slug),
	}
	// The forms of the comments find the page by themselves, in the order being
	// read.
	if rd.order != rd.usual {
		t.Keep = []views.Hidden{{Name: "order", Value: string(rd.order)}}
	}
	for _, o := range orderNames {
		other := rd
		other.order = o.order
		t.Orders = append(t.Orders, views.Link{Text: o.name, URL: other.path(story.Article, 1, 0, 0) + "#comments", Current: o.order == page.Order})
	}
	closed := story.CommentsClosed(v.At, &rd.court.rules)
	b := threadBuilder{server: s, viewpoint: v, reading: rd, story: story, page: page, label: rd.court.label(),
		canReply: !closed && rd.barred == nil, canAct: rd.barred == nil, canEdit: !closed && rd.barred == nil}
	switch {
	case closed:
		t.State, t.Kept = "Comments on this story are closed.", rd.draft.body
		if rd.court.rules.ClosedText != "" {
			t.State = rd.court.rules.ClosedText
		}
	case rd.barred != nil && rd.barred.warning != nil:
		warning := *rd.barred.warning
		warning.Next = path + "#write"
		if rd.draft.kept != "" {
			warning.Next = views.WithQuery(path, "kept", rd.draft.kept) + "#write"
		}
		t.Warning, t.Kept = &warning, rd.draft.body
	case rd.barred != nil:
		t.State, t.Kept = rd.barred.heading+". "+rd.barred.text, rd.draft.body
	case rd.outlook.full != "" && rd.draft.body == "":
		t.State = rd.outlook.full
		b.canReply = false
	case rd.draft.parent != nil:
		b.answering, b.compose = rd.draft.parent.ID, s.composeView(v, story, rd)
	default:
		t.Compose = s.composeView(v, story, rd)
	}
	if b.canReply {
		t.ReplyAction = path + "#write"
	}
	t.Comments = b.build(page.Remarks)
	if page.Page == 1 {
		t.Picks = s.pickViews(page.Picks)
	}
	if len(t.Comments) == 0 && !closed {
		t.Empty = "No comments yet. Start with what you know that the story doesn’t."
	}
	return t
}

// pickViews are the newsroom's picks, but for those of members whom the
// reader has muted.
func (s *Server) pickViews(picks []news.Remark) []views.Pick {
	var list []views.Pick
	for _, m := range picks {
		if !m.Muted {
			list = append(list, views.Pick{Name: m.Name, Badge: badge(m.Role), Words: text.Excerpt(m.Body, 280), URL: views.CommentPath(m.ID)})
		}
	}
	return list
}

// foldedThread is the opened comments under the further article: its first
// page, to read; writing happens on the article's own page.
func (s *Server) foldedThread(v news.Viewpoint, story news.Story, page news.CommentPage, rd reading) views.Thread {
	own := reading{order: page.Order, usual: rd.usual, page: 1}
	b := threadBuilder{server: s, viewpoint: v, reading: own, story: story, page: page, label: rd.court.label(), folded: true}
	path := views.ArticlePath(story.Day, story.Slug)
	t := views.Thread{Count: page.Count, Comments: b.build(page.Remarks), Empty: "No comments yet."}
	switch {
	case page.Pages > 1:
		t.Join = &views.Link{URL: own.path(story.Article, 2, 0, 0) + "#comments", Text: "More comments on this story"}
	case !story.CommentsClosed(v.At, &rd.court.rules):
		t.Join = &views.Link{URL: path + "#write", Text: "Comment on this story"}
	}
	return t
}

// threadPager leads through the pages of a thread in its order.
func threadPager(a news.Article, page news.CommentPage, rd reading) views.Pager {
	before, after := "Newer comments", "Older comments"
	switch page.Order {
	case news.OrderOldest:
		before, after = "Earlier comments", "Later comments"
	case news.OrderRecommended:
		before, after = "More recommended", "Less recommended"
	}
	return pager(page.Pages, page.Page, before, after, "Pages of comments", func(n int) string {
		return rd.path(a, n, 0, 0) + "#comments"
	})
}

// composeView is the comment form as the reading fills it.
func (s *Server) composeView(v news.Viewpoint, story news.Story, rd reading) *views.Compose {
	// Whoever logs in may have another usual order: the address says which.
	way := rd
	if !v.Reader.SignedIn() && rd.page > 1 {
		way.usual = ""
	}
	here := way.path(story.Article, rd.page, rd.open, rd.part) + "#write"
	c := &views.Compose{
		ID:       "body",
		Action:   views.CommentsPath(story.Day, story.Slug),
		SignedIn: v.Reader.Name,
		LoginURL: views.WithQuery(views.LoginPath, "next", here),
		JoinURL:  views.WithQuery(views.JoinPath, "next", here),
		Key:      rd.draft.key,
		Kept:     rd.draft.kept,
		Version:  strconv.Itoa(story.Version),
		Draft:    views.ArticlePath(story.Day, story.Slug),
		Keep:     rd.hidden(),
		Body:     rd.draft.body,
		Max:      news.CommentMax,
		Error:    rd.draft.err,
		Note:     rd.draft.note,
		Expect:   rd.outlook.text,
		Preview:  rd.draft.preview,
	}
	if rd.draft.version > 0 {
		c.Version = strconv.Itoa(rd.draft.version)
	}
	if rd.draft.kept != "" {
		c.Key = keptKey(rd.draft.kept)
	}
	if parent := rd.draft.parent; parent != nil {
		c.Parent = strconv.FormatInt(parent.ID, 10)
		c.Answers = parent.Name
		c.Words = text.Excerpt(parent.Body, 120)
		c.StopURL = here
		c.Guide = guide
	}
	return c
}
