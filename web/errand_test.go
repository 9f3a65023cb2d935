package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// Whatever a member does for themselves, the page of somebody who is not
// logged in stays the same bytes, and no other member's page shows it.
func TestStatesAreOnesOwn(t *testing.T) {
	s, _ := testServer(t)
	ctx, story := t.Context(), aStory(t, s, "market-moves")
	ada, bo := aMember(t, s, "ada@paper.example"), aMember(t, s, "bo@paper.example")
	own := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "Ada's own", FormKey: "adas-form-key"})
	bos := say(t, s, news.Comment{ArticleID: story.ID, MemberID: bo, Body: "Bo's own"})
	say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "Ada waits", State: news.CommentHeld})
	path := "/20260310/market-moves"
	signedOut, other := asRead(t, s, "", path).Header().Get("ETag"), asRead(t, s, "mod@paper.example", path).Body.String()

	v := news.Now(noon)
	v.Reader = news.Reader{MemberID: ada, Name: "Ada", Role: news.RoleMember}
	for _, err := range []error{
		s.db.Mute(ctx, v, bo, true), s.db.SetReading(ctx, ada, news.OrderOldest, false, true),
		func() error {
			_, err := s.db.ReportComment(ctx, v, &news.Report{CommentID: bos.ID, MemberID: &ada, Reason: news.ReportSpam, CreatedAt: noon})
			return err
		}(),
		func() error { _, err := s.db.Visit(ctx, ada, story.ID, noon); return err }(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if w := asRead(t, s, "", path); w.Header().Get("ETag") != signedOut || w.Header().Get("Cache-Control") != "public, max-age=0, must-revalidate" {
		t.Error("the signed-out page depends on what a member did for herself")
	}
	// The moderator's page differs by nothing but its form key.
	now := asRead(t, s, "mod@paper.example", path).Body.String()
	if trimmed(other) != trimmed(now) {
		t.Error("another member's page depends on what a member did for herself")
	}
	html := asRead(t, s, "bo@paper.example", path).Body.String()
	for _, secret := range []string{"adas-form-key", views.CommentEditPath(own.ID), views.CommentDeletePath(own.ID), "Ada waits", "comment__muted", "You reported", "Waiting for a moderator"} {
		if strings.Contains(html, secret) {
			t.Errorf("Bo's page has %q", secret)
		}
	}
	html = asRead(t, s, "ada@paper.example", path).Body.String()
	for _, hers := range []string{"adas-form-key", views.CommentEditPath(own.ID), "Ada waits", "comment__muted", "You reported", "Waiting for a moderator"} {
		if !strings.Contains(html, hers) {
			t.Errorf("Ada's own page lacks %q", hers)
		}
	}
}

// trimmed is a page without its form key.
func trimmed(html string) string {
	before, rest, _ := strings.Cut(html, `name="key" value="`)
	_, after, _ := strings.Cut(rest, `"`)
	return before + after
}

// With the database away every form gives the words back; a database that can
// be reached again soon answers 503 with a time to come back.
func TestWordsWithDatabaseAway(t *testing.T) {
	s, _ := testServer(t)
	story, ada := aStory(t, s, "market-moves"), aMember(t, s, "ada@paper.example")
	own := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "Ada's own"})
	w := httptest.NewRecorder()
	m, err := s.db.MemberByID(t.Context(), ada)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.sessions.LogIn(w, httptest.NewRequest("GET", "/", nil), m, false); err != nil {
		t.Fatal(err)
	}
	cookie := w.Result().Cookies()[0]
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/20260310/market-moves/comments", views.CommentEditPath(own.ID), views.CommentReportPath(own.ID)} {
		for _, signedIn := range []bool{true, false} {
			form := url.Values{"body": {"Words that must not be lost"}, "words": {"Words that must not be lost"}, "reason": {"spam"}}
			r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if signedIn {
				r.AddCookie(cookie)
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code < 500 || !strings.Contains(w.Body.String(), ">Words that must not be lost</textarea>") {
				t.Errorf("%s, signed in %t: %d\n%.300s", path, signedIn, w.Code, w.Body)
			}
		}
	}
	a := answerTo(giveBack(fmt.Errorf("store: %w", news.ErrUnavailable), "Words"))
	if a.status != http.StatusServiceUnavailable || a.retry <= 0 || a.kept != "Words" {
		t.Errorf("away for a while: %+v", a)
	}
}

// A page that cannot note a visit is still a page.
func TestVisitFailsQuietly(t *testing.T) {
	s, _ := testServer(t)
	r := httptest.NewRequest("GET", "/20260310/market-moves", nil)
	story := aStory(t, s, "market-moves")
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	s.handler = http.HandlerFunc(nil)
	s.logged(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		requestOf(r).login = &login{in: true}
		requestOf(r).login.Member = news.Member{ID: 1, Name: "Ada"}
		if link := s.freshSince(r, news.Now(noon), story); link != nil {
			t.Errorf("%v is new", link)
		}
	})).ServeHTTP(httptest.NewRecorder(), r)
}

