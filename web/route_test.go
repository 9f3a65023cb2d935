package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"broadsheet/views"
)

// Every address that views build is one that a route answers.
func TestPathsHaveRoutes(t *testing.T) {
	s, _ := testServer(t)
	for path, want := range map[string]string{
		views.FrontPath:                               "GET /{$}",
		views.LatestPath:                              "GET /latest",
		views.CategoriesPath:                          "GET /category",
		views.CategoryPath("town"):                    "GET /category/{slug}",
		views.TagPath("a b/c"):                        "GET /tag/{slug}",
		views.AuthorPath("x"):                         "GET /author/{slug}",
		views.ArticlePath("20260310", "x"):            "GET /{day}/{slug}",
		views.CommentPath(7):                          "GET /comments/{id}",
		views.LoginPath:                               "GET /login",
		views.JoinPath:                                "GET /join",
		views.AccountPath:                             "GET /account",
		views.MediaPath("abcdef0123456789-60.jpg"):    "GET /media/{file}",
		"POST " + views.CommentsPath("20260310", "x"): "POST /{day}/{slug}/comments",
		"POST " + views.LogoutPath:                    "POST /logout",

		views.ArrivalsPath("20260310", "x"):  "GET /{day}/{slug}/comments/new",
		views.CommentEditPath(7):             "GET /comments/{id}/edit",
		"POST " + views.CommentEditPath(7):   "POST /comments/{id}/edit",
		views.CommentDeletePath(7):           "GET /comments/{id}/delete",
		"POST " + views.CommentDeletePath(7): "POST /comments/{id}/delete",
		views.CommentReportPath(7):           "GET /comments/{id}/report",
		"POST " + views.CommentReportPath(7): "POST /comments/{id}/report",
		"POST " + views.RecommendPath(7):     "POST /comments/{id}/recommend",
		views.ProfilePath("ann lee"):         "GET /members/{handle}",
		"POST " + views.MutePath("ann-lee"):  "POST /members/{handle}/mute",
		"POST " + views.WarningPath(7):       "POST /account/warnings/{id}/read",
		views.NoticesPath:                    "GET /account/notices",
		"POST " + views.NoticesPath:          "POST /account/notices",
		views.ReadingPath:                    "GET /account/reading",
		views.MutesPath:                      "GET /account/mutes",
		views.HouseRulesPath:                 "GET /house-rules",
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

// A route that leaves a property open keeps the site from starting.
func TestRoutesAreWhole(t *testing.T) {
	for _, r := range Routes() {
		if err := r.check(); err != nil {
			t.Errorf("%s %s: %v", r.Method, r.Pattern, err)
		}
	}
	whole := Routes()[0]
	for name, spoil := range map[string]func(*Route){
		"action": func(r *Route) { r.Action = "" }, "cache": func(r *Route) { r.Cache = "" },
		"rate": func(r *Route) { r.Rate = "" }, "handler": func(r *Route) { r.answer = nil },
		"method": func(r *Route) { r.Method = "PUT" },
		"body":   func(r *Route) { r.Method, r.Body = http.MethodPost, 0 },
	} {
		r := whole
		spoil(&r)
		if r.check() == nil {
			t.Errorf("a route without %s passes", name)
		}
	}
}

// Every answer says how it may be kept and what it may do, whatever it is.
func TestHeadersOnEveryAnswer(t *testing.T) {
	s, _ := testServer(t)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/", "", 200}, {"GET", "/latest?page=x", "", 400}, {"GET", "/account", "", 303},
		{"GET", "/old/bridge", "", 301}, {"GET", "/nothing", "", 404}, {"PUT", "/", "", 405},
		{"GET", "/20260309/taken-down", "", 410}, {"POST", "/login", strings.Repeat("a=b&", 40000), 413},
		{"POST", "/login", "email=a", 422}, {"GET", "/healthz", "", 200}, {"GET", "/static/none.css", "", 404},
		{"GET", "/" + strings.Repeat("x", 9000), "", 414},
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
		if c.body != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s %.40s: status %d, want %d", c.method, c.path, w.Code, c.status)
		}
		for _, h := range []string{"Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} {
			if w.Header().Get(h) == "" {
				t.Errorf("%s %.40s (%d): no %s", c.method, c.path, w.Code, h)
			}
		}
		if got := w.Header().Values("Set-Cookie"); len(got) > 0 {
			t.Errorf("%s %.40s sets a cookie: %q", c.method, c.path, got)
		}
		if strings.Contains(c.path, "old") || c.status == 200 {
			continue
		}
		if cc := w.Header().Get("Cache-Control"); !strings.Contains(cc, "no-store") {
			t.Errorf("%s %.40s (%d) may be kept: %s", c.method, c.path, c.status, cc)
		}
	}
}
