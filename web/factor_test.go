package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"broadsheet/internal/factor"
	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

// A person is one browser at a site under test.
type person struct {
	*testing.T
	site   *Server
	clock  *clock
	url    string
	client *http.Client
}

func newPerson(t *testing.T, s *Server, c *clock, address string) *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{T: t, site: s, clock: c, url: address, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

func factorSite(t *testing.T) *person {
	s, c := testServer(t)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return newPerson(t, s, c, server.URL)
}

// page is what came back.
type page struct {
	*http.Response
	body string
}

func (p *person) do(method, path string, form ...string) page {
	p.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	r, err := http.NewRequest(method, p.url+path, strings.NewReader(values.Encode()))
	if err != nil {
		p.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := p.client.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.Fatal(err)
	}
	return page{res, string(body)}
}

func (p *person) get(path string) page { p.Helper(); return p.do(http.MethodGet, path) }
func (p *person) post(path string, form ...string) page {
	p.Helper()
	return p.do(http.MethodPost, path, form...)
}

// is wants a status and words in the body.
func (p *person) is(got page, status int, words ...string) page {
	p.Helper()
	if got.StatusCode != status {
		p.Fatalf("%s %s: status %d, want %d\n%s", got.Request.Method, got.Request.URL.Path, got.StatusCode, status, got.body)
	}
	for _, w := range words {
		if !strings.Contains(got.body, w) {
			p.Errorf("%s %s: no %q", got.Request.Method, got.Request.URL.Path, w)
		}
	}
	if cc := got.Header.Get("Cache-Control"); !strings.Contains(cc, "no-store") {
		p.Errorf("%s %s may be kept: %q", got.Request.Method, got.Request.URL.Path, cc)
	}
	return got
}

// logIn shows the password, and returns the challenge of the second step or "".
func (p *person) logIn(email string) (challenge string) {
	p.Helper()
	res := p.is(p.post("/login", "email", email, "password", testPassword, "next", "/latest"), 303)
	to, err := url.Parse(res.Header.Get("Location"))
	if err != nil {
		p.Fatal(err)
	}
	if to.Path == "/login/second" {
		if len(res.Header.Values("Set-Cookie")) > 0 {
			p.Error("a cookie before the second step")
		}
		return to.Query().Get("challenge")
	}
	if to.Path != "/latest" {
		p.Fatalf("log-in leads to %s", to)
	}
	return ""
}

func (p *person) code(secret string) string {
	p.Helper()
	code, err := totp.GenerateCode(secret, p.clock.now())
	if err != nil {
		p.Fatal(err)
	}
	return code
}

var (
	secretInPage = regexp.MustCompile(`secret=([A-Z2-7]{32})&amp;`)
	codeInPage   = regexp.MustCompile(`<li><code>([2-9a-z ]{19})</code></li>`)
)

// setUp switches codes on, and returns the secret and the recovery codes.
func (p *person) setUp() (secret string, codes []string) {
	p.Helper()
	p.is(p.post("/account/second-factor/totp", "password", testPassword), 303)
	set := p.is(p.get("/account/second-factor/totp"), 200, "otpauth://totp/The%20Test%20Paper:")
	found := secretInPage.FindStringSubmatch(set.body)
	if found == nil || !strings.Contains(set.body, factor.Groups(found[1])) {
		p.Fatalf("no secret in %s", set.body)
	}
	done := p.is(p.post("/account/second-factor/totp/confirm", "code", p.code(found[1])), 200, "Your recovery codes")
	for _, c := range codeInPage.FindAllStringSubmatch(done.body, -1) {
		codes = append(codes, c[1])
	}
	if len(codes) != news.RecoveryCodes {
		p.Fatalf("%d recovery codes", len(codes))
	}
	p.clock.advance(time.Minute) // the code of the confirmation is spent
	return found[1], codes
}

func TestSetUpCodes(t *testing.T) {
	p := factorSite(t)
	p.is(p.get("/account/second-factor"), 303) // to log in
	p.logIn("ada@paper.example")
	p.is(p.get("/account/second-factor"), 200, "Off.", "Passkeys cannot be used at this address")
	for _, wrong := range []string{"", "not my password at all"} {
		p.is(p.post("/account/second-factor/totp", "password", wrong), 422, "There is a problem", `<details class="fold" open>`)
	}
	p.is(p.get("/account/second-factor/totp"), 409)
	p.is(p.get("/account/second-factor/totp/qr"), 409)
	p.is(p.post("/account/second-factor/totp", "password", testPassword), 303)
	p.is(p.get("/account/second-factor"), 200, "Finish setting it up")
	picture := p.is(p.get("/account/second-factor/totp/qr"), 200, "PNG")
	if got := picture.Header.Get("Content-Type"); got != "image/png" {
		t.Errorf("picture is %s", got)
	}
	p.is(p.post("/account/second-factor/totp/confirm", "code", "000000"), 422, "not the code for this key", "Error: Set up")

	before := p.client.Jar.Cookies(must(url.Parse(p.url)))[0].Value
	secret, _ := p.setUp()
	after := p.client.Jar.Cookies(must(url.Parse(p.url)))[0].Value
	if before == after {
		t.Error("the session's token outlives the change")
	}
	p.is(p.get("/account/second-factor"), 200, "On since", "10 codes left of 10")
	p.is(p.get("/account/second-factor/totp/qr"), 409) // the secret in use is shown to nobody
	p.is(p.get("/account/second-factor/totp"), 409)
	p.is(p.post("/account/second-factor/totp/confirm", "code", p.code(secret)), 409)
	p.is(p.post("/account/second-factor/totp", "password", testPassword), 409)

	// New recovery codes, with a code of the app as the proof; it works once.
	code := p.code(secret)
	p.is(p.post("/account/second-factor/recovery-codes", "code", code), 200, "take the place of all earlier ones")
	p.is(p.post("/account/second-factor/totp/delete", "code", code), 422, "was used already")
	p.is(p.post("/account/second-factor/totp/delete", "password", testPassword), 303)
	p.is(p.get("/account/second-factor?done=totp-removed"), 200, "Off.", "are off.")
	p.is(p.post("/account/second-factor/recovery-codes", "password", testPassword), 409)
	p.is(p.post("/account/second-factor/totp/delete", "password", testPassword), 404)
	var told []string
	for {
		m, err := p.site.db.ClaimMail(t.Context(), p.clock.now())
		if err != nil {
			break
		}
		if m.Kind == "second-factor" && m.Address == "ada@paper.example" && !strings.Contains(m.Text, secret) {
			told = append(told, m.Text)
		}
	}
	if len(told) != 3 || !strings.Contains(told[0], "switched on") || !strings.Contains(told[1], "recovery codes") || !strings.Contains(told[2], "switched off") {
		t.Errorf("told by mail: %q", told)
	}
	if ada := p.member("ada@paper.example"); must(p.site.db.RecoveryCodesLeft(t.Context(), ada.ID)) != 0 {
		t.Error("recovery codes outlive what they recover")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (p *person) member(email string) news.Member {
	p.Helper()
	return must(p.site.db.MemberByEmail(p.Context(), text.FoldEmail(email)))
}

// Staff keep their last factor where one is required.
func TestStaffKeepOne(t *testing.T) {
	p := factorSite(t)
	p.site.cfg.SecondFactorOptional = false
	hash := must(testHash())
	m := news.Member{Email: "wil@paper.example", EmailKey: "wil@paper.example", Name: "Wil", NameKey: "wil", Handle: "wil",
		PasswordHash: hash, Role: news.RoleWriter, CreatedAt: noon}
	if err := p.site.db.CreateMember(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	p.logIn("wil@paper.example")
	p.is(p.get("/account/second-factor"), 200, "Your role needs one")
	p.setUp()
	p.is(p.get("/account/mail"), 200) // this session has shown it
	p.is(p.post("/account/second-factor/totp/delete", "password", testPassword), 409, "This is the last one")
	key := news.Passkey{MemberID: m.ID, CredentialID: []byte("k"), Credential: []byte(`{"id":"aw=="}`), Name: "Key", CreatedAt: noon}
	if err := p.site.db.AddPasskey(context.Background(), &key); err != nil {
		t.Fatal(err)
	}
	p.is(p.post("/account/second-factor/totp/delete", "password", testPassword), 303)
	if must(p.site.db.RecoveryCodesLeft(t.Context(), m.ID)) != news.RecoveryCodes {
		t.Error("recovery codes go although a factor stays")
	}
	p.is(p.post(fmt.Sprintf("/account/passkeys/%d/delete", key.ID), "password", testPassword), 409, "This is the last one")
}

func TestPasskeys(t *testing.T) {
	p := factorSite(t)
	p.logIn("ada@paper.example")
	ada, bo := p.member("ada@paper.example"), p.member("bo@paper.example")
	says := func(got page, status int) (c ceremony) {
		t.Helper()
		p.is(got, status)
		if err := json.Unmarshal([]byte(got.body), &c); err != nil {
			t.Fatalf("%v: %s", err, got.body)
		}
		return c
	}
	if c := says(p.post("/account/passkeys/options", "name", "Phone", "password", testPassword), 409); c.Error == "" {
		t.Error("no word on why passkeys cannot be used")
	}
	p.site.passkeys = must(factor.NewPasskeys(must(url.Parse("http://localhost:8080")), "The Test Paper", make([]byte, 32)))
	p.is(p.get("/account/second-factor"), 200, `data-passkey="create"`, `data-options="/account/passkeys/options"`)
	out := newPerson(t, p.site, p.clock, p.url)
	out.is(out.get("/login"), 200, `data-passkey="get"`, "Log in with a passkey")
	out.is(out.post("/account/passkeys/options"), 303)

	for _, bad := range [][]string{{"name", "", "password", testPassword}, {"name", "Phone"}, {"name", "Phone", "password", "wrong"}} {
		if c := says(p.post("/account/passkeys/options", bad...), 422); c.Error == "" || c.Options != nil {
			t.Errorf("%v: %+v", bad, c)
		}
	}
	c := says(p.post("/account/passkeys/options", "name", "Phone", "password", testPassword), 200)
	if c.Challenge == "" || !strings.Contains(string(c.Options), `"id":"localhost"`) {
		t.Errorf("%+v", c)
	}
	// Another member's registration, an answer that proves nothing, and a
	// challenge of the wrong kind.
	p.is(p.post("/account/passkeys", "challenge", c.Challenge, "credential", "{}"), 422, "did not fit")
	p.is(p.post("/account/passkeys", "challenge", c.Challenge, "credential", "{}"), 422, "took too long")
	c = says(out.post("/login/passkey/options"), 200)
	p.is(p.post("/account/passkeys", "challenge", c.Challenge, "credential", "{}"), 422, "took too long")
	out.is(out.post("/login/passkey", "challenge", c.Challenge, "credential", "{}"), 422, "does not open an account")
	out.is(out.post("/login/passkey", "challenge", c.Challenge, "credential", "{}"), 410)
	says(out.post("/login/passkey/options", "second", "made-up"), 410)

	key := news.Passkey{MemberID: ada.ID, CredentialID: []byte("a"), Credential: []byte(`{"id":"YQ=="}`), Name: "Phone", CreatedAt: noon}
	other := news.Passkey{MemberID: bo.ID, CredentialID: []byte("b"), Credential: []byte(`{"id":"Yg=="}`), Name: "Bo's", CreatedAt: noon}
	for _, k := range []*news.Passkey{&key, &other} {
		if err := p.site.db.AddPasskey(t.Context(), k); err != nil {
			t.Fatal(err)
		}
	}
	at := func(k news.Passkey, what string) string { return fmt.Sprintf("/account/passkeys/%d/%s", k.ID, what) }
	p.is(p.post(at(key, "name"), "name", "  Old\tphone "), 303)
	p.is(p.get("/account/second-factor"), 200, "Old phone", "not used yet")
	p.is(p.post(at(key, "name"), "name", ""), 422, "Enter a name")
	p.is(p.post(at(other, "name"), "name", "Mine"), 404)
	p.is(p.post(at(other, "delete"), "password", testPassword), 404)
	p.is(p.post("/account/passkeys/01/delete", "password", testPassword), 404)
	p.is(p.post(at(key, "delete")), 422, "Enter your password")

	// The second step offers the keys of that member and nobody else's.
	challenge := out.logIn("ada@paper.example")
	out.is(out.get("/login/second?challenge="+challenge), 200, "Use a passkey", "Recovery code")
	c = says(out.post("/login/passkey/options", "second", challenge), 200)
	if !strings.Contains(string(c.Options), `"id":"YQ"`) || strings.Contains(string(c.Options), `"id":"Yg"`) {
		t.Errorf("%s", c.Options)
	}
	p.is(p.post(at(key, "delete"), "password", testPassword), 303)
	says(out.post("/login/passkey/options", "second", challenge), 409)
	if bo.ID == 0 || must(p.site.db.HasSecondFactor(t.Context(), ada.ID)) {
		t.Error("the passkey is still there")
	}
}
