package web

import (
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// commentStates are the states to search in.
var commentStates = []views.Option{
	{Value: "", Label: "Any"}, {Value: string(news.CommentVisible), Label: "Public"}, {Value: string(news.CommentHeld), Label: "Held"},
	{Value: string(news.CommentRemoved), Label: "Removed"}, {Value: string(news.CommentDeleted), Label: "Deleted by the author"},
}

// searchComments serves GET /moderation/comments.
func (s *Server) searchComments(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	page, search, err := s.readSearch(r, d)
	if err != nil {
		return err
	}
	faults := page.Words.Error + page.Member.Error + page.Story.Error + page.From.Error + page.To.Error
	if page.Desk, err = s.deskView(r, d, "Search comments"); err != nil {
		return err
	}
	page.Empty = "Nothing was found. Fewer words, or other dates, may find more."
	switch {
	case faults != "":
		page.Empty = "Nothing was searched: see above."
	case !page.Asked:
		page.Empty = "Give words, a member, a story or dates."
	default:
		found, err := s.db.SearchComments(r.Context(), search)
		if err != nil {
			return err
		}
		page.Items = s.foundItems(found, d.v.At, true)
		if len(found) == news.QueuePageSize {
			last := found[len(found)-1]
			page.MoreURL = views.WithQuery(views.ModerationSearchPath, "q", page.Words.Value, "member", page.Member.Value, "story", page.Story.Value,
				"state", string(search.State), "from", page.From.Value, "to", page.To.Value, "after", cursor(last.CreatedAt, last.ID))
		}
	}
	return s.show(w, r, views.SearchPageView(page))
}

// readSearch reads what is looked for. What is wrong with it stands in the
// fields of the page.
func (s *Server) readSearch(r *http.Request, d desk) (page views.SearchPage, search news.CommentSearch, err error) {
	q := r.URL.Query()
	search = news.CommentSearch{Categories: d.categories}
	if search.AfterAt, search.AfterID, err = readCursor(q.Get("after")); err != nil {
		return page, search, err
	}
	if search.Words, err = text.CleanName(q.Get("q")); err != nil {
		return page, search, malformed("That is not text", "What arrived contains bytes that are no characters.")
	}
	field := func(name, label, kind, hint, value string) views.Field {
		return views.Field{ID: name, Name: name, Label: label, Type: kind, Autocomplete: "off", Hint: hint, Value: value}
	}
	page.Words = field("q", "Words", "search", "All of them; “in quotation marks” as they stand.", search.Words)
	if text.Length(search.Words) > news.CommentSearchMax {
		page.Words.Error = "Search for at most " + plural(news.CommentSearchMax, "character")
	}
	name, memberID, fault, err := s.findMember(r, q.Get("member"))
	if err != nil {
		return page, search, err
	}
	search.MemberID = memberID
	page.Member = field("member", "Member", "text", "The whole display name.", name)
	page.Member.Error = fault
	story, storyID, fault, err := s.findStory(r, d, q.Get("story"))
	if err != nil {
		return page, search, err
	}
	search.ArticleID = storyID
	page.Story = field("story", "Story", "text", "Its address on this site.", story)
	page.Story.Error = fault
	page.State = views.Choice{Name: "state", Legend: "State"}
	for _, o := range commentStates {
		o.Checked = o.Value == q.Get("state")
		if o.Checked {
			search.State = news.CommentState(o.Value)
		}
		page.State.Options = append(page.State.Options, o)
	}
	page.From = field("from", "From", "date", "", q.Get("from"))
	page.To = field("to", "Until and with", "date", "", q.Get("to"))
	search.From, page.From.Error = s.readDay(page.From.Value)
	if search.To, page.To.Error = s.readDay(page.To.Value); !search.To.IsZero() {
		search.To = search.To.AddDate(0, 0, 1)
	}
	// A field for dates takes nothing else.
	for _, f := range []*views.Field{&page.From, &page.To} {
		if f.Error != "" {
			f.Value = ""
		}
	}
	page.Asked = search.Words+string(search.State) != "" || search.MemberID != 0 || search.ArticleID != 0 || !search.From.IsZero() || !search.To.IsZero()
	return page, search, nil
}

// readDay reads a date as its midnight in the site's zone; "" is none.
func (s *Server) readDay(typed string) (at time.Time, fault string) {
	if typed == "" {
		return at, ""
	}
	at, err := time.ParseInLocation("2006-01-02", typed, s.cfg.Zone)
	if err != nil {
		return time.Time{}, "“" + text.Cut(typed, 30) + "” is not a date: write it as 2026-03-10"
	}
	return at, ""
}

// foundItems are comments in a list, with their authors where named is true.
func (s *Server) foundItems(found []store.MemberComment, at time.Time, named bool) []views.FoundItem {
	items := make([]views.FoundItem, 0, len(found))
	for _, c := range found {
		item := views.FoundItem{URL: views.ModerationItemPath(c.ID), Words: text.Excerpt(c.Body, 200), State: stateText(c.Comment), Story: c.Headline, Time: s.ago(c.CreatedAt, at)}
		if named {
			item.By = c.Name
		}
		if item.Words == "" {
			item.Words = "No words are left"
		}
		items = append(items, item)
	}
	return items
}
