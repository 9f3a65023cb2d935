package web

import (
	"net/http"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// showAuthor serves GET /author/{slug}.
func (s *Server) showAuthor(w http.ResponseWriter, r *http.Request) error {
	a, err := s.db.AuthorBySlug(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.showListing(w, r, listing{
		path:    views.AuthorPath(a.Slug),
		heading: a.Name,
		intro:   a.Bio,
		role:    a.Role,
		filter:  news.Filter{AuthorID: a.ID},
	})
}

// byline is the authors' names in one line.
func byline(authors []news.Author) string {
	names := make([]string, len(authors))
	for i, a := range authors {
		names[i] = a.Name
	}
	if len(names) > 1 {
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
	return strings.Join(names, "")
}
