package web

import (
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// showCategory serves GET /category/{slug}.
func (s *Server) showCategory(w http.ResponseWriter, r *http.Request) error {
	c, err := s.db.CategoryBySlug(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.showListing(w, r, listing{
		path:      views.CategoryPath(c.Slug),
		heading:   c.Name,
		intro:     c.Description,
		filter:    news.Filter{CategoryID: c.ID},
		inOne:     true,
		discussed: true,
	})
}

// showCategories serves GET /category.
func (s *Server) showCategories(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	categories, err := s.db.Categories(r.Context(), v)
	if err != nil {
		return err
	}
	page := views.CategoriesPage{Chrome: s.chrome(r, v, "All sections")}
	page.Canonical = s.canonical(views.CategoriesPath)
	for _, c := range categories {
		page.Items = append(page.Items, views.CategoryItem{URL: views.CategoryPath(c.Slug), Name: c.Name, Description: c.Description})
	}
	return s.show(w, r, views.CategoriesPageView(page))
}
