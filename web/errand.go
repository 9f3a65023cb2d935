package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// An errand is a request about one comment: to change, delete, recommend or
// report it.
type errand struct {
	v       news.Viewpoint
	m       news.Member // who is logged in, if anybody is
	in      bool
	bar     *refusal // why they may not write, or nil
	comment news.Remark
	story   news.Story
}

// errandOf finds the comment that a request is about. It returns
// news.ErrNotFound for one that whoever asks cannot read.
func (s *Server) errandOf(r *http.Request) (e errand, err error) {
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return e, news.ErrNotFound
	}
	if e.v, err = s.viewpoint(r); err != nil {
		return e, err
	}
	if e.comment, err = s.db.CommentByID(r.Context(), e.v, id); err != nil {
		return e, err
	}
	if e.story, err = s.db.ArticleByID(r.Context(), e.v, e.comment.ArticleID); err != nil {
		return e, err
	}
	if e.m, e.in, err = s.member(r); err == nil && e.in {
		e.bar, err = s.barred(r, e.m, e.v.At)
	}
	return e, err
}

// own reports whether who asks wrote the comment and it still stands.
func (e errand) own() bool {
	return e.in && e.comment.MemberID == e.m.ID && (e.comment.State == news.CommentVisible || e.comment.State == news.CommentHeld)
}

func (e errand) back() views.Link {
	return views.Link{Text: "Back to the comment", URL: views.CommentPath(e.comment.ID)}
}

// backToComment leads to the comment in the order it was read in; one that is
// gone by now leads to the story.
func (s *Server) backToComment(w http.ResponseWriter, r *http.Request, e errand) error {
	rd, err := s.newReading(r, r.PostFormValue("order"))
	if err != nil {
		return err
	}
	to, err := s.commentURL(r, e.v, e.comment.ID, rd)
	if errors.Is(err, news.ErrNotFound) {
		to, err = rd.path(e.story.Article, 1, 0, 0)+"#comments", nil
	}
	if err != nil {
		return err
	}
	seeOther(w, r, to)
	return nil
}

// writeErrand renders a small page about a comment.
func (s *Server) writeErrand(w http.ResponseWriter, r *http.Request, e errand, status int, page views.ErrandPage) error {
	title := page.Heading
	if len(page.Errors) > 0 {
		title = "Error: " + title
	}
	page.Chrome = s.chrome(r, e.v, title)
	page.NoIndex, page.Back = true, e.back()
	w.Header().Set("Referrer-Policy", "no-referrer") // its address may hold a token
	s.write(w, r, status, views.ErrandPageView(page))
	return nil
}
