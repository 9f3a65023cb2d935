package web

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/password"
	"broadsheet/views"
)

// A refusal is an answer other than the page asked for, in words for the
// reader. It is an error so that handlers return it.
type refusal struct {
	status  int
	heading string
	text    string
	kept    string // what the reader had typed, given back
	links   []views.Link
	warning *views.Warning // to be read, with its button
	retry   time.Duration  // > 0 sets Retry-After
}

func (e *refusal) Error() string { return strconv.Itoa(e.status) + " " + e.heading }

// answers maps errors with a meaning to what the reader is told. What is not
// here is a fault of ours: 500 with a request id, and nothing of the error.
var answers = []struct {
	err error
	refusal
}{
	{news.ErrNotFound, refusal{status: http.StatusNotFound, heading: "There is no page here",
		text: "The address may have a slip in it, or the page was never here. The newest stories are below."}},
	{news.ErrGone, refusal{status: http.StatusGone, heading: "This story has been withdrawn",
		text: "It was published here and has been taken down by the newsroom."}},
	{news.ErrForbidden, refusal{status: http.StatusForbidden, heading: "This is not open to you",
		text: "Your account does not reach this page."}},
	{news.ErrConflict, refusal{status: http.StatusConflict, heading: "Somebody else was here first",
		text: "What you changed had been changed in the meantime. Nothing was overwritten."}},
	{news.ErrUnavailable, refusal{status: http.StatusServiceUnavailable, heading: "We cannot reach our records just now",
		text: "Nothing is lost on our side. Please try again in a few seconds.", retry: 5 * time.Second}},
	{password.ErrBusy, refusal{status: http.StatusServiceUnavailable, heading: "Many people are logging in right now",
		text: "Please try again in a few seconds.", retry: 5 * time.Second}},
}

// answerTo finds what to tell the reader about an error.
func answerTo(err error) refusal {
	var own *refusal
	if errors.As(err, &own) {
		return *own
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return refusal{status: http.StatusRequestEntityTooLarge, heading: "That is more than we can take",
			text: "What was sent is larger than " + strconv.FormatInt(tooLarge.Limit>>10, 10) + " kB, so we stopped reading it. Go back in your browser: what you wrote should still be there, to shorten."}
	}
	var tooMany *news.TooManyError
	if errors.As(err, &tooMany) {
		return refusal{status: http.StatusTooManyRequests, heading: "That was too often", retry: tooMany.RetryAfter,
			text: "Please wait " + soon(tooMany.RetryAfter) + " and try again."}
	}
	for _, a := range answers {
		if errors.Is(err, a.err) {
			return a.refusal
		}
	}
	return refusal{status: http.StatusInternalServerError, heading: "Something broke on our side",
		text: "It has been noted. Please try again; if it keeps happening, tell us the number of the request below."}
}

// fail answers a request that did not work out. A needed log-in leads to the
// log-in page and back. The page itself needs no store: sections and newest
// stories are left out when they cannot be had.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, news.ErrSignInNeeded) {
		seeOther(w, r, views.WithQuery(views.LoginPath, "next", r.URL.RequestURI()))
		return
	}
	if errors.Is(err, errSetUpSecond) {
		seeOther(w, r, views.FactorPath)
		return
	}
	if r.Context().Err() != nil {
		// Nobody is there any more to be answered, and nothing is broken.
		w.WriteHeader(statusGoneAway)
		return
	}
	a := answerTo(err)
	req := requestOf(r)
	if a.status >= http.StatusInternalServerError {
		s.cfg.Log.Error("failed", "request", req.id, "error", err.Error())
	}
	page := views.ErrorPage{
		Code:    strconv.Itoa(a.status),
		Heading: a.heading,
		Text:    a.text,
		Kept:    a.kept,
		Links:   a.links,
		Warning: a.warning,
	}
	v := news.Now(s.cfg.Now())
	if a.status < http.StatusInternalServerError {
		if full, verr := s.viewpoint(r); verr == nil {
			v = full
		}
		page.Chrome = s.chrome(r, v, a.heading)
		if a.status == http.StatusNotFound && a.kept == "" && r.Method != http.MethodPost {
			// The newest stories are a courtesy; without them the page stands.
			newest, _ := s.db.Articles(r.Context(), v, news.Filter{Limit: 5})
			page.Cards = s.riverCards(newest, v.At)
		}
	} else {
		page.Chrome = s.bareChrome(r, v, a.heading)
		page.Request = req.id
	}
	page.NoIndex = true
	if a.retry > 0 {
		setRetryAfter(w, a.retry)
	}
	s.write(w, r, a.status, views.ErrorPageView(page))
}

// statusGoneAway stands in the log for requests whose sender did not wait; no
// reader sees it.
const statusGoneAway = 499

// setRetryAfter says when to come back, in whole seconds.
func setRetryAfter(w http.ResponseWriter, wait time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}
