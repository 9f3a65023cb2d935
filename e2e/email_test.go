package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// A new address counts once it is confirmed; the old one is told.
func TestChangeOfAddress(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		m, renewed := harness.NewMember(), harness.NewMember()
		p.Join(m, "/account")
		elsewhere := another(t, p.Site, scripts)
		elsewhere.Enter(m.Email, m.Password, "/account")
		p.Follow("Email address")
		p.Fill("Email", renewed.Email)
		p.Fill("Password", "not the password")
		p.Follow("Change the address")
		if p.Status() != 422 || p.Value("Email") != renewed.Email || p.Value("Password") != "" {
			t.Errorf("status %d, kept %q and %q", p.Status(), p.Value("Email"), p.Value("Password"))
		}
		refused(p, t, scripts, "Password")
		p.Fill("Password", m.Password)
		p.Follow("Change the address")
		p.Shows("[role=status]", "We have sent a mail to the new address")
		p.Shows(".facts", m.Email)

		notice := p.Site.Mail(t, m.Email, "A new address was given")
		if strings.Contains(notice, renewed.Email) {
			t.Error("the notice to the old address names the new one")
		}
		p.OpenMail(renewed.Email, "Confirm your new address")
		p.Shows("main", renewed.Email)
		elsewhere.Reload()
		elsewhere.Shows(".facts", m.Email) // opening changed nothing
		p.Follow("This is my address")
		p.Shows("[role=status]", "Your email address is changed")
		p.Shows(".facts", renewed.Email)
		elsewhere.Reload()
		signedOut(t, elsewhere, "after the change of address")

		p.Follow("Log out")
		p.Go("/login")
		p.LogIn(m.Email, m.Password)
		if p.Status() != 422 {
			t.Errorf("the old address logs in: %s", p.Path())
		}
		p.LogIn(renewed.Email, m.Password)
		p.Shows("header", m.Name)
	})
}
