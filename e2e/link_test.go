package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

// A log-in link by mail: opening it does nothing, its button logs in, once.
func TestLogInByMail(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Follow("Log out")
		p.Follow("Log in @ #comments")
		p.Follow("Log in by a link in a mail")
		p.Fill("Email", "nobody")
		p.Follow("Send the link")
		refused(p, t, scripts, "Email")
		p.Fill("Email", m.Email)
		p.Follow("Send the link")
		p.Shows("h1", "Look in your mail")

		link := p.MailedLink(m.Email, "Your link to log in")
		for range 2 {
			p.Go(link)
			if p.Status() != 200 || p.Cookies() != 0 {
				t.Fatalf("opening the link: status %d, %d cookies", p.Status(), p.Cookies())
			}
			signedOut(t, p, "having opened the link")
		}
		p.Follow("button:Log in")
		if p.Bare() != path {
			t.Errorf("logged in at %s, not %s", p.Path(), path)
		}
		p.Shows("header", m.Name)

		other := another(t, p.Site, scripts)
		other.Go(link)
		if other.Status() != 404 {
			t.Errorf("the used link has status %d", other.Status())
		}
		other.Shows("h1", "This link no longer works")
		other.Follow("Log in @ main")
		if other.Bare() != "/login" {
			t.Errorf("from the used link to %s", other.Path())
		}
	})
}

// The answer says nothing about whether there is an account.
func TestLinkForNobody(t *testing.T) {
	p := browser.Open(t, shared, harness.Phone)
	m := harness.NewMember()
	said := ""
	for _, email := range []string{"member@demo.example", m.Email} {
		p.Go("/login/link")
		p.Fill("Email", email)
		p.Follow("Send the link")
		now := p.Path() + " " + p.Text("main")
		if said != "" && now != said {
			t.Errorf("%s is told %q, not %q", email, now, said)
		}
		said = now
	}
	p.Site.Mail(t, "member@demo.example", "Your link to log in")
	if p.Site.Mailed(t, m.Email, "") {
		t.Error("somebody without an account got a mail")
	}
}
