package e2e

import (
	"fmt"
	"testing"

	"broadsheet/e2e/harness"
)

// A passkey is added, and then logs in without anything typed.
func TestPasskey(t *testing.T) {
	path := demo(t).story()
	site := fresh(t, "--addr", "localhost:0", "--limits", "off")
	for _, size := range []harness.Options{harness.Phone, harness.Desktop} {
		t.Run(fmt.Sprintf("width=%d", size.Width), func(t *testing.T) {
			m := harness.NewMember()
			p := browser.Open(t, site, size)
			p.Authenticator()
			p.Join(m, "/account")
			p.Follow("Passkeys and second factor")
			p.Fill("Name of the passkey", "My telephone")
			p.Expect(422, "/account/passkeys/options")
			p.Press("Add a passkey")
			p.Until("the refusal", `document.querySelector('form[data-passkey] [role=status]').textContent.includes('Enter your password')`)
			p.Fill("Password @ form[data-passkey]", m.Password)
			p.Follow("Add a passkey")
			p.Shows("[role=status]", "The passkey is added")
			codes := p.Listed("main li code")
			if len(codes) != 10 {
				t.Errorf("recovery codes: %q", codes)
			}
			p.Follow("I have kept them")
			p.Shows("main", "My telephone")
			p.Shows("main", "not used yet")
			p.Site.Mail(t, m.Email, "")

			p.Go(path)
			p.Follow("Log out")
			p.Follow("Log in @ #comments")
			p.Follow("Log in with a passkey")
			if p.Bare() != path {
				t.Fatalf("the passkey led to %s, not %s", p.Path(), path)
			}
			p.Shows("header", m.Name)

			p.Follow("Log out")
			p.Follow("Log in @ #comments")
			p.LogIn(m.Email, m.Password)
			p.Shows("h1", "One more step")
			p.Follow("Use a passkey")
			if p.Bare() != path {
				t.Fatalf("the second step led to %s, not %s", p.Path(), path)
			}
			p.Shows("header", m.Name)

			p.Follow("Log out")
			p.Follow("Log in @ #comments")
			p.LogIn(m.Email, m.Password)
			p.Fill("Recovery code", codes[0])
			p.Follow("button:Log in @ main")
			p.Shows("header", m.Name)

			p.Go("/account/second-factor")
			p.Shows("main", "last used")
			p.Press("Rename My telephone")
			p.Until("the form in the fold", `document.querySelector('details[open]') !== null`)
			p.Fill("Name of the passkey @ details[open]", "My old telephone")
			p.Follow("Rename")
			p.Shows("[role=status]", "The passkey is renamed")
			p.Press("Remove My old telephone")
			p.Until("the form in the fold", `document.querySelector('details[open]') !== null`)
			p.Fill("Password @ details[open]", m.Password)
			p.Follow("Remove this passkey")
			p.Shows("[role=status]", "The passkey is removed")
			p.Go(path)
			p.Follow("Log out")
			p.Follow("Log in @ #comments")
			p.Follow("Log in with a passkey")
			if p.Status() != 422 {
				t.Errorf("a removed passkey: status %d at %s", p.Status(), p.Path())
			}
			p.Shows("h1", "This passkey does not open an account here")
		})
	}
}

// Without scripts, and at an address that is no name, nothing is offered that
// does not work.
func TestNoPasskey(t *testing.T) {
	t.Run("scripts=false", func(t *testing.T) {
		site := fresh(t, "--addr", "localhost:0", "--limits", "off")
		p := browser.Open(t, site, harness.Options{Width: 390, Height: 844, ScriptsOff: true})
		signedIn(p, "/account/second-factor")
		p.Shows("main", "Adding one needs a browser with passkeys")
		if p.Has("Add a passkey") {
			t.Error("a button is shown that needs scripts")
		}
		p.Follow("Log out")
		p.Go("/login")
		if p.Has("Log in with a passkey") {
			t.Error("a button is shown that needs scripts")
		}
	})
	t.Run("address=number", func(t *testing.T) {
		p := browser.Open(t, shared, harness.Phone)
		p.Go("/login")
		if p.Has("Log in with a passkey") {
			t.Error("passkeys are offered at an address that is no name")
		}
		signedIn(p, "/account/second-factor")
		p.Shows("main", "Passkeys cannot be used at this address")
	})
}
