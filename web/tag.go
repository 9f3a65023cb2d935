package web

import (
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// showTag serves GET /tag/{slug}.
func (s *Server) showTag(w http.ResponseWriter, r *http.Request) error {
	t, err := s.db.TagBySlug(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.showListing(w, r, listing{
		path:    views.TagPath(t.Slug),
		heading: t.Name,
		filter:  news.Filter{TagID: t.ID},
	})
}
