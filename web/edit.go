package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/views"
)

// newEdit serves GET /comments/{id}/edit.
func (s *Server) newEdit(w http.ResponseWriter, r *http.Request) error {
	e, err := s.errandOf(r)
	if err != nil {
		return err
	}
	if !e.in {
		return news.ErrSignInNeeded
	}
	token := r.URL.Query().Get("kept")
	k, found, err := s.unpackErrand(r.Context(), e.v, token, news.KeptEdit, e.comment.ID)
	if err != nil {
		return err
	}
	words := editWords{body: e.comment.Body}
	if found {
		words = editWords{body: k.Body, kept: token, note: "Your change is back. Read it over, then press Save."}
	}
	if err := s.editable(r, e, words); err != nil {
		return err
	}
	return s.writeEdit(w, r, e, http.StatusOK, words)
}

// editWords is what stands in the form that changes a comment.
type editWords struct {
	body    string
	kept    string // token of a kept change
	note    string
	fault   string
	preview string // rendered
}

// editable refuses what is not the reader's, and what they may not change any
// more, and gives back what they typed.
func (s *Server) editable(r *http.Request, e errand, words editWords) error {
	typed := words.body
	if typed == e.comment.Body {
		typed = "" // it is not lost
	}
	switch {
	case !e.own():
		return giveBack(news.ErrNotFound, typed)
	case e.bar != nil:
		return s.turnAway(r, e.v, e.story, e.bar, e.toKeep(news.KeptEdit, typed, ""), e.back())
	case !e.v.At.Before(e.comment.EditableUntil()) || e.comment.Answered || e.comment.Decisions > 0:
		return editOver(e, typed)
	}
	return nil
}

// toKeep is what was typed on an errand, as it is put away.
func (e errand) toKeep(kind news.KeptKind, body, reason string) news.KeptComment {
	return news.KeptComment{Kind: kind, ArticleID: e.story.ID, TargetID: &e.comment.ID, Body: body, Reason: reason}
}

func editOver(e errand, typed string) error {
	return &refusal{status: http.StatusForbidden, heading: "This comment can no longer be changed",
		text: "That is possible for ten minutes, until somebody answers it or a moderator has decided about it. You can delete it, or write another.",
		kept: typed, links: []views.Link{e.back(), {Text: "Delete it", URL: views.CommentDeletePath(e.comment.ID)}}}
}

func (s *Server) writeEdit(w http.ResponseWriter, r *http.Request, e errand, status int, words editWords) error {
	page := views.ErrandPage{
		Heading: "Change your comment",
		Lede:    "It will say “edited” beside it. Until " + e.comment.EditableUntil().In(s.cfg.Zone).Format("15:04") + ", or until somebody answers it, you can change it again.",
		Note:    words.note,
		Preview: words.preview,
		Action:  views.CommentEditPath(e.comment.ID),
		Words: &views.Words{ID: "body", Name: "body", Label: "Your comment", Value: words.body, Error: words.fault, Max: news.CommentMax,
			Hint: "From 3 to 3,000 characters."},
		Draft:    views.CommentEditPath(e.comment.ID),
		Button:   "Save",
		Previews: true,
	}
	if words.kept != "" {
		page.Hidden = []views.Hidden{{Name: "kept", Value: words.kept}}
	}
	if words.fault != "" {
		page.Errors = []views.FieldError{{ID: "body", Text: words.fault}}
	}
	return s.writeErrand(w, r, e, status, page)
}

// updateComment serves POST /comments/{id}/edit: the rules for new comments,
// once more. Every refusal gives the text back.
func (s *Server) updateComment(w http.ResponseWriter, r *http.Request) error {
	body, err := readWords(r, "body")
	if err != nil {
		return err
	}
	words := editWords{body: body, kept: r.PostFormValue("kept")}
	e, err := s.errandOf(r)
	if err != nil {
		return giveBack(err, body)
	}
	if !e.in {
		return s.keep(w, r, e.v, e.toKeep(news.KeptEdit, body, ""), 0)
	}
	if err := s.editable(r, e, words); err != nil {
		return err
	}
	if words.fault = commentProblem(body); words.fault != "" {
		return s.writeEdit(w, r, e, http.StatusUnprocessableEntity, words)
	}
	if r.PostFormValue("preview") != "" {
		words.preview = markup.Comment(body)
		return s.writeEdit(w, r, e, http.StatusOK, words)
	}
	c, err := s.court(r.Context())
	if err != nil {
		return giveBack(err, body)
	}
	_, err = s.db.EditComment(r.Context(), e.v, e.comment.ID, body, c.set.Judge(body))
	if status, fault, wait := ruledOut(err, c); status != 0 {
		if wait > 0 {
			setRetryAfter(w, wait)
		}
		words.fault = fault
		return s.writeEdit(w, r, e, status, words)
	}
	if bar := s.barredBy(err); bar != nil {
		return s.turnAway(r, e.v, e.story, bar, e.toKeep(news.KeptEdit, body, ""), e.back())
	}
	switch {
	case errors.Is(err, news.ErrEditOver):
		return editOver(e, body)
	case errors.Is(err, news.ErrThreadClosed):
		return closedRefusal(c.rules.ClosedText, body, []views.Link{e.back()})
	case err != nil:
		return giveBack(err, body)
	}
	if err := s.spendErrand(r.Context(), e.v, words.kept, news.KeptEdit, e.comment.ID); err != nil {
		return err
	}
	return s.backToComment(w, r, e)
}

// newDeletion serves GET /comments/{id}/delete: it asks first.
func (s *Server) newDeletion(w http.ResponseWriter, r *http.Request) error {
	e, err := s.errandOf(r)
	if err != nil {
		return err
	}
	if !e.in {
		return news.ErrSignInNeeded
	}
	if !e.own() {
		return news.ErrNotFound
	}
	page := views.ErrandPage{
		Heading: "Delete your comment?",
		Lede:    "It is gone for good. Where somebody has answered it, a line says that its author removed it; the answers stay.",
		Quote:   &views.Quote{Name: e.comment.Name, HTML: markup.Comment(e.comment.Body)},
		Action:  views.CommentDeletePath(e.comment.ID),
		Button:  "Delete",
	}
	return s.writeErrand(w, r, e, http.StatusOK, page)
}

// deleteComment serves POST /comments/{id}/delete. Whoever may not write may
// still take down what they wrote.
func (s *Server) deleteComment(w http.ResponseWriter, r *http.Request) error {
	e, err := s.errandOf(r)
	if err != nil {
		return err
	}
	if !e.in {
		seeOther(w, r, views.WithQuery(views.LoginPath, "next", views.CommentDeletePath(e.comment.ID)))
		return nil
	}
	if !e.own() {
		return news.ErrNotFound
	}
	if _, err := s.db.DeleteComment(r.Context(), e.v, e.comment.ID); err != nil {
		return err
	}
	seeOther(w, r, views.WithQuery(views.ArticlePath(e.story.Day, e.story.Slug), "done", "deleted")+"#comments")
	return nil
}
