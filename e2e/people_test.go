package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// An administrator finds a member, suspends them with a reason, and lifts it.
func TestSuspension(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		member := another(t, p.Site, scripts)
		member.Join(m, path)
		file(p, m)
		p.Shows(".facts", m.Email)
		p.Shows(".facts", "Active")
		p.Choose("Thirty days")
		p.Follow("Suspend")
		if p.Status() != 422 {
			t.Errorf("without a reason: status %d", p.Status())
		}
		if !harness.Eval[bool](p, `document.querySelector('input[name=days][value="30"]').checked`) {
			t.Error("how long was chosen is lost")
		}
		refused(p, t, scripts, "Reason")
		long := strings.Repeat("why not ", 40)
		p.Fill("Reason", long)
		p.Follow("Suspend")
		if p.Status() != 422 || p.Value("Reason") != long {
			t.Errorf("a reason too long: status %d, kept %q", p.Status(), p.Value("Reason"))
		}
		p.Choose("One day")
		p.Fill("Reason", "Advertising, again, by "+m.Name)
		p.Follow("Suspend")
		p.Shows("[role=status]", "The suspension is in force")
		p.Shows(".facts", "Suspended until")
		p.Shows("main", "suspended, reason: Advertising, again, by "+m.Name)

		member.Go(path)
		if !member.Has("Log out @ header") { // suspending may end the log-ins
			member.Enter(m.Email, m.Password, path)
		}
		member.Shows("#comments", "suspended until")
		member.Shows("#comments", "Advertising, again, by "+m.Name)
		if member.HasField("Your comment") || member.Has("Reply") || member.Has("Post comment") {
			t.Error("somebody suspended is offered to write")
		}

		p.Follow("Lift the suspension")
		p.Shows("[role=status]", "The suspension is lifted")
		p.Shows(".facts", "Active")
		member.Reload()
		member.Post("Back again is " + m.Name)
		member.Shows(":target", "Back again is "+m.Name)
	})
}

// Another role ends the log-ins of before.
func TestRole(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		m := harness.NewMember()
		member := another(t, p.Site, scripts)
		member.Join(m, "/account")
		file(p, m)
		p.Choose("Writer")
		p.Follow("Change the role")
		p.Shows("[role=status]", "The role is changed")
		p.Shows(".facts", "writer")
		p.Shows("main", "role changed from “member” to “writer”, by ")
		member.Reload()
		signedOut(t, member, "with another role")
		member.Enter(m.Email, m.Password, "/account")
		p.Follow("End all log-ins")
		p.Shows("[role=status]", "All log-ins of this account are ended")
		member.Reload()
		signedOut(t, member, "ended by an administrator")
	})
}

// What is for administrators is for nobody else.
func TestMembersForbidden(t *testing.T) {
	p := browser.Open(t, shared, harness.Phone)
	for _, who := range []string{"member", "moderator", "writer", "editor"} {
		p.Enter(who+"@demo.example", harness.DemoPassword, "/account")
		if p.Has("Members @ main") {
			t.Errorf("a %s is led to the members", who)
		}
		p.Go("/newsroom/members")
		if p.Status() != 403 {
			t.Errorf("a %s: status %d", who, p.Status())
		}
		p.Go("/")
		p.Follow("Log out")
	}
}
