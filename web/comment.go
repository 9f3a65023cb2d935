package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/views"
)

// showComment serves GET /comments/{id}: it leads to the page of the thread
// that shows the comment or its stub.
func (s *Server) showComment(w http.ResponseWriter, r *http.Request) error {
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	rd, err := s.newReading(r, "")
	if err != nil {
		return err
	}
	to, err := s.commentURL(r, v, id, rd)
	if err != nil {
		return err
	}
	seeOther(w, r, to)
	return nil
}

// commentURL is where a comment can be read now, in the order of the reading.
func (s *Server) commentURL(r *http.Request, v news.Viewpoint, id int64, rd reading) (string, error) {
	comment, err := s.db.CommentByID(r.Context(), v, id)
	if err != nil {
		return "", err
	}
	story, err := s.db.ArticleByID(r.Context(), v, comment.ArticleID)
	if err != nil {
		return "", err
	}
	place, err := s.db.CommentPlace(r.Context(), v, id, rd.order)
	if err != nil {
		return "", err
	}
	return rd.path(story.Article, place.Page, place.Open, place.Part) + "#" + views.CommentAnchor(id), nil
}

// createComment serves POST /{day}/{slug}/comments. Without a session the
// text is kept and the reader taken to log in; a preview needs none. Every
// refusal gives the text back.
func (s *Server) createComment(w http.ResponseWriter, r *http.Request) error {
	f, err := readCommentForm(r)
	if err != nil {
		return err
	}
	v, err := s.viewpoint(r)
	if err != nil {
		return giveBack(err, f.body)
	}
	story, err := s.storyAt(r, v)
	if err != nil {
		return giveBack(err, f.body)
	}
	c, err := s.court(r.Context())
	if err != nil {
		return giveBack(err, f.body)
	}
	back := views.Link{Text: "Back to the story", URL: views.ArticlePath(story.Day, story.Slug)}
	if story.CommentsClosed(v.At, &c.rules) {
		return closedRefusal(c.rules.ClosedText, f.body, []views.Link{back})
	}
	m, in, err := s.member(r)
	if err != nil {
		return giveBack(err, f.body)
	}
	if in {
		bar, err := s.barred(r, m, v.At)
		if err != nil {
			return giveBack(err, f.body)
		}
		if bar != nil {
			return s.turnAway(r, v, story, bar, f.toKeep(story), back)
		}
	}
	if f.quote {
		return s.writeDraft(w, r, v, story, f, http.StatusOK, "")
	}
	if words := commentProblem(f.body); words != "" {
		return s.writeDraft(w, r, v, story, f, http.StatusUnprocessableEntity, words)
	}
	if f.preview {
		return s.writeDraft(w, r, v, story, f, http.StatusOK, "")
	}
	if !in {
		return s.keep(w, r, v, f.toKeep(story), f.parent)
	}
	return s.postComment(w, r, v, story, c, f, back)
}

// postComment stores a comment and leads to it, or shows the form again with
// what is wrong.
func (s *Server) postComment(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story, c *court, f commentForm, back views.Link) error {
	comment := news.Comment{
		ArticleID:      story.ID,
		MemberID:       v.Reader.MemberID,
		Body:           f.body,
		State:          news.CommentVisible,
		FormKey:        f.key,
		CreatedAt:      v.At,
		ArticleVersion: f.version,
	}
	if f.parent != 0 {
		comment.ParentID = &f.parent
	}
	var keptHash []byte
	if f.kept != "" {
		keptHash, comment.FormKey = session.Hash(f.kept), keptKey(f.kept)
	}
	if comment.FormKey == "" {
		comment.FormKey = newFormKey()
	}
	_, err := s.db.CreateComment(r.Context(), &comment, keptHash, c.set.Judge(f.body))
	if status, words, wait := ruledOut(err, c); status != 0 {
		if wait > 0 {
			setRetryAfter(w, wait)
		}
		return s.writeDraft(w, r, v, story, f, status, words)
	}
	if bar := s.barredBy(err); bar != nil {
		return s.turnAway(r, v, story, bar, f.toKeep(story), back)
	}
	switch {
	case errors.Is(err, news.ErrThreadClosed):
		return closedRefusal(c.rules.ClosedText, f.body, []views.Link{back})
	case errors.Is(err, news.ErrParentGone):
		f.parent = 0
		return s.writeDraft(w, r, v, story, f, http.StatusConflict, parentGone)
	case err != nil:
		return giveBack(err, f.body)
	}
	s.cfg.MailDue()
	rd, err := s.newReading(r, f.order)
	if err != nil {
		return err
	}
	to, err := s.commentURL(r, v, comment.ID, rd)
	if err != nil {
		return err
	}
	seeOther(w, r, to)
	return nil
}

const parentGone = "The comment you were answering is no longer here. Your text is below: you can post it as a comment of its own"

// writeDraft shows the article page again with the form as it was sent, and
// what is wrong with it or what was asked for.
func (s *Server) writeDraft(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story, f commentForm, status int, words string) error {
	rd, err := s.newReading(r, f.order)
	if err != nil {
		return giveBack(err, f.body)
	}
	rd.page, rd.open, rd.part = f.page, f.open, f.part
	rd.draft = draft{body: f.body, key: f.key, kept: f.kept, version: f.version}
	if v.Reader.SignedIn() && rd.draft.key == "" {
		rd.draft.key = newFormKey()
	}
	if f.parent != 0 {
		err := s.answering(r.Context(), v, story, f.parent, &rd)
		switch {
		case errors.Is(err, news.ErrNotFound) && status == http.StatusOK:
			status, words = http.StatusConflict, parentGone
		case err != nil && !errors.Is(err, news.ErrNotFound):
			return giveBack(err, f.body)
		}
	}
	switch {
	case words != "":
		rd.errors, rd.draft.err = []views.FieldError{{ID: "body", Text: words}}, words
	case f.quote && rd.draft.parent != nil:
		rd.draft.body = quoted(rd.draft.parent.Body) + f.body
	case f.preview:
		rd.draft.preview = markup.Comment(f.body)
	}
	err = s.writeArticle(w, r, v, story, rd, status)
	if errors.Is(err, news.ErrNotFound) { // the page of the thread is gone, the story is not
		rd.page, rd.open, rd.part = 1, 0, 0
		err = s.writeArticle(w, r, v, story, rd, status)
	}
	if err != nil {
		return giveBack(err, f.body)
	}
	return nil
}
