package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/store"
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
	to, err := s.commentURL(r, v, id)
	if err != nil {
		return err
	}
	seeOther(w, r, to)
	return nil
}

// commentURL is where a comment can be read now, in the usual order.
func (s *Server) commentURL(r *http.Request, v news.Viewpoint, id int64) (string, error) {
	comment, err := s.db.CommentByID(r.Context(), v, id)
	if err != nil {
		return "", err
	}
	story, err := s.db.ArticleByID(r.Context(), v, comment.ArticleID)
	if err != nil {
		return "", err
	}
	page, err := s.db.CommentPlace(r.Context(), v, id, news.OrderNewest)
	if err != nil {
		return "", err
	}
	return threadPath(story.Article, news.OrderNewest, page) + "#" + views.CommentAnchor(id), nil
}

// commentForm is what the comment form sends.
type commentForm struct {
	body   string
	parent int64 // 0 at the top level
	key    string
	kept   string
	order  news.CommentOrder
	page   int
}

// readCommentForm reads the form. It returns a 400 for what no form of ours
// sends.
func readCommentForm(r *http.Request) (commentForm, error) {
	if err := parseForm(r); err != nil {
		return commentForm{}, err
	}
	f := commentForm{
		key:   r.PostFormValue("key"),
		kept:  r.PostFormValue("kept"),
		order: orderOf(r.PostFormValue("order")),
		page:  1,
	}
	var err error
	if f.body, err = text.Clean(r.PostFormValue("body")); err != nil {
		return f, malformed("That is not text", "What arrived contains bytes that are no characters, so it cannot be shown. Please go back and type it again.")
	}
	f.body = strings.TrimSpace(f.body)
	if p := r.PostFormValue("parent"); p != "" {
		id, ok := positiveID(p)
		if !ok {
			id = -1 // names no comment: answered like one that is gone
		}
		f.parent = id
	}
	if p, err := strconv.Atoi(r.PostFormValue("page")); err == nil && p > 1 {
		f.page = p
	}
	if len(f.key) > 100 {
		f.key = ""
	}
	return f, nil
}

// problem says what is wrong with the text of a comment, or "".
func (f commentForm) problem() string {
	n := text.Length(f.body)
	switch {
	case n == 0:
		return "Write your comment first"
	case n < news.CommentMin:
		return fmt.Sprintf("Write at least %d characters", news.CommentMin)
	case n > news.CommentMax:
		return fmt.Sprintf("Your comment is %s too long: please shorten it to %d", plural(n-news.CommentMax, "character"), news.CommentMax)
	case len(f.body) > news.CommentMaxBytes:
		return fmt.Sprintf("Your comment takes %s more than we can store: please shorten it", plural(len(f.body)-news.CommentMaxBytes, "byte"))
	}
	return ""
}

// createComment serves POST /{day}/{slug}/comments. Without a session the
// text is kept and the reader taken to log in. Every refusal gives the text
// back.
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
	back := []views.Link{{Text: "Back to the story", URL: views.ArticlePath(story.Day, story.Slug)}}
	if story.CommentsClosed(v.At) {
		return closedRefusal(f.body, back)
	}
	if words := f.problem(); words != "" {
		return s.refuseComment(w, r, v, story, f, http.StatusUnprocessableEntity, words)
	}
	m, in, err := s.member(r)
	if err != nil {
		return giveBack(err, f.body)
	}
	if !in {
		return s.keep(w, r, v, story, f)
	}
	if barred := s.barred(r, m, v.At); barred != nil {
		barred.kept, barred.links = f.body, append(barred.links, back...)
		return barred
	}

	c := news.Comment{
		ArticleID: story.ID,
		MemberID:  v.Reader.MemberID,
		Body:      f.body,
		State:     news.CommentVisible,
		FormKey:   f.key,
		CreatedAt: v.At,
	}
	if f.parent != 0 {
		c.ParentID = &f.parent
	}
	var keptHash []byte
	if f.kept != "" {
		keptHash = session.Hash(f.kept)
		// One kept comment is one comment, however often it is sent.
		c.FormKey = fmt.Sprintf("kept-%x", keptHash[:12])
	}
	if c.FormKey == "" {
		c.FormKey = newFormKey()
	}
	err = s.db.Atomically(r.Context(), func(tx *store.DB) error {
		created, err := tx.CreateComment(r.Context(), &c, keptHash)
		if err != nil || !created {
			return err
		}
		return s.notifyAnswer(r.Context(), tx, story, c, v.Reader)
	})
	var tooMany *news.TooManyError
	switch {
	case errors.As(err, &tooMany):
		setRetryAfter(w, tooMany.RetryAfter)
		return s.refuseComment(w, r, v, story, f, http.StatusTooManyRequests,
			fmt.Sprintf("You have posted %d comments within five minutes. Your text is kept here: please try again in %s", news.CommentBurst, soon(tooMany.RetryAfter)))
	case errors.Is(err, news.ErrThreadClosed):
		return closedRefusal(f.body, back)
	case errors.Is(err, news.ErrParentGone):
		f.parent = 0
		return s.refuseComment(w, r, v, story, f, http.StatusConflict,
			"The comment you were answering is no longer here. Your text is below: you can post it as a comment of its own")
	case err != nil:
		return giveBack(err, f.body)
	}
	s.cfg.MailDue()
	to, err := s.commentURL(r, v, c.ID)
	if err != nil {
		return err
	}
	seeOther(w, r, to)
	return nil
}

