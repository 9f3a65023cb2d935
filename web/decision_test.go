package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// A caller is somebody with a session who asks for pages and sends forms.
type caller struct {
	t      *testing.T
	s      *Server
	cookie *http.Cookie
}

// callerOf logs a member in by address.
func callerOf(t *testing.T, s *Server, email string) caller {
	t.Helper()
	m, err := s.db.MemberByEmail(t.Context(), text.FoldEmail(email))
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if err := s.sessions.LogIn(w, httptest.NewRequest("GET", "/", nil), m, true); err != nil {
		t.Fatal(err)
	}
	return caller{t, s, w.Result().Cookies()[0]}
}

func (c caller) send(method, path string, form url.Values, accept string) *httptest.ResponseRecorder {
	c.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	r.AddCookie(c.cookie)
	w := httptest.NewRecorder()
	c.s.ServeHTTP(w, r)
	return w
}

func (c caller) get(path string) *httptest.ResponseRecorder { return c.send("GET", path, nil, "") }

func (c caller) post(path string, form url.Values) *httptest.ResponseRecorder {
	return c.send("POST", path, form, "")
}

// hold stores n held comments under the market story and returns their ids.
func hold(t *testing.T, s *Server, n int) []int64 {
	t.Helper()
	story, err := s.db.ArticleByAddress(t.Context(), news.Now(s.cfg.Now()), "20260310", "market-moves")
	if err != nil {
		t.Fatal(err)
	}
	bo, err := s.db.MemberByEmail(t.Context(), "bo@paper.example")
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]int64, n)
	for i := range ids {
		c := news.Comment{ArticleID: story.ID, MemberID: bo.ID, Body: fmt.Sprintf("Waiting word %03d.", i), State: news.CommentHeld,
			Holds: news.FormatHolds([]news.Hold{{Kind: news.HoldFirst}}), CreatedAt: noon.Add(time.Duration(i-n) * time.Second)}
		if err := s.db.InsertComment(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
		ids[i] = c.ID
	}
	return ids
}

// decisionOn is the form that decides about comments nobody has decided about.
func decisionOn(act string, ids ...int64) url.Values {
	form := url.Values{"act": {act}, "next": {"/moderation/held"}}
	for _, id := range ids {
		word := strconv.FormatInt(id, 10)
		form.Add("id", word)
		form.Set("seen-"+word, "0")
	}
	return form
}

// A hundred at once: one press, one undo; one more is refused whole.
func TestBulkOfAHundred(t *testing.T) {
	s, _ := testServer(t)
	mod, ids := callerOf(t, s, "mod@paper.example"), hold(t, s, news.BulkMax+1)
	if w := mod.post("/moderation/decisions", decisionOn("approve", ids...)); w.Code != 422 || !strings.Contains(w.Body.String(), "these are 101") {
		t.Fatalf("a hundred and one: %d", w.Code)
	}
	w := mod.post("/moderation/decisions", decisionOn("approve", ids[:news.BulkMax]...))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("a hundred: %d %s", w.Code, w.Body)
	}
	to := w.Header().Get("Location")
	if page := mod.get(to).Body.String(); !strings.Contains(page, "Approved: 100 comments.") || strings.Contains(page, "Waiting word 000.") || !strings.Contains(page, "Waiting word 100.") {
		t.Error("the queue does not say what was done, or shows what it should not")
	}
	public := httptest.NewRecorder()
	s.ServeHTTP(public, httptest.NewRequest("GET", "/20260310/market-moves", nil))
	if !strings.Contains(public.Body.String(), "Waiting word 099.") {
		t.Error("readers do not see them on the next request")
	}
	_, batch, _ := strings.Cut(to, "batch=")
	if w := mod.post("/moderation/batches/"+batch+"/undo", url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("undo: %d", w.Code)
	}
	public = httptest.NewRecorder()
	s.ServeHTTP(public, httptest.NewRequest("GET", "/20260310/market-moves", nil))
	if strings.Contains(public.Body.String(), "Waiting word") {
		t.Error("readers see what was taken back")
	}
}

