package web

import (
	"net/http"
	"strconv"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// categoriesForm limits a moderator to categories.
func (s *Server) categoriesForm(r *http.Request, v news.Viewpoint, m news.Member) (*views.CategoriesForm, error) {
	if !m.Role.May(news.ActModerate) {
		return nil, nil
	}
	limited, err := s.db.ModeratorCategories(r.Context(), m.ID)
	if err != nil {
		return nil, err
	}
	all, err := s.db.Categories(r.Context(), v)
	if err != nil {
		return nil, err
	}
	form := &views.CategoriesForm{URL: views.ModeratorCategoriesPath(m.ID), Now: "All sections."}
	if limited != nil {
		form.Now = "The sections that are ticked, and no others."
	}
	d := desk{categories: limited}
	for _, c := range all {
		form.Options = append(form.Options, views.Option{Value: strconv.FormatInt(c.ID, 10), Label: c.Name, Checked: limited != nil && d.reaches(c.ID)})
	}
	return form, nil
}

// updateCategories serves POST /newsroom/members/{id}/categories. Nothing
// ticked is all sections.
func (s *Server) updateCategories(w http.ResponseWriter, r *http.Request) error {
	v, actor, m, err := s.subject(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	if !m.Role.May(news.ActModerate) {
		return malformed("This member does not moderate", "Give them the role first.")
	}
	all, err := s.db.Categories(r.Context(), v)
	if err != nil {
		return err
	}
	var chosen []int64
	for _, word := range r.PostForm["category"] {
		id, ok := positiveID(word)
		known := false
		for _, c := range all {
			known = known || c.ID == id
		}
		if !ok || !known {
			return malformed("There is no such section", "Choose from those on the page.")
		}
		chosen = append(chosen, id)
	}
	if err := s.db.SetModeratorCategories(r.Context(), m.ID, chosen, s.act(actor, news.ActCategories, "")); err != nil {
		return err
	}
	return afterwards(w, r, views.MemberFilePath(m.ID), "categories")
}