// barred is why a member may not comment now, or nil. The store holds the same
// rule inside the transaction; here it is put into words.
func (s *Server) barred(r *http.Request, m news.Member, at time.Time) *refusal {
	switch {
	case s.lacksSecond(r, m):
		return &refusal{status: http.StatusForbidden, heading: "Set up your second factor first",
			text:  "The newsroom's accounts need one before they can do anything but read.",
			links: []views.Link{{Text: "Set it up", URL: views.FactorPath}}}
	case m.Suspended(at):
		return &refusal{status: http.StatusForbidden, heading: "You cannot comment now", text: s.suspensionText(m)}
	case !m.Confirmed():
		return &refusal{status: http.StatusForbidden, heading: "Confirm your address first",
			text:  "We sent you a mail when you joined: press the button it leads to, then you can comment.",
			links: []views.Link{{Text: "Send the mail again", URL: views.AccountPath}}}
	}
	return nil
}

// closedRefusal answers a comment to a thread that closed, text included.
func closedRefusal(body string, links []views.Link) error {
	return &refusal{
		status:  http.StatusForbidden,
		heading: "Comments on this story are closed",
		text:    "The discussion was closed before your comment reached us, so it was not posted.",
		kept:    body,
		links:   links,
	}
}

// giveBack wraps an error so that its page returns what the reader typed.
func giveBack(err error, body string) error {
	a := answerTo(err)
	if body == "" || a.status == http.StatusRequestEntityTooLarge {
		return err
	}
	a.kept = body
	if a.status >= http.StatusInternalServerError {
		return errors.Join(&a, err) // the log gets the cause, the reader the answer
	}
	return &a
}

// refuseComment shows the article page again with the form as it was sent and
// what is wrong with it.
func (s *Server) refuseComment(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story, f commentForm, status int, words string) error {
	rd := reading{order: f.order, page: f.page, errors: []views.FieldError{{ID: "body", Text: words}}}
	rd.draft = draft{body: f.body, key: f.key, kept: f.kept, err: words}
	if v.Reader.SignedIn() && rd.draft.key == "" {
		rd.draft.key = newFormKey()
	}
	if f.parent > 0 {
		err := s.answering(r.Context(), v, story, f.parent, &rd)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return giveBack(err, f.body)
		}
	}
	err := s.writeArticle(w, r, v, story, rd, status)
	if errors.Is(err, news.ErrNotFound) { // the page of the thread is gone, the story is not
		rd.page = 1
		err = s.writeArticle(w, r, v, story, rd, status)
	}
	if err != nil {
		return giveBack(err, f.body)
	}
	return nil
}

// newFormKey makes one form one comment.
func newFormKey() string { return session.NewToken()[:22] }

// soon is a short wait in words.
func soon(d time.Duration) string {
	if d <= time.Minute {
		return plural(int(d/time.Second)+1, "second")
	}
	return plural(int((d+time.Minute-1)/time.Minute), "minute")
}
