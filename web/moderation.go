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
	"broadsheet/views"
)

// A desk is who moderates in a request, and where.
type desk struct {
	v          news.Viewpoint
	m          news.Member
	categories []int64 // that they are limited to; nil is all
}

// deskOf is the desk of whoever sent a request.
func (s *Server) deskOf(r *http.Request) (desk, error) {
	v, m, err := s.owner(r)
	if err != nil {
		return desk{}, err
	}
	categories, err := s.db.ModeratorCategories(r.Context(), m.ID)
	return desk{v, m, categories}, err
}

// reaches reports whether a category is among those of the moderator.
func (d desk) reaches(categoryID int64) bool {
	return d.categories == nil || slices.Contains(d.categories, categoryID)
}

// sections are the categories that the moderator reaches.
func (s *Server) deskSections(r *http.Request, d desk) ([]news.Category, error) {
	all, err := s.db.Categories(r.Context(), d.v)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(c news.Category) bool { return !d.reaches(c.ID) }), nil
}

// deskView is what a page of moderation has around its content, with what the
// address says was just done.
func (s *Server) deskView(r *http.Request, d desk, title string) (views.Desk, error) {
	page := views.Desk{Chrome: s.chrome(r, d.v, title), Done: doneText(r)}
	page.NoIndex, page.Chrome.Desk = true, true
	for _, l := range []views.Link{
		{Text: "Queues", URL: views.ModerationPath}, {Text: "Search", URL: views.ModerationSearchPath},
		{Text: "Record", URL: views.RecordPath}, {Text: "Rules", URL: views.RulesPath},
	} {
		l.Current = r.URL.Path == l.URL
		page.Places = append(page.Places, l)
	}
	var err error
	page.Batch, err = s.batchView(r, d, r.URL.RequestURI())
	return page, err
}

// batchView is the line about what the address says was just decided, or nil.
func (s *Server) batchView(r *http.Request, d desk, next string) (*views.Batch, error) {
	id, ok := positiveID(r.URL.Query().Get("batch"))
	if !ok {
		return nil, nil
	}
	b, err := s.db.BatchByID(r.Context(), d.m.ID, id)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.batchLine(b, d.v.At, next), nil
}

// batchLine puts a batch into words.
func (s *Server) batchLine(b news.Batch, at time.Time, next string) *views.Batch {
	line := &views.Batch{ID: b.ID, Text: batchText(b.Kind, b.Acts) + ".", Next: next}
	switch left := b.UndoableUntil().Sub(at); {
	case b.UndoneAt != nil:
		line.Text = "Taken back: everything is as it was."
	case left > 0:
		line.Left = int((left + time.Second - 1) / time.Second)
	}
	return line
}

// withBatch is an address that says what was just decided. Outside the desk it
// leads to the line that says so.
func withBatch(next string, id int64) string {
	u, err := url.Parse(next)
	if err != nil { // localPath has parsed it
		return views.ModerationPath
	}
	q := u.Query()
	q.Set("batch", strconv.FormatInt(id, 10))
	u.RawQuery, u.Fragment = q.Encode(), ""
	if !strings.HasPrefix(u.Path, views.ModerationPath) {
		u.Fragment = "decided"
	}
	return u.String()
}

// deskNext is where a form of moderation leads afterwards: the first queue
// when it names no place.
func deskNext(r *http.Request) string {
	if next := localPath(r.PostFormValue("next")); next != views.FrontPath {
		return next
	}
	return views.ModerationPath
}

// moderateView is the form that decides about one comment; next is where it
// leads afterwards.
func (s *Server) moderateView(m news.Remark, next string) *views.Moderate {
	return &views.Moderate{
		ID:      strconv.FormatInt(m.ID, 10),
		Seen:    strconv.Itoa(m.Decisions),
		Next:    next,
		State:   string(m.State),
		Picked:  m.PickedAt != nil,
		Rules:   ruleOptions(""),
		FileURL: views.ModerationFilePath(m.MemberID),
		ItemURL: views.ModerationItemPath(m.ID),
	}
}

// ruleOptions are the house rules to choose from, numbered as the keys are.
func ruleOptions(chosen string) []views.Option {
	options := make([]views.Option, len(news.HouseRules))
	for i, r := range news.HouseRules {
		options[i] = views.Option{Value: r.Key, Label: strconv.Itoa(i+1) + ". " + r.Title, Checked: r.Key == chosen}
	}
	return options
}
