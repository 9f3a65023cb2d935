package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

// An outcome is what somebody may expect of a route, whatever it is about.
type outcome int

const (
	served      outcome = iota // the route looks at the request
	sentToLogin                // sent to log in
	denied                     // 403
	setUp                      // sent to set up a second factor
)

// expected says for every route what each kind of reader meets there: signed
// out, member, moderator, writer, editor, administrator. A route that is
// missing fails the test: decide who may use it, and write it down here.
var expected = map[string][6]outcome{}

func all(routes ...string)     { each([6]outcome{}, routes) }
func members(routes ...string) { each([6]outcome{sentToLogin}, routes) }
func admins(routes ...string) {
	each([6]outcome{sentToLogin, denied, denied, denied, denied, served}, routes)
}

func each(o [6]outcome, routes []string) {
	for _, r := range routes {
		expected[r] = o
	}
}

func init() {
	all("GET /{$}", "GET /latest", "GET /category", "GET /category/{slug}", "GET /tag/{slug}", "GET /author/{slug}",
		"GET /{day}/{slug}", "GET /comments/{id}", "POST /{day}/{slug}/comments", "GET /{day}/{slug}/comments/new",
		"GET /comments/{id}/edit", "POST /comments/{id}/edit", "GET /comments/{id}/delete", "POST /comments/{id}/delete",
		"GET /comments/{id}/report", "POST /comments/{id}/report", "POST /comments/{id}/recommend",
		"GET /members/{handle}", "POST /members/{handle}/mute", "GET /house-rules",
		"GET /login", "POST /login", "POST /logout", "GET /login/link", "POST /login/link", "GET /login/link/open", "POST /login/link/open",
		"GET /login/forgotten", "POST /login/forgotten", "GET /login/reset", "POST /login/reset",
		"GET /login/second", "POST /login/second", "POST /login/passkey/options", "POST /login/passkey",
		"GET /join", "POST /join", "GET /join/sent", "GET /join/confirm", "POST /join/confirm",
		"GET /mail/stop", "POST /mail/stop", "GET /setup/{token}", "POST /setup/{token}",
		"GET /account/email/confirm", "POST /account/email/confirm",
		"GET /static/{file}", "GET /media/{file}", "GET /healthz", "GET /readyz")
	members("GET /account", "POST /account/confirmation", "GET /account/sessions", "POST /account/sessions", "POST /account/sessions/{id}/end",
		"GET /account/comments", "GET /account/notices", "POST /account/notices", "GET /account/mutes", "POST /account/warnings/{id}/read",
		"GET /account/reading", "POST /account/reading", "GET /account/data/download", "POST /account/deletion/stop",
		"GET /account/name", "POST /account/name", "GET /account/email", "POST /account/email", "GET /account/password", "POST /account/password",
		"GET /account/mail", "POST /account/mail", "GET /account/data", "POST /account/data", "GET /account/deletion", "POST /account/deletion",
		"GET /account/second-factor", "POST /account/second-factor/totp", "GET /account/second-factor/totp", "GET /account/second-factor/totp/qr",
		"POST /account/second-factor/totp/confirm", "POST /account/second-factor/totp/delete", "POST /account/second-factor/recovery-codes",
		"POST /account/passkeys/options", "POST /account/passkeys", "POST /account/passkeys/{id}/name", "POST /account/passkeys/{id}/delete")
	admins("GET /newsroom/members", "GET /newsroom/members/{id}", "POST /newsroom/members/{id}/role", "POST /newsroom/members/{id}/suspend",
		"POST /newsroom/members/{id}/unsuspend", "POST /newsroom/members/{id}/sessions")
}

func moderators(routes ...string) {
	each([6]outcome{sentToLogin, denied, served, denied, served, served}, routes)
}

func init() {
	moderators("GET /moderation", "GET /moderation/{queue}", "POST /moderation/decisions", "POST /moderation/batches/{id}/undo",
		"GET /moderation/comments", "GET /moderation/comments/{id}", "POST /moderation/articles/{id}",
		"GET /moderation/members/{id}", "POST /moderation/members/{id}", "POST /moderation/categories/{id}",
		"GET /moderation/rules", "POST /moderation/rules", "GET /moderation/record")
	admins("POST /newsroom/members/{id}/categories")
}

// setsUpRoutes are what staff without a second factor still reach.
func setsUpRoute(key string) bool {
	return strings.Contains(key, "/account/second-factor") || strings.Contains(key, "/account/passkeys")
}

