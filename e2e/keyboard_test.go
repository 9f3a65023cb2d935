package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"broadsheet/e2e/harness"
)

// stop is where the focus is.
type stop struct {
	Name    string
	Outline bool // it can be seen that it has the focus
	InSight bool
	Header  bool
	Field   bool
}

func tab(t *testing.T, p *harness.Page) stop {
	t.Helper()
	p.Key(kb.Tab)
	s := harness.Eval[stop](p, `((e) => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    Name: e.tagName + ' ' + (e.id || e.textContent.replace(/\s+/g, ' ').trim().slice(0, 60)),
    Outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none',
    InSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    Header: Boolean(e.closest('header') && !e.closest('main')),
    Field: e.matches('textarea[name=body]'),
  };
})(document.activeElement)`)
	if !s.Outline {
		t.Errorf("%s has the focus and does not show it", s.Name)
	}
	if !s.InSight {
		t.Errorf("%s has the focus out of sight", s.Name)
	}
	return s
}

// A story can be read and answered with the keyboard alone.
func TestKeyboard(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		p.Go(demo(t).story())
		if s := tab(t, p); s.Name != "A Skip to main content" {
			t.Fatalf("first comes %s", s.Name)
		}
		inHeader, reached := 0, false
		for range 150 {
			s := tab(t, p)
			if s.Header {
				inHeader++
			}
			if reached = s.Field; reached {
				break
			}
		}
		if inHeader < 5 || !reached {
			t.Fatalf("%d stops in the masthead, comment field reached: %t", inHeader, reached)
		}
		p.Key("typed by hand")
		if p.Value("Your comment") != "typed by hand" {
			t.Errorf("the field holds %q", p.Value("Your comment"))
		}
		// The skip link leads past the masthead.
		p.Reload()
		tab(t, p)
		p.Key(kb.Enter)
		p.Until("the main content", `location.hash === '#main'`)
		if s := tab(t, p); s.Header {
			t.Errorf("after the skip link comes %s", s.Name)
		}
	})
}

func TestLogInByKeyboard(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path := demo(t).story()
		p.Go("/login?next=" + path)
		for range 40 {
			if tab(t, p).Name == "INPUT email" {
				break
			}
		}
		p.Key("member@demo.example")
		if s := tab(t, p); s.Name != "INPUT password" {
			t.Fatalf("after the address comes %s", s.Name)
		}
		p.Key(harness.DemoPassword)
		p.Leaves(func() { p.Key(kb.Enter) })
		if p.Bare() != path {
			t.Errorf("logged in at %s, not %s", p.Path(), path)
		}
		p.Shows("header", "Nell Arden")
	})
}

// tabTo goes on with the Tab key to what is so named.
func tabTo(t *testing.T, p *harness.Page, name string) {
	t.Helper()
	for range 60 {
		if tab(t, p).Name == name {
			return
		}
	}
	t.Fatalf("the Tab key does not come to %q at %s", name, p.Path())
}

// Members sort, recommend, answer and report with the keyboard alone, and
// moderators decide.
func TestCommentsByKeyboard(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
		id := author.Write(path, "", "By hand, by "+author.Name)
		p.Be(c)
		p.Go(path + "#comments")
		tabTo(t, p, "A Oldest")
		p.Leaves(func() { p.Key(kb.Enter) })
		if !strings.Contains(p.Path(), "order=oldest") {
			t.Errorf("sorted at %s", p.Path())
		}
		enter := func(name string) {
			t.Helper()
			p.Go("/house-rules")
			p.Go("/comments/" + number(id))
			tabTo(t, p, name)
			if !scripts || strings.HasPrefix(name, "BUTTON Report") {
				p.Leaves(func() { p.Key(kb.Enter) })
			} else {
				p.Key(kb.Enter)
			}
		}
		enter("BUTTON Recommend")
		p.Until("the recommendation", `((b) => b && b.getAttribute('aria-pressed') === 'true' && !b.hasAttribute('aria-busy'))(document.querySelector(%s))`, "#"+id+" [aria-pressed]")
		enter("BUTTON Reply")
		if scripts {
			p.Until("the focus in the field", `document.activeElement.matches('textarea')`)
		} else {
			tabTo(t, p, "TEXTAREA body")
		}
		p.Key("Typed in answer")
		tabTo(t, p, "BUTTON Post comment")
		p.Leaves(func() { p.Key(kb.Enter) })
		p.Shows(":target", "Typed in answer")
		enter("BUTTON Report")
		tabTo(t, p, "INPUT reason-a")
		p.Key(" ")
		tabTo(t, p, "BUTTON Report")
		p.Leaves(func() { p.Key(kb.Enter) })
		p.Shows("#"+id, "You reported this")

		p.Be(p.Moderator())
		p.Go(queue("reported", author) + "#case-" + number(id))
		tabTo(t, p, map[bool]string{true: "BUTTON ApproveA", false: "BUTTON Approve"}[scripts])
		if scripts {
			p.Key(kb.Enter)
			p.Until("the card gone", `desk.waiting === 0 && !document.querySelector(%s)`, card(id))
		} else {
			p.Leaves(func() { p.Key(kb.Enter) })
		}
		p.Go(queue("reported", author))
		if p.Count(card(id)) != 0 {
			t.Error("what was approved is still reported")
		}
	})
}
