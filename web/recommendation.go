package web

import (
	"errors"
	"net/http"
	"strconv"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// createRecommendation serves POST /comments/{id}/recommend, with on=1 or
// on=0. Signed out it leads to log-in and back to the comment.
func (s *Server) createRecommendation(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	on := r.PostFormValue("on")
	if on != "0" && on != "1" {
		return malformed("That is neither yes nor no", "Use the button beside the comment.")
	}
	e, err := s.errandOf(r)
	if err != nil {
		return err
	}
	if !e.in {
		seeOther(w, r, views.WithQuery(views.LoginPath, "next", views.CommentPath(e.comment.ID)))
		return nil
	}
	if e.bar != nil {
		return s.turnAway(r, e.v, e.story, e.bar, news.KeptComment{}, e.back())
	}
	if err := s.take(r, news.LimitRecommend, strconv.FormatInt(e.m.ID, 10)); err != nil {
		return err
	}
	n, err := s.db.Recommend(r.Context(), e.v, e.comment.ID, on == "1")
	if bar := s.barredBy(err); bar != nil {
		return s.turnAway(r, e.v, e.story, bar, news.KeptComment{}, e.back())
	}
	if errors.Is(err, news.ErrOwn) {
		return &refusal{status: http.StatusForbidden, heading: "This comment is yours", text: "It is for others to recommend it.", links: []views.Link{e.back()}}
	}
	if err != nil {
		return err
	}
	if wantsJSON(r) {
		return writeJSON(w, struct {
			Count int  `json:"count"`
			On    bool `json:"on"`
		}{n, on == "1"})
	}
	return s.backToComment(w, r, e)
}