// visit asks for a route as somebody, with a fresh session each time: a route
// may end it.
func visit(t *testing.T, s *Server, route Route, role news.Role) *httptest.ResponseRecorder {
	t.Helper()
	path := strings.NewReplacer("{$}", "", "{day}", "20260310", "{id}", "999999", "{token}", "none", "{file}", "none", "{handle}", "none").Replace(route.Pattern)
	path = strings.ReplaceAll(path, "{slug}", "none")
	var body *strings.Reader = strings.NewReader("")
	if route.Method == http.MethodPost {
		body = strings.NewReader(url.Values{"body": {"A word"}}.Encode())
	}
	r := httptest.NewRequest(route.Method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if role != news.RoleNone {
		r.AddCookie(sessionFor(t, s, role))
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// sessionFor logs a member of a role in, without a second factor.
func sessionFor(t *testing.T, s *Server, role news.Role) *http.Cookie {
	t.Helper()
	email := string(role) + "@roles.example"
	m, err := s.db.MemberByEmail(t.Context(), email)
	if err != nil {
		at := news.Instant(s.cfg.Now())
		m = news.Member{Email: email, EmailKey: email, Name: "Role " + string(role), NameKey: text.Fold("Role " + string(role)), Handle: "role-" + string(role),
			Role: role, CreatedAt: at, ConfirmedAt: &at}
		if err := s.db.CreateMember(t.Context(), &m); err != nil {
			t.Fatal(err)
		}
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/", nil)
	if err := s.sessions.LogIn(w, r, m, false); err != nil {
		t.Fatal(err)
	}
	return w.Result().Cookies()[0]
}

func outcomeOf(w *httptest.ResponseRecorder) outcome {
	to := w.Header().Get("Location")
	switch {
	case w.Code == http.StatusSeeOther && strings.HasPrefix(to, "/login?next="):
		return sentToLogin
	case w.Code == http.StatusSeeOther && to == "/account/second-factor":
		return setUp
	case w.Code == http.StatusForbidden && strings.Contains(w.Body.String(), "Your account does not reach this page"):
		return denied
	}
	return served
}

// Every route with every role, where a second factor is optional and where it
// is required.
func TestEveryRouteWithEveryRole(t *testing.T) {
	s, _ := testServer(t)
	roles := append([]news.Role{news.RoleNone}, news.Roles...)
	seen := map[string]bool{}
	for _, required := range []bool{false, true} {
		s.cfg.SecondFactorOptional = !required
		for _, route := range s.routes() {
			key := route.Method + " " + route.Pattern
			seen[key] = true
			want, ok := expected[key]
			if !ok {
				t.Errorf("nobody has said who may use %s", key)
				continue
			}
			for i, role := range roles {
				expect := want[i]
				if required && role.Staff() && expect == served && want[0] != served && !setsUpRoute(key) {
					expect = setUp
				}
				// Comments of staff without a second factor are held back too, in
				// words of their own.
				w := visit(t, s, route, role)
				got := outcomeOf(w)
				if got == setUp && setsUpRoute(key) {
					got = served // its own way back to the overview
				}
				if got != expect {
					t.Errorf("%s as %s (second factor required: %v): got %d (%d %s), want %d", key, role, required, got, w.Code, w.Header().Get("Location"), expect)
				}
				if w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
					t.Errorf("%s as %s fails: %d", key, role, w.Code)
				}
			}
		}
	}
	for key := range expected {
		if !seen[key] {
			t.Errorf("%s is expected but does not exist", key)
		}
	}
}

// Required, a second factor is asked of staff before they can speak with the
// newsroom's voice; what they typed comes back.
func TestStaffCommentNeedsSecondFactor(t *testing.T) {
	s, _ := testServer(t)
	s.cfg.SecondFactorOptional = false
	r := httptest.NewRequest("POST", "/20260310/market-moves/comments", strings.NewReader("body=As+a+writer"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(sessionFor(t, s, news.RoleWriter))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), ">As a writer</textarea>") {
		t.Errorf("%d:\n%s", w.Code, w.Body)
	}
}

// Permissions say for every action who may, and for nothing else.
func TestPermissions(t *testing.T) {
	for action, least := range map[news.Action]string{
		news.ActRead: "none member moderator writer editor administrator", news.ActAccount: "member moderator writer editor administrator",
		news.ActComment: "member moderator writer editor administrator", news.ActModerate: "moderator editor administrator",
		news.ActWrite: "writer editor administrator", news.ActPublish: "editor administrator", news.ActManageMembers: "administrator",
		"anything else": "",
	} {
		got := ""
		for _, role := range append([]news.Role{news.RoleNone}, news.Roles...) {
			if role.May(action) {
				got += " " + string(role)
			}
		}
		if strings.TrimSpace(got) != least {
			t.Errorf("%s: %s, want %s", action, got, least)
		}
	}
}
