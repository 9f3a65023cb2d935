package e2e

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// Codes from an app: set up, asked for at the next log-in, with recovery codes
// for the day the app is lost.
func TestCodesFromAnApp(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, "/account")
		p.Follow("Passkeys and second factor")
		p.Press("Set up codes from an app")
		p.Follow("Set it up")
		refused(p, t, scripts, "Password")
		p.Shows("[role=alert]", "Enter your password")

		app := p.BeginCodes(m)
		p.Until("the picture of the key", `((i) => i.complete && i.naturalWidth > 100)(document.querySelector('main img'))`)
		p.Fill("Code", app.Wrong())
		p.Follow("Switch codes on")
		refused(p, t, scripts, "Code")
		p.Shows("[role=alert]", "That is not the code for this key")
		p.Fill("Code", app.Code())
		p.Follow("Switch codes on")
		p.Shows("[role=status]", "Codes from your app are on")
		codes := p.Listed("main li code")
		if len(codes) != 10 || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != 10 {
			t.Fatalf("recovery codes: %q", codes)
		}
		p.Follow("I have kept them")
		p.Shows("main", "10 codes left of 10")
		for _, code := range codes {
			if strings.Contains(harness.Eval[string](p, `document.documentElement.outerHTML`), code) {
				t.Fatal("a recovery code is shown again")
			}
		}
		p.Site.Mail(t, m.Email, "")

		step := func(code string) {
			t.Helper()
			p.Fill("Code", code)
			p.Follow("button:Log in @ main")
		}
		begin := func() {
			t.Helper()
			p.Go(path)
			p.Follow("Log out")
			p.Follow("Log in @ #comments")
			p.LogIn(m.Email, m.Password)
			p.Shows("h1", "One more step")
			if p.Cookies() != 0 {
				t.Error("the password alone makes a session")
			}
			signedOut(t, p, "between the steps")
		}
		in := func(with string) {
			t.Helper()
			if p.Bare() != path {
				t.Fatalf("with %s at %s, not %s", with, p.Path(), path)
			}
			p.Shows("header", m.Name)
		}
		begin()
		step(app.Wrong())
		if p.Status() != 422 {
			t.Errorf("a wrong code: status %d", p.Status())
		}
		refused(p, t, scripts, "Code")
		p.Shows("[role=alert]", "That code is not right, or was used already")
		step(app.Code())
		in("the code")

		begin()
		step(codes[3])
		in("a recovery code")
		begin()
		step(codes[3])
		p.Shows("[role=alert]", "That code is not right, or was used already")
		step(strings.ToUpper(strings.ReplaceAll(codes[4], " ", "")))
		in("another recovery code, typed otherwise")
		p.Go("/account/second-factor")
		p.Shows("main", "8 codes left of 10")

		p.Press("Switch codes off")
		p.Until("the form in the fold", `document.querySelector('details[open]') !== null`)
		p.Fill("Password @ details[open]", m.Password)
		p.Follow("button:Switch codes off")
		p.Shows("[role=status]", "Codes from your app are off")
		p.Go(path)
		p.Follow("Log out")
		p.Follow("Log in @ #comments")
		p.LogIn(m.Email, m.Password)
		in("the password alone")
	})
}
