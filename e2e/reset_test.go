package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

// another opens a page as on another device: of its own, and otherwise the
// same.
func another(t *testing.T, site *harness.Site, scripts bool) *harness.Page {
	t.Helper()
	return browser.Open(t, site, harness.Options{Width: harness.Desktop.Width, Height: harness.Desktop.Height, ScriptsOff: !scripts})
}

// signedOut wants the page to know nobody.
func signedOut(t *testing.T, p *harness.Page, when string) {
	t.Helper()
	if !p.Has("link:Log in @ header") || p.Has("Log out @ header") {
		t.Errorf("%s, %s does not take the reader for a stranger", when, p.Path())
	}
}

// Forgotten: a mail, a new password, and everybody else is out.
func TestForgottenPassword(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		elsewhere := another(t, p.Site, scripts)
		elsewhere.Join(m, path)
		p.Go(path)
		p.Follow("Log in @ #comments")
		p.Follow("Choose a new password")
		p.Fill("Email", m.Email)
		p.Follow("Send the link")
		p.Shows("h1", "Look in your mail")
		link := p.MailedLink(m.Email, "Choose a new password")
		p.Go(link)

		for _, weak := range []struct{ password, why string }{
			{"short", "needs at least 12 characters: 7 more"},
			{"password1234", "tried first"},
			{m.Email, ""},
		} {
			p.Fill("Password", weak.password)
			p.Follow("Set the password")
			if p.Status() != 422 || p.Value("Password") != "" {
				t.Fatalf("%q: status %d, kept %q", weak.password, p.Status(), p.Value("Password"))
			}
			refused(p, t, scripts, "Password")
			p.Shows("[role=alert]", weak.why)
		}
		old := m.Password
		m.Password = "eleven herons stood in the ford"
		p.Fill("Password", m.Password)
		p.Follow("Set the password")
		if p.Bare() != "/login" {
			t.Fatalf("the new password led to %s", p.Path())
		}
		p.LogIn(m.Email, old)
		p.Shows("[role=alert]", "The email address or the password is wrong")
		p.LogIn(m.Email, m.Password)
		if p.Bare() != path {
			t.Errorf("logged in at %s, not %s", p.Path(), path)
		}
		p.Shows("header", m.Name)

		elsewhere.Reload()
		signedOut(t, elsewhere, "after the new password")
		p.Site.Mail(t, m.Email, "Your password was changed")
		p.Go(link)
		if p.Status() != 404 {
			t.Errorf("the used link has status %d", p.Status())
		}
		p.Shows("h1", "This link no longer works")
	})
}
