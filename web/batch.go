package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// undoBatch serves POST /moderation/batches/{id}/undo.
func (s *Server) undoBatch(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return s.deskFault(w, r, news.ErrNotFound)
	}
	next := deskNext(r)
	_, err = s.db.Undo(r.Context(), d.m, id, d.v.At)
	if errors.Is(err, news.ErrUndoOver) {
		err = &refusal{status: http.StatusConflict, heading: "It is too late to undo that",
			text:  "A minute is over, or somebody has decided again since. What was decided stands; you can decide anew.",
			links: []views.Link{{Text: "Back", URL: next}}}
	}
	if err != nil {
		return s.deskFault(w, r, err)
	}
	if wantsJSON(r) {
		return s.answerJSON(w, r, http.StatusOK, map[string]bool{"done": true})
	}
	seeOther(w, r, withBatch(next, id))
	return nil
}

// answerJSON answers a script.
func (s *Server) answerJSON(w http.ResponseWriter, r *http.Request, status int, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "private, no-store")
	s.send(w, r, status, bytes.NewBuffer(body))
	return nil
}

// decideThread serves POST /moderation/articles/{id}.
func (s *Server) decideThread(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	kind := news.ActKind(r.PostFormValue("act"))
	switch kind {
	case news.ActClose, news.ActReopen, news.ActHoldThread, news.ActFreeThread:
	default:
		return malformed("There is no such decision", "Choose one of those on the page.")
	}
	batch, err := s.db.DecideThread(r.Context(), d.m, id, kind, "", d.v.At)
	if errors.Is(err, news.ErrForbidden) {
		err = news.ErrNotFound // what lies outside one's sections is not there
	}
	if err != nil {
		return err
	}
	seeOther(w, r, withBatch(deskNext(r), batch.ID))
	return nil
}

// decideCategory serves POST /moderation/categories/{id}.
func (s *Server) decideCategory(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok || !d.reaches(id) {
		return news.ErrNotFound
	}
	kind := news.ActKind(r.PostFormValue("act"))
	if kind != news.ActHoldCategory && kind != news.ActFreeCategory {
		return malformed("There is no such decision", "Choose one of those on the page.")
	}
	batch, err := s.db.DecideCategory(r.Context(), d.m, id, kind, d.v.At)
	if err != nil {
		return err
	}
	seeOther(w, r, withBatch(views.RulesPath, batch.ID))
	return nil
}

// threadActs is what a moderator can do about a story's thread, or nil for
// whoever may not.
func (s *Server) threadActs(r *http.Request, v news.Viewpoint, story news.Story, closed bool, next string) (*views.ThreadActs, error) {
	if !v.Reader.Role.May(news.ActModerate) {
		return nil, nil
	}
	d, err := s.deskOf(r)
	if err != nil || !d.reaches(story.CategoryID) || d.m.Suspended(v.At) || s.lacksSecond(r, d.m) {
		return nil, err
	}
	t := &views.ThreadActs{URL: views.ThreadActsPath(story.ID), Next: next, Closed: closed, Held: story.CommentsHeld}
	t.Batch, err = s.batchView(r, d, next)
	return t, err
}
