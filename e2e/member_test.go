package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// Join, comment, log out, log in: always back at the same story.
func TestJoinCommentLogIn(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		back := func(after string) {
			t.Helper()
			if p.Bare() != path {
				t.Fatalf("after %s at %s, not %s", after, p.Path(), path)
			}
		}
		p.Go(path)
		p.Follow("link:Become a member")
		p.FillJoin(m)
		p.SendJoin()
		p.Confirm(m)
		back("joining")
		p.Shows("header", m.Name)

		p.Post("The first words of " + m.Name)
		back("posting")
		p.Shows("#comments", "The first words of "+m.Name)
		p.Shows(":target", "The first words of "+m.Name)

		p.Follow("Log out")
		back("logging out")
		if strings.Contains(p.Text("header"), m.Name) || p.Cookies() != 0 {
			t.Errorf("after logging out the header says %q, and there are %d cookies", p.Text("header"), p.Cookies())
		}
		p.Shows("#comments", "The first words of "+m.Name)

		p.Follow("Log in @ header")
		p.LogIn(m.Email, m.Password)
		back("logging in")
		p.Shows("header", m.Name)

		p.Follow(m.Name + " @ header")
		p.Shows("main", m.Email)
	})
}

// A wrong password is said in words, with the address kept and the password
// not.
func TestWrongPassword(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path := demo(t).story()
		p.Go(path)
		p.Follow("Log in @ #comments")
		p.LogIn("member@demo.example", "not the password")
		if p.Status() != 422 {
			t.Errorf("status %d", p.Status())
		}
		refused(p, t, scripts, "Email")
		if p.Value("Email") != "member@demo.example" || p.Value("Password") != "" {
			t.Errorf("kept are %q and %q", p.Value("Email"), p.Value("Password"))
		}
		p.LogIn("member@demo.example", harness.DemoPassword)
		if p.Bare() != path {
			t.Errorf("after logging in at %s, not %s", p.Path(), path)
		}
	})
}

// Nothing right at joining: each field says its own fault.
func TestJoinRefused(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		p.Go("/join")
		p.FillJoin(harness.Member{Email: "nobody", Name: "admin", Password: "short"})
		p.Follow("Become a member @ main form")
		if p.Status() != 422 || p.Count(".summary li") != 3 || p.Count("main [aria-invalid=true]") != 3 {
			t.Errorf("status %d, %d faults, %d fields marked", p.Status(), p.Count(".summary li"), p.Count("main [aria-invalid=true]"))
		}
		refused(p, t, scripts, "Email")
		if p.Value("Email") != "nobody" || p.Value("Display name") != "admin" || p.Value("Password") != "" {
			t.Errorf("kept are %q, %q and %q", p.Value("Email"), p.Value("Display name"), p.Value("Password"))
		}
	})
}

// refused wants an error in the title, and an error summary, with the focus when scripts run, whose
// first line leads to the field named.
func refused(p *harness.Page, t *testing.T, scripts bool, field string) {
	t.Helper()
	if p.Count("[role=alert]") != 1 {
		t.Fatal("no error summary")
	}
	if title := harness.Eval[string](p, `document.title`); !strings.HasPrefix(title, "Error: ") {
		t.Errorf("the title does not say that there is an error: %q", title)
	}
	if scripts {
		p.Until("the focus on the error summary", `document.activeElement.matches('[role=alert]')`)
	}
	p.PressOn("[role=alert] li a")
	p.Until("the focus on "+field, `document.activeElement.labels && [...document.activeElement.labels].some((l) => l.textContent.trim() === %s)`, field)
}
