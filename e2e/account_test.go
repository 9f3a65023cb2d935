package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// A new name stands in the masthead and beside earlier comments.
func TestChangeOfName(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Post("Under two names")
		id := harness.Eval[string](p, `document.querySelector(':target').id`)
		p.Follow(m.Name + " @ header")
		p.Follow("Display name")
		p.Fill("Display name", "Nell Arden")
		p.Follow("Change the name")
		if p.Status() != 422 || p.Value("Display name") != "Nell Arden" {
			t.Errorf("the name of another: status %d", p.Status())
		}
		refused(p, t, scripts, "Display name")
		p.Fill("Display name", "Renamed "+m.Name)
		p.Follow("Change the name")
		p.Shows("[role=status]", "Your display name is changed")
		p.Shows("header", "Renamed "+m.Name)
		p.Go(path)
		p.Shows("#"+id+" h3", "Renamed "+m.Name)
	})
}

// Mail about answers comes only to those who ask for it, and stops by a
// button.
func TestMailChoice(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Post("Who answers " + m.Name + "?")
		id := harness.Eval[string](p, `document.querySelector(':target').id`)
		other := another(t, p.Site, scripts)
		other.Join(harness.NewMember(), path)
		answer := func(words string) {
			t.Helper()
			other.Go(path)
			other.Reply(id)
			other.Post(words)
		}
		p.Go("/account")
		p.Follow("Mail")
		p.Choose("A mail each time, at once")
		p.Follow("Keep this choice")
		p.Shows("[role=status]", "Your choice about mail is kept")
		p.Shows("main", "When something happens")
		answer("The first answer to " + m.Name)
		mail := p.Site.Mail(t, m.Email, "")
		if !strings.Contains(mail, "The first answer to "+m.Name) {
			t.Errorf("the mail about the answer: %s", mail)
		}
		stop := ""
		for _, word := range strings.Fields(mail) {
			if strings.Contains(word, "/mail/stop?") {
				stop = strings.TrimPrefix(word, p.Site.URL)
			}
		}
		reader := another(t, p.Site, scripts)
		reader.Go(stop)
		p.Reload()
		p.Shows("main", "When something happens") // opening changed nothing
		reader.Follow("Stop these mails")
		reader.Shows("h1", "Stopped")
		p.Go("/account")
		p.Shows("main", "Nobody mails you")
	})
}

// Own comments, with what became of them.
func TestOwnComments(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Go("/account")
		p.Follow("Your comments")
		p.Shows("main", "You have not written a comment yet")
		p.Go(path)
		headline := p.Text("h1")
		p.Post("Found again by " + m.Name)
		p.Go("/account/comments")
		p.Shows("main li", "Found again by "+m.Name)
		p.Shows("main li", "Shown")
		p.Follow(strings.Join(strings.Fields(headline), " ") + " @ main")
		if p.Bare() != path {
			t.Fatalf("the comment stands at %s", p.Path())
		}
		p.Shows(":target", "Found again by "+m.Name)
	})
}

// Another password: the other devices are out, this one stays.
func TestChangeOfPassword(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		m := harness.NewMember()
		p.Join(m, "/account")
		elsewhere := another(t, p.Site, scripts)
		elsewhere.Enter(m.Email, m.Password, "/account")
		p.Follow("Password")
		p.Fill("Password", "not the password")
		p.Fill("New password", "eleven herons stood in the ford")
		p.Follow("Change the password")
		refused(p, t, scripts, "Password")
		p.Fill("Password", m.Password)
		p.Fill("New password", "short")
		p.Follow("Change the password")
		refused(p, t, scripts, "New password")
		p.Fill("Password", m.Password)
		p.Fill("New password", "eleven herons stood in the ford")
		p.Follow("Change the password")
		p.Shows("[role=status]", "Your password is changed")
		p.Shows("header", m.Name)
		elsewhere.Reload()
		signedOut(t, elsewhere, "after another password")
		p.Site.Mail(t, m.Email, "Your password was changed")
		p.Follow("Log out")
		p.Go("/login")
		p.LogIn(m.Email, "eleven herons stood in the ford")
		p.Shows("header", m.Name)
	})
}

// Deleting an account waits a day, and can be taken back.
func TestDeletion(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		m := harness.NewMember()
		p.Join(m, "/account")
		p.Follow("Delete your account")
		p.Shows("main", "24 hours")
		p.Choose("Remove them; where somebody answered, a line says that one was there")
		p.Follow("Delete my account")
		if p.Status() != 422 {
			t.Errorf("without the password: status %d", p.Status())
		}
		if !harness.Eval[bool](p, `document.querySelector('input[value=erase]').checked`) {
			t.Error("what was chosen is lost")
		}
		refused(p, t, scripts, "Password")
		p.Choose("Remove them; where somebody answered, a line says that one was there")
		p.Fill("Password", m.Password)
		p.Follow("Delete my account")
		p.Shows("[role=status]", "Your account will be deleted in 24 hours")
		p.Shows("main", "This account will be deleted on")
		mail := p.Site.Mail(t, m.Email, "will be deleted")
		if !strings.Contains(mail, "Your comments will be removed as well.") {
			t.Errorf("the mail about the deletion: %s", mail)
		}
		p.Follow("Keep my account")
		p.Shows("[role=status]", "Your account stays")
		if strings.Contains(p.Text("main"), "will be deleted") || p.Has("Keep my account") {
			t.Error("the account still says that it will be deleted")
		}
	})
}
