package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

// Where one is logged in, and how to end it.
func TestSessions(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		m := harness.NewMember()
		p.Join(m, "/account")
		second, third := another(t, p.Site, scripts), another(t, p.Site, scripts)
		second.Enter(m.Email, m.Password, "/account")

		p.Follow("Where you are logged in")
		p.Shows("main", "Chrom")
		if p.Count("main ul > li") != 2 || p.Count("main ul > li .badge") != 1 {
			t.Fatalf("%d log-ins, %d of them this one", p.Count("main ul > li"), p.Count("main ul > li .badge"))
		}
		p.Follow("End this one")
		p.Shows("[role=status]", "That log-in is ended")
		if n := p.Count("main ul > li"); n != 1 {
			t.Errorf("%d log-ins left", n)
		}
		second.Reload()
		signedOut(t, second, "ended from elsewhere")

		second.Enter(m.Email, m.Password, "/account")
		third.Enter(m.Email, m.Password, "/account")
		p.Reload()
		p.Follow("End all others")
		p.Shows("[role=status]", "All other log-ins are ended")
		for _, other := range []*harness.Page{second, third} {
			other.Reload()
			signedOut(t, other, "ended with all others")
		}
		p.Shows("header", m.Name)
	})
}