// What is said before writing.
func TestOutlook(t *testing.T) {
	s, c := testServer(t)
	newcomer := news.Member{Email: "new@paper.example", EmailKey: "new@paper.example", Name: "Newcomer", NameKey: "newcomer", Handle: "newcomer",
		Role: news.RoleMember, CreatedAt: noon, ConfirmedAt: &noon}
	if err := s.db.CreateMember(t.Context(), &newcomer); err != nil {
		t.Fatal(err)
	}
	says := func(what, email string, wants ...string) {
		t.Helper()
		html := asRead(t, s, email, "/20260310/market-moves").Body.String()
		_, hint, _ := strings.Cut(html, `id="body-hint"`)
		hint, _, _ = strings.Cut(hint, "</p>")
		for _, want := range wants {
			if !strings.Contains(hint, want) {
				t.Errorf("%s: %q lacks %q", what, hint, want)
			}
		}
	}
	set := func(change func(*news.CommentRules)) {
		t.Helper()
		was, err := s.db.CommentRules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rules := was
		change(&rules)
		if err := s.db.SetCommentRules(t.Context(), was, rules, news.Act{At: noon, Kind: news.ActRules}); err != nil {
			t.Fatal(err)
		}
	}
	says("as the site comes, signed out", "", "We keep what you have written while you log in.")
	says("as the site comes, a newcomer", "new@paper.example", "It appears at once. Comments with links wait for a moderator.")
	says("as the site comes, a regular", "ada@paper.example", "It appears at once.")
	set(func(r *news.CommentRules) { r.StaffedFrom, r.StaffedTo = "14:00", "18:00" })
	says("before the hours", "new@paper.example", "Moderators are back at 14:00.")
	set(func(r *news.CommentRules) { r.HoldFirst = 2 })
	says("first comments", "new@paper.example", "A moderator looks at it first: the first comments of new members", "Moderators are back at 14:00.")
	says("first comments, a regular", "ada@paper.example", "It appears at once.")
	set(func(r *news.CommentRules) { r.HoldAll = true })
	says("everything, signed out", "", "A moderator looks at it first: all comments here are read before they appear.")
	says("the newsroom", "mod@paper.example", "It appears at once.")
	c.advance(3 * time.Hour)
	if html := asRead(t, s, "new@paper.example", "/20260310/market-moves").Body.String(); strings.Contains(html, "Moderators are back") {
		t.Error("moderators are said to be away while they are there")
	}
	c.advance(4 * time.Hour)
	says("after the hours", "new@paper.example", "Moderators are back tomorrow at 14:00.")
}

// What cannot be posted for the day is said in place of the form; what was
// typed comes back.
func TestPerDay(t *testing.T) {
	s, _ := testServer(t)
	was, err := s.db.CommentRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rules := was
	rules.NewPerDay = 1
	if err := s.db.SetCommentRules(t.Context(), was, rules, news.Act{At: noon, Kind: news.ActRules}); err != nil {
		t.Fatal(err)
	}
	m := news.Member{Email: "new@paper.example", EmailKey: "new@paper.example", Name: "Newcomer", NameKey: "newcomer", Handle: "newcomer",
		Role: news.RoleMember, CreatedAt: noon, ConfirmedAt: &noon}
	if err := s.db.CreateMember(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if err := s.sessions.LogIn(w, httptest.NewRequest("GET", "/", nil), m, false); err != nil {
		t.Fatal(err)
	}
	cookie := w.Result().Cookies()[0]
	post := func(body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/20260310/market-moves/comments", strings.NewReader(url.Values{"body": {body}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	if w := post("The one of today"); w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	if w := post("One too many"); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" ||
		!strings.Contains(w.Body.String(), ">One too many</textarea>") || !strings.Contains(w.Body.String(), "New members can write 1 comment in 24 hours") {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
	html := asRead(t, s, "new@paper.example", "/20260310/market-moves").Body.String()
	if strings.Contains(html, "<textarea") || !strings.Contains(html, "New members can write 1 comment in 24 hours") {
		t.Error("a form is shown that is bound to fail")
	}
}

// The words of waiting and of past times.
func TestWaitAndSince(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Minute: "5 minutes", 38 * time.Minute: "40 minutes", 42 * time.Minute: "40 minutes", 2 * time.Hour: "2 hours", 50 * time.Hour: "2 days",
	} {
		if got := waitText(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
	s := &Server{cfg: Config{Zone: time.UTC}}
	for d, want := range map[time.Duration]string{
		time.Hour: "since 11:00", 13 * time.Hour: "since yesterday", 3 * 24 * time.Hour: "since Saturday", 30 * 24 * time.Hour: "since 8 February", 100 * 24 * time.Hour: "since 30 November 2025",
	} {
		if got := s.since(noon.Add(-d), noon); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}
