package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

// A password can be looked at before it is sent; without scripts nothing is
// offered that would not work.
func TestShowPassword(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path := demo(t).story()
		p.Go("/login?next=" + path)
		if p.Has("Show password") != scripts {
			t.Fatalf("there is a button to show the password: %t", !scripts)
		}
		if !scripts {
			return
		}
		p.Fill("Email", "member@demo.example")
		p.Fill("Password", harness.DemoPassword)
		for _, shown := range []bool{false, true, false, true} {
			kind := map[bool]string{false: "password false", true: "text true"}[shown]
			if got := harness.Eval[string](p, `document.getElementById('password').type + ' ' + document.querySelector('main [aria-pressed]').getAttribute('aria-pressed')`); got != kind {
				t.Errorf("the field and the button are %q, not %q", got, kind)
			}
			if shown && p.Value("Password") != harness.DemoPassword {
				t.Errorf("shown is %q", p.Value("Password"))
			}
			p.Press("Show password")
		}
		p.Press("Show password") // sent while it is shown
		p.Follow("button:Log in")
		if p.Bare() != path {
			t.Errorf("logged in at %s, not %s", p.Path(), path)
		}
	})
}