// Of several, those that somebody else decided about are shown and left; the
// others are done and can be taken back.
func TestBulkBesideAnother(t *testing.T) {
	s, _ := testServer(t)
	mod, root, ids := callerOf(t, s, "mod@paper.example"), callerOf(t, s, "root@paper.example"), hold(t, s, 3)
	first := decisionOn("remove", ids[1])
	first.Set("rule", "spam")
	first.Set("reason", "No <b>adverts</b>.")
	if w := root.post("/moderation/decisions", first); w.Code != http.StatusSeeOther {
		t.Fatalf("the first: %d", w.Code)
	}
	w := mod.post("/moderation/decisions", decisionOn("approve", ids...))
	page := w.Body.String()
	if w.Code != http.StatusConflict || !strings.Contains(page, "Removed by Root") || !strings.Contains(page, "Approved: 2 comments.") || !strings.Contains(page, "data-undo") {
		t.Errorf("%d\n%s", w.Code, page)
	}
	if strings.Contains(page, "<b>adverts") {
		t.Error("a reason became markup")
	}
	public := httptest.NewRecorder()
	s.ServeHTTP(public, httptest.NewRequest("GET", "/20260310/market-moves", nil))
	for i, shown := range []bool{true, false, true} {
		if strings.Contains(public.Body.String(), fmt.Sprintf("Waiting word %03d.", i)) != shown {
			t.Errorf("word %d shown: want %v", i, shown)
		}
	}
}

// A removal of several without a rule comes back with all that was ticked.
func TestBulkRemovalComesBack(t *testing.T) {
	s, _ := testServer(t)
	mod, ids := callerOf(t, s, "mod@paper.example"), hold(t, s, 2)
	form := decisionOn("remove", ids...)
	form.Set("reason", "Kept words")
	w := mod.post("/moderation/decisions", form)
	page := w.Body.String()
	if w.Code != 422 || !strings.Contains(page, ">Kept words</textarea>") || strings.Count(page, `name="id"`) != 2 || strings.Count(page, `name="seen-`) != 2 {
		t.Errorf("%d\n%s", w.Code, page)
	}
	form.Set("rule", "off-topic")
	if w := mod.post("/moderation/decisions", form); w.Code != http.StatusSeeOther {
		t.Errorf("with a rule: %d", w.Code)
	}
}

