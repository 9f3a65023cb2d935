package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// node is one of several copies of the program on one database.
func node(t *testing.T, first *Server, address string) *Server {
	t.Helper()
	cfg := first.cfg
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg.URL = u
	s, err := New(cfg, first.db)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Over https the cookie has the prefix that only this very host can set, and
// never travels in the clear.
func TestCookieOverHTTPS(t *testing.T) {
	first, _ := testServer(t)
	s := node(t, first, "https://paper.example")
	w, _ := attempt(s, "/login", url.Values{"email": {"ada@paper.example"}, "password": {testPassword}})
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d: %v", w.Code, cookies)
	}
	c := cookies[0]
	if c.Name != "__Host-session" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie is %s", c)
	}
	if w.Header().Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to stay with https")
	}
	if strings.Contains(c.Value, "ada") || len(c.Value) != 43 {
		t.Errorf("the cookie says more than a token: %q", c.Value)
	}
}

// What one node ends is ended on every other with the next request: log-out,
// a new password, a suspension, a role.
func TestRevocationAcrossNodes(t *testing.T) {
	a, _ := testServer(t)
	b := node(t, a, "http://paper.example")
	login := func() *http.Cookie {
		t.Helper()
		w, _ := attempt(a, "/login", url.Values{"email": {"ada@paper.example"}, "password": {testPassword}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("log-in: %d", w.Code)
		}
		return w.Result().Cookies()[0]
	}
	ask := func(s *Server, method, path string, c *http.Cookie) int {
		t.Helper()
		r := httptest.NewRequest(method, path, strings.NewReader(""))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(c)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Code
	}
	first, second := login(), login()
	for _, c := range []*http.Cookie{first, second} {
		if ask(b, "GET", "/account", c) != http.StatusOK {
			t.Fatal("a log-in on one node does not count on the other")
		}
	}
	if code := ask(b, "POST", "/logout", first); code != http.StatusSeeOther {
		t.Fatalf("log-out: %d", code)
	}
	if code := ask(a, "GET", "/account", first); code != http.StatusSeeOther {
		t.Errorf("logged out on one node, the other still answers %d", code)
	}
	m, err := a.db.MemberByEmail(t.Context(), "ada@paper.example")
	if err != nil {
		t.Fatal(err)
	}
	root, err := a.db.MemberByEmail(t.Context(), "root@paper.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.db.SetRole(t.Context(), m.ID, "moderator", b.act(root, "role", "")); err != nil {
		t.Fatal(err)
	}
	if code := ask(a, "GET", "/account", second); code != http.StatusSeeOther {
		t.Errorf("with a new role, the old session still answers %d", code)
	}
}
