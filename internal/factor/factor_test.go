package factor

import (
	"bytes"
	"encoding/base32"
	"encoding/json"
	"errors"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// The vectors of RFC 6238, appendix B, for SHA-1; theirs have eight digits, of
// which six-digit codes are the last.
func TestStep(t *testing.T) {
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte("12345678901234567890"))
	for _, v := range []struct {
		seconds int64
		code    string
	}{
		{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"},
		{1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
	} {
		code, at := v.code[2:], time.Unix(v.seconds, 0)
		want := v.seconds / 30
		for _, c := range []struct {
			late time.Duration
			ok   bool
		}{{0, true}, {-30 * time.Second, true}, {30 * time.Second, true}, {-60 * time.Second, false}, {60 * time.Second, false}} {
			if v.seconds+int64(c.late/time.Second) < 0 {
				continue // before the steps begin
			}
			step, ok := Step(secret, code, at.Add(c.late))
			if ok != c.ok || ok && step != want {
				t.Errorf("%s at %d%+v: step %d, %v; want %d, %v", code, v.seconds, c.late, step, ok, want, c.ok)
			}
		}
		for _, wrong := range []string{"", v.code, code[1:], "000000", strings.Repeat("9", 1000)} {
			if _, ok := Step(secret, wrong, at); ok {
				t.Errorf("%q passes", wrong)
			}
		}
	}
	if _, ok := Step("not base32!", "", time.Unix(59, 0)); ok {
		t.Error("a code of no secret passes")
	}
}

func TestNewSecret(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if a == b || !regexp.MustCompile(`^[A-Z2-7]{32}$`).MatchString(a) {
		t.Errorf("%q, %q", a, b)
	}
	if got := Groups("ABCDEFGHIJ"); got != "ABCD EFGH IJ" {
		t.Errorf("groups: %q", got)
	}
}

func TestKeyURL(t *testing.T) {
	raw := KeyURL("The Paper: Town & Country", "Zoë Ann+1", "ABC")
	u, err := url.Parse(raw)
	if err != nil || strings.ContainsAny(raw, " +") {
		t.Fatalf("%q: %v", raw, err)
	}
	q := u.Query()
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/The Paper  Town & Country:Zoë Ann+1" {
		t.Errorf("%q", u.Path)
	}
	if q.Get("secret") != "ABC" || q.Get("issuer") != "The Paper  Town & Country" || q.Get("digits") != "6" || q.Get("period") != "30" {
		t.Errorf("%v", q)
	}
}

func TestQR(t *testing.T) {
	b, err := QR(KeyURL("The Test Paper", "Ada", NewSecret()))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Dx(); size < 200 || size != picture.Bounds().Dy() || len(b) > 8<<10 {
		t.Errorf("%v, %d bytes", picture.Bounds(), len(b))
	}
	dark := func(x, y int) bool { r, _, _, _ := picture.At(x, y).RGBA(); return r == 0 }
	edge := quietZone * moduleSize
	if dark(edge-1, edge-1) || !dark(edge, edge) || !dark(edge+7*moduleSize-1, edge) || dark(edge+7*moduleSize, edge) {
		t.Error("no finder pattern in the corner")
	}
	if _, err := QR(strings.Repeat("x", 5000)); err == nil {
		t.Error("drew what does not fit")
	}
}

func TestRecoveryCodes(t *testing.T) {
	codes, hashes := RecoveryCodes()
	if len(codes) != news.RecoveryCodes || len(hashes) != len(codes) {
		t.Fatalf("%d codes, %d hashes", len(codes), len(hashes))
	}
	seen := map[string]bool{}
	for i, code := range codes {
		if !regexp.MustCompile(`^([2-9a-km-np-z]{4} ){3}[2-9a-km-np-z]{4}$`).MatchString(code) || seen[code] {
			t.Errorf("code %q", code)
		}
		seen[code] = true
		for _, typed := range []string{code, strings.ToUpper(code), strings.ReplaceAll(code, " ", ""), " " + strings.ReplaceAll(code, " ", "-") + "\t"} {
			if got := ReadCode(typed); !bytes.Equal(got.Recovery, hashes[i]) || got.TOTP != "" {
				t.Errorf("%q is not read as %q", typed, code)
			}
		}
		if bytes.Contains(hashes[i], []byte(code[:4])) {
			t.Error("a code in its hash")
		}
	}
}

func TestReadCode(t *testing.T) {
	for typed, want := range map[string]string{
		"123456": "123456", " 123 456 ": "123456", "123-456": "123456", "１２３４５６": "123456",
		"12345": "", "1234567": "", "12345a": "", "12345?": "", "": "", "123\x00456": "", "\xff123456": "",
		strings.Repeat(" ", 300) + "123456": "",
	} {
		if got := ReadCode(typed); got.TOTP != want || got.Recovery != nil {
			t.Errorf("%q is read as %+v, want %q", typed, got, want)
		}
	}
	if got := ReadCode("0000 0000 0000 0000"); got.Recovery != nil {
		t.Error("signs that no code has")
	}
}

func site(t *testing.T, address string) *Passkeys {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPasskeys(u, "The Test Paper", []byte("a secret of the site, long enough"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUsable(t *testing.T) {
	for address, want := range map[string]bool{
		"https://paper.example": true, "https://paper.example:8443": true, "http://localhost:8080": true, "https://localhost": true,
		"http://127.0.0.1:8080": false, "http://[::1]:8080": false, "https://192.0.2.1": false, "http://paper.example": false,
	} {
		if got := site(t, address).Usable(); got != want {
			t.Errorf("%s: usable %v, want %v", address, got, want)
		}
	}
}

// What the browser is asked for.
func TestOptions(t *testing.T) {
	p := site(t, "http://localhost:8080")
	m := news.Member{ID: 7, Name: "Ada", Email: "ada@paper.example"}
	options, state, err := p.Registering(m, []news.Passkey{{ID: 1, Credential: []byte(`{"id":"AQID"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Challenge              string
		RP                     struct{ ID, Name string }
		User                   struct{ ID, Name, DisplayName string }
		AuthenticatorSelection struct {
			ResidentKey, UserVerification string
			RequireResidentKey            bool
		}
		Attestation        string
		ExcludeCredentials []struct{ ID string }
	}
	if err := json.Unmarshal(options, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Challenge) < 43 || got.RP.ID != "localhost" || got.User.Name != "Ada" || len(got.User.ID) != 43 ||
		got.AuthenticatorSelection.ResidentKey != "required" || !got.AuthenticatorSelection.RequireResidentKey ||
		got.AuthenticatorSelection.UserVerification != "required" || got.Attestation != "none" ||
		len(got.ExcludeCredentials) != 1 || got.ExcludeCredentials[0].ID != "AQID" {
		t.Errorf("%s", options)
	}
	if bytes.Contains(options, []byte("ada@")) || bytes.Contains(state, []byte("ada@")) {
		t.Error("the mail address goes to the authenticator")
	}
	again, _, err := p.Registering(m, nil)
	if err != nil || bytes.Contains(again, []byte(got.Challenge)) || !bytes.Contains(again, []byte(got.User.ID)) {
		t.Errorf("a challenge twice, or a handle that changes: %s, %v", again, err)
	}
	if bytes.Equal(p.handle(7), p.handle(8)) || bytes.Equal(p.handle(7), (&Passkeys{secret: []byte("other")}).handle(7)) {
		t.Error("handles do not tell members or sites apart")
	}

	for _, response := range []string{"", "{}", "null", `{"id":"AQID","rawId":"AQID","type":"public-key","response":{}}`} {
		if _, err := p.Registered(m, state, []byte(response)); !errors.Is(err, ErrRefused) {
			t.Errorf("registering with %q: %v", response, err)
		}
		if _, err := p.Opened(state, []byte(response), nil); !errors.Is(err, ErrRefused) {
			t.Errorf("opening with %q: %v", response, err)
		}
	}

	options, state, err = p.Opening(0, nil)
	if err != nil || !bytes.Contains(options, []byte(`"userVerification":"required"`)) || bytes.Contains(options, []byte("allowCredentials")) || len(state) == 0 {
		t.Errorf("log-in of anybody: %s, %v", options, err)
	}
	options, _, err = p.Opening(7, []news.Passkey{{ID: 1, Credential: []byte(`{"id":"AQID"}`)}})
	if err != nil || !bytes.Contains(options, []byte(`"allowCredentials":[{"type":"public-key","id":"AQID"`)) {
		t.Errorf("log-in of a member: %s, %v", options, err)
	}
}
