package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// barred is why a member may not write now, or nil. The store holds the same
// rules inside the transaction; here they are put into words.
func (s *Server) barred(r *http.Request, m news.Member, at time.Time) (*refusal, error) {
	switch {
	case s.lacksSecond(r, m):
		return &refusal{status: http.StatusForbidden, heading: "Set up your second factor first",
			text:  "The newsroom's accounts need one before they can do anything but read.",
			links: []views.Link{{Text: "Set it up", URL: views.FactorPath}}}, nil
	case m.Suspended(at):
		return s.suspended(*m.SuspendedUntil, m.SuspendedReason), nil
	case !m.Confirmed():
		return unconfirmed(), nil
	}
	w, err := s.db.OpenWarning(r.Context(), m.ID, at)
	switch {
	case errors.Is(err, news.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return warned(w), nil
}

// barredBy is the same, from what the store said; nil for other errors.
func (s *Server) barredBy(err error) *refusal {
	var suspended *news.SuspendedError
	var warning *news.WarnedError
	switch {
	case errors.As(err, &suspended):
		return s.suspended(suspended.Until, suspended.Reason)
	case errors.As(err, &warning):
		return warned(warning.Warning)
	case errors.Is(err, news.ErrUnconfirmed):
		return unconfirmed()
	}
	return nil
}

func (s *Server) suspended(until time.Time, reason string) *refusal {
	return &refusal{status: http.StatusForbidden, heading: "You cannot comment now", text: s.suspensionText(until, reason)}
}

func unconfirmed() *refusal {
	return &refusal{status: http.StatusForbidden, heading: "Confirm your address first",
		text:  "We sent you a mail when you joined: press the button it leads to, then you can comment.",
		links: []views.Link{{Text: "Send the mail again", URL: views.AccountPath}}}
}

func warned(w news.Warning) *refusal {
	return &refusal{status: http.StatusForbidden, heading: "Please read a warning first",
		text:    "A moderator has written to you. Nothing of yours is posted until you say that you have read it.",
		warning: &views.Warning{Text: w.Reason, Action: views.WarningPath(w.ID)}}
}

// closedRefusal answers a comment to a thread that closed, text included.
// words are the newsroom's when it closed all threads.
func closedRefusal(words, body string, links []views.Link) error {
	e := &refusal{
		status:  http.StatusForbidden,
		heading: "Comments on this story are closed",
		text:    "The discussion was closed before your words reached us, so they were not posted.",
		kept:    body,
		links:   links,
	}
	if words != "" {
		e.heading, e.text = "Comments are closed", words
	}
	return e
}

// ruledOut is what the form says of a comment that the rules or its pace do
// not let in, and how long to wait; status is 0 for other errors.
func ruledOut(err error, c *court) (status int, words string, wait time.Duration) {
	var tooMany *news.TooManyError
	var refused *news.RefusedError
	switch {
	case errors.As(err, &tooMany):
		return http.StatusTooManyRequests, fmt.Sprintf("You have posted %d comments within five minutes. Your text is kept here: please try again in %s",
			news.CommentBurst, soon(tooMany.RetryAfter)), tooMany.RetryAfter
	case errors.As(err, &refused):
		status = http.StatusTooManyRequests
		for _, h := range refused.Reasons {
			if h.Kind == news.RefuseWord {
				return http.StatusUnprocessableEntity, refusedText(refused.Reasons, c), 0
			}
		}
		return status, refusedText(refused.Reasons, c) + ". Your text is kept here", time.Hour
	}
	return 0, "", 0
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

// withWords is giveBack for a form that no handler has read, because whoever
// sent it could not be told or may not.
func withWords(r *http.Request, err error) error {
	if r.Method != http.MethodPost || errors.Is(err, news.ErrSignInNeeded) || errors.Is(err, errSetUpSecond) || parseForm(r) != nil {
		return err
	}
	for _, field := range []string{"body", "words"} {
		if typed, terr := text.Clean(r.PostFormValue(field)); terr == nil && typed != "" {
			return giveBack(err, typed)
		}
	}
	return err
}

// turnAway refuses what a member typed because they may not write, and gives
// it back. A warned member finds it in its form again after reading.
func (s *Server) turnAway(r *http.Request, v news.Viewpoint, story news.Story, bar *refusal, k news.KeptComment, back ...views.Link) error {
	bar.kept, bar.links = k.Body, append(bar.links, back...)
	if bar.warning == nil {
		return bar
	}
	bar.warning.Next = views.ArticlePath(story.Day, story.Slug) + "#write"
	if k.Body == "" && k.Reason == "" {
		return bar
	}
	k.MemberID = &v.Reader.MemberID
	token, err := s.putAway(r, v, k)
	if err != nil {
		return giveBack(err, k.Body)
	}
	bar.warning.Next = keptPath(story, k, token)
	return bar
}

// readWarning serves POST /account/warnings/{id}/read.
func (s *Server) readWarning(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	if err := parseForm(r); err != nil {
		return err
	}
	if err := s.db.ReadWarning(r.Context(), m.ID, id, v.At); err != nil {
		return err
	}
	seeOther(w, r, localPath(r.PostFormValue("next")))
	return nil
}

// suspensionText says until when and why.
func (s *Server) suspensionText(until time.Time, reason string) string {
	words := "You cannot comment: this account is suspended until " + s.moment(until).Text + "."
	if !until.Before(news.Forever) {
		words = "You cannot comment: this account is banned."
	}
	if reason != "" {
		words += " The reason: " + reason
	}
	return words
}

// soon is a short wait in words.
func soon(d time.Duration) string {
	if d <= time.Minute {
		return plural(int(d/time.Second)+1, "second")
	}
	return plural(int((d+time.Minute-1)/time.Minute), "minute")
}

// tooLong says by how much words are too long, or "".
func tooLong(what, words string, most int) string {
	if n := text.Length(words); n > most {
		return what + " is " + plural(n-most, "character") + " too long: please shorten it to " + strconv.Itoa(most)
	}
	return ""
}