// What a script is told.
func TestDecisionForScripts(t *testing.T) {
	s, _ := testServer(t)
	mod, ids := callerOf(t, s, "mod@paper.example"), hold(t, s, 2)
	var answer decisionAnswer
	w := mod.send("POST", "/moderation/decisions", decisionOn("approve", ids...), "application/json")
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 {
		t.Fatalf("%d %v", w.Code, err)
	}
	if answer.Batch == 0 || len(answer.Done) != 2 || len(answer.Refused) != 0 || answer.Left != 60 {
		t.Errorf("%+v", answer)
	}
	w = mod.send("POST", fmt.Sprintf("/moderation/batches/%d/undo", answer.Batch), nil, "application/json")
	if w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"done":true}` {
		t.Errorf("undo: %d %s", w.Code, w.Body)
	}
	// The same form again, as a second tab would send it.
	again := mod.send("POST", "/moderation/decisions", decisionOn("approve", ids[0], ids[0]), "application/json")
	if again.Code != 200 || strings.Count(again.Body.String(), strconv.FormatInt(ids[0], 10)) != 1 {
		t.Errorf("twice the same comment: %d %s", again.Code, again.Body)
	}
}

// A suspended moderator reaches nothing of the desk, and sees nothing of it.
func TestSuspendedModerator(t *testing.T) {
	s, c := testServer(t)
	mod, ids := callerOf(t, s, "mod@paper.example"), hold(t, s, 1)
	m, err := s.db.MemberByEmail(t.Context(), "mod@paper.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.db.Suspend(t.Context(), m.ID, c.now().Add(time.Hour), "for a test", news.Act{At: news.Instant(c.now())}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/moderation", "/moderation/reported", "/moderation/comments", fmt.Sprintf("/moderation/comments/%d", ids[0]), "/moderation/rules", "/moderation/record", fmt.Sprintf("/moderation/members/%d", m.ID)} {
		if w := mod.get(path); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "Waiting word") {
			t.Errorf("GET %s: %d", path, w.Code)
		}
	}
	for path, form := range map[string]url.Values{
		"/moderation/decisions": decisionOn("approve", ids[0]), "/moderation/batches/1/undo": {}, "/moderation/articles/1": {"act": {"close"}},
		"/moderation/members/1": {"act": {"note"}, "reason": {"x"}}, "/moderation/rules": {"save": {"1"}}, "/moderation/categories/1": {"act": {"hold-category"}},
	} {
		if w := mod.post(path, form); w.Code != http.StatusForbidden {
			t.Errorf("POST %s: %d", path, w.Code)
		}
	}
	if w := mod.get("/20260310/market-moves"); w.Code != 200 || strings.Contains(w.Body.String(), "/moderation") {
		t.Errorf("the story: %d, with controls", w.Code)
	}
}

// Nobody decides about what they wrote themselves, or about those above them.
func TestOwnCommentIsForOthers(t *testing.T) {
	s, _ := testServer(t)
	mod := callerOf(t, s, "mod@paper.example")
	list, _, err := s.db.MemberComments(t.Context(), memberID(t, s, "mod@paper.example"), 1, 0)
	if err != nil || len(list) != 1 {
		t.Fatal(err)
	}
	form := decisionOn("pick", list[0].ID)
	form.Set("reason", "Kept words")
	if w := mod.post("/moderation/decisions", form); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "Nobody decides about their own comments") {
		t.Errorf("%d", w.Code)
	}
}

func memberID(t *testing.T, s *Server, email string) int64 {
	t.Helper()
	m, err := s.db.MemberByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
}

// Every address of the desk is one that a route answers.
func TestModerationPathsHaveRoutes(t *testing.T) {
	s, _ := testServer(t)
	for path, want := range map[string]string{
		views.ModerationPath: "GET /moderation", views.QueuePath("held"): "GET /moderation/{queue}",
		views.ModerationSearchPath: "GET /moderation/comments", views.ModerationItemPath(7): "GET /moderation/comments/{id}",
		views.ModerationFilePath(7): "GET /moderation/members/{id}", views.RulesPath: "GET /moderation/rules", views.RecordPath: "GET /moderation/record",
		"POST " + views.DecisionsPath: "POST /moderation/decisions", "POST " + views.BatchUndoPath(7): "POST /moderation/batches/{id}/undo",
		"POST " + views.ThreadActsPath(7): "POST /moderation/articles/{id}", "POST " + views.CategoryRulePath(7): "POST /moderation/categories/{id}",
		"POST " + views.ModeratorCategoriesPath(7): "POST /newsroom/members/{id}/categories",
	} {
		method, address := http.MethodGet, path
		if m, p, ok := strings.Cut(path, " "); ok {
			method, address = m, p
		}
		if _, pattern := s.mux.Handler(httptest.NewRequest(method, address, nil)); pattern != want {
			t.Errorf("%s %s is answered by %q, want %q", method, address, pattern, want)
		}
	}
}

// The digest goes to those who moderate, about what they reach, once; one
// press without a log-in stops it and nothing else.
func TestQueueDigest(t *testing.T) {
	s, c := testServer(t)
	hold(t, s, news.DigestLength+1)
	box := &postbox{s: s, t: t}
	if err := s.TellModerators(t.Context()); err != nil {
		t.Fatal(err)
	}
	words, ok := box.newest("mod@paper.example")
	if !ok || !strings.Contains(words, "comments held, the oldest for") || !strings.Contains(words, "http://paper.example/moderation") {
		t.Fatalf("the moderator reads %q", words)
	}
	for _, email := range []string{"ada@paper.example", "bo@paper.example"} {
		if words, ok := box.newest(email); ok {
			t.Errorf("%s reads %q", email, words)
		}
	}
	if err := s.TellModerators(t.Context()); err != nil {
		t.Fatal(err)
	}
	if words, ok := box.newest("mod@paper.example"); ok {
		t.Errorf("told twice: %q", words)
	}
	_, stop, _ := strings.Cut(words, "Unsubscribe: http://paper.example")
	stop, _, _ = strings.Cut(stop, "\n")
	for _, method := range []string{"GET", "POST"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, stop, nil))
		if w.Code != 200 || !strings.Contains(w.Body.String(), "queue") {
			t.Errorf("%s %s: %d", method, stop, w.Code)
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("POST", strings.Replace(stop, "queue-", "queue-9", 1), nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("a made-up stop: %d", w.Code)
	}
	c.advance(news.DigestPause + time.Minute)
	if err := s.TellModerators(t.Context()); err != nil {
		t.Fatal(err)
	}
	if words, ok := box.newest("mod@paper.example"); ok {
		t.Errorf("stopped, but mailed: %q", words)
	}
	if _, ok := box.newest("root@paper.example"); !ok {
		t.Error("the others are mailed no more")
	}
}
