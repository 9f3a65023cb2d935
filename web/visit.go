package web

import (
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// freshSince says to a member what has been written under a story since they
// were there last, and notes that they are there now. It is a courtesy: when
// it fails the page stands without it.
func (s *Server) freshSince(r *http.Request, v news.Viewpoint, story news.Story) *views.Link {
	m, in, err := s.member(r)
	if err != nil || !in || m.HideNew || r.Method != http.MethodGet || fetchedAhead(r) {
		return nil
	}
	visit, err := s.db.Visit(r.Context(), m.ID, story.ID, v.At)
	if err == nil && visit.BeforeAt != nil {
		var n int
		var first int64
		if n, first, err = s.db.CommentsSince(r.Context(), v, story.ID, *visit.BeforeAt); err == nil && n > 0 {
			return &views.Link{Text: grouped(n) + " new " + s.since(*visit.BeforeAt, v.At), URL: views.CommentPath(first)}
		}
	}
	if err != nil && r.Context().Err() == nil {
		s.cfg.Log.Error("visit left out", "request", requestOf(r).id, "error", err.Error())
	}
	return nil
}

// fetchedAhead reports whether a browser asks for a page that nobody may ever
// see: it must change nothing.
func fetchedAhead(r *http.Request) bool { return r.Header.Get("Sec-Purpose") != "" }

// since is a past time as the beginning of what is told: "since 14:05",
// "since yesterday", "since Tuesday", "since 12 October".
func (s *Server) since(t, now time.Time) string {
	t, now = t.In(s.cfg.Zone), now.In(s.cfg.Zone)
	days := int(midnight(now).Sub(midnight(t)).Hours()+12) / 24
	switch {
	case days <= 0:
		return "since " + t.Format("15:04")
	case days == 1:
		return "since yesterday"
	case days < 7:
		return "since " + t.Format("Monday")
	case t.Year() == now.Year():
		return "since " + t.Format("2 January")
	}
	return "since " + t.Format("2 January 2006")
}
