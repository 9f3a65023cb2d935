package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// What two members and a visitor do at the same time stays their own.
func TestNoCrossTalk(t *testing.T) {
	path := demo(t).story()
	a, b := harness.NewMember(), harness.NewMember()
	first, second, visitor := browser.Open(t, shared, harness.Desktop), browser.Open(t, shared, harness.Desktop), browser.Open(t, shared, harness.Desktop)
	first.Join(a, path)
	first.Fill("Your comment", "half a thought of "+a.Name)
	second.Join(b, path)
	visitor.Go(path)
	for _, page := range []struct {
		*harness.Page
		own, other string
	}{{first, a.Name, b.Name}, {second, b.Name, a.Name}, {visitor, "Log in", a.Name}} {
		if page.Page != first {
			page.Reload()
		}
		page.Shows("header", page.own)
		if strings.Contains(harness.Eval[string](page.Page, `document.documentElement.outerHTML`), page.other) {
			t.Errorf("%q can be seen by %q", page.other, page.own)
		}
		if page.Page != first && page.Value("Your comment") != "" {
			t.Errorf("%q has the text of another in the form", page.own)
		}
	}
	if first.Value("Your comment") != "half a thought of "+a.Name {
		t.Errorf("the text of the first is %q", first.Value("Your comment"))
	}
	first.Follow("Post comment")
	second.Go(path)
	second.Shows("#comments", "half a thought of "+a.Name)
	second.Shows("header", b.Name)
}

// Whoever has logged in is not shown the pages from before as a stranger's.
func TestHistoryAfterLogIn(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		one, two, m := demo(t).story(), demo(t).story(), harness.NewMember()
		p.Go("/")
		p.Go(one)
		p.Go(two)
		p.Join(m, two)
		known := func(when string) {
			t.Helper()
			if !strings.Contains(p.Text("header"), m.Name) {
				t.Errorf("%s the header of %s says %q", when, p.Bare(), strings.Join(strings.Fields(p.Text("header nav")), " "))
			}
		}
		p.BackTo(one)
		known("going back,")
		p.BackTo("/")
		known("going back,")
		p.ForwardTo(one)
		known("going forward,")
		p.Go(one)
		known("following a link,")

		p.Follow("Log out")
		p.BackTo(one)
		if strings.Contains(p.Text("header"), m.Name) {
			t.Error("after logging out, going back shows the member's page")
		}
	})
}
