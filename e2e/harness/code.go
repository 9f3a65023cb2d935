package harness

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// codeStep is how long a code of an authenticator app is shown.
const codeStep = 30 // seconds

// App is an authenticator app that knows one key (RFC 6238).
type App struct {
	key  []byte
	last int64 // the step of the newest code it gave
}

// NewApp types a key into an app, as it stands on the page.
func NewApp(t Reporter, key string) *App {
	t.Helper()
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(strings.Join(strings.Fields(key), "")))
	if err != nil || len(raw) < 16 {
		t.Fatalf("the key %q is none: %d bytes, %v", key, len(raw), err)
	}
	return &App{key: raw}
}

// Code is the code now, or the first one it has not given yet: each opens
// once, and a test does not wait for the clock.
func (a *App) Code() string {
	a.last = max(a.last+1, time.Now().Unix()/codeStep)
	return a.code(a.last)
}

// Wrong is a code that opens nothing.
func (a *App) Wrong() string {
	near := map[string]bool{}
	for step := time.Now().Unix()/codeStep - 3; len(near) < 7; step++ {
		near[a.code(step)] = true
	}
	for n := 0; ; n++ {
		if code := fmt.Sprintf("%06d", n); !near[code] {
			return code
		}
	}
}

func (a *App) code(step int64) string {
	mac := hmac.New(sha1.New, a.key)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:at+4])&0x7fffffff%1_000_000)
}

// SetUpCodes sets up codes from an app, and returns it with the recovery codes
// shown then.
func (p *Page) SetUpCodes(m Member) (*App, []string) {
	p.t.Helper()
	app := p.BeginCodes(m)
	p.Fill("Code", app.Code())
	p.Follow("Switch codes on")
	codes := p.Listed("main li code")
	if len(codes) == 0 {
		p.t.Fatalf("no recovery codes at %s", p.Path())
	}
	return app, codes
}

// BeginCodes goes as far as the key for the app.
func (p *Page) BeginCodes(m Member) *App {
	p.t.Helper()
	p.Go("/account/second-factor")
	p.Press("Set up codes from an app")
	p.Until("the form in the fold", expression("field", "Password @ details[open]")+` !== null`)
	p.Fill("Password @ details[open]", m.Password)
	p.Follow("Set it up")
	return NewApp(p.t, p.Text("main code"))
}
