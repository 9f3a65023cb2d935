package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// What a signed-out reader posts is kept while they log in.
func TestKeptThroughLogIn(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Follow("Log out")
		keepAndPost(t, p, path, "Kept while "+m.Name+" logs in", func() { p.LogIn(m.Email, m.Password) })
	})
}

// The same for those who become members only now.
func TestKeptThroughJoin(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Go(path)
		keepAndPost(t, p, path, "Kept while "+m.Name+" joins", func() {
			p.Follow("Become a member @ main")
			p.Shows("main", "Kept while "+m.Name+" joins")
			p.FillJoin(m)
			p.Follow("Become a member @ main form")
		})
	})
}

// keepAndPost writes signed out, posts, goes in, and posts again.
func keepAndPost(t *testing.T, p *harness.Page, path, words string, in func()) {
	t.Helper()
	p.Post(words)
	if p.Bare() != "/login" {
		t.Fatalf("posting signed out led to %s", p.Path())
	}
	p.Shows("main", words)
	in()
	if p.Bare() != path || p.Value("Your comment") != words {
		t.Fatalf("back at %s with %q in the form", p.Path(), p.Value("Your comment"))
	}
	if !harness.Eval[bool](p, `((b) => b.top < innerHeight && b.bottom > 0)(document.querySelector('#write').getBoundingClientRect())`) {
		t.Error("the form with the text is not in sight")
	}
	if strings.Contains(p.Text("#comments"), words) && p.Count(".comment__body") > 0 && strings.Contains(harness.Eval[string](p, `[...document.querySelectorAll('.comment__body')].map((e) => e.innerText).join(' ')`), words) {
		t.Error("it was published before anybody posted it")
	}
	p.Follow("Post comment")
	p.Shows(":target", words)
	if p.Bare() != path {
		t.Errorf("after posting at %s", p.Path())
	}
}

// A kept reply returns to the comment it answers.
func TestKeptReply(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Post("The comment of " + m.Name)
		id := harness.Eval[string](p, `document.querySelector(':target').id`)
		p.Follow("Log out")
		p.Follow("Reply @ #" + id)
		p.Post("The reply of " + m.Name)
		if p.Bare() != "/login" {
			t.Fatalf("posting signed out led to %s", p.Path())
		}
		p.LogIn(m.Email, m.Password)
		if got := p.Value("Your comment @ #" + id); got != "The reply of "+m.Name {
			t.Fatalf("under the comment answered stands %q", got)
		}
		p.Follow("Post comment")
		p.Shows(":target", "The reply of "+m.Name)
		if !harness.Eval[bool](p, `document.getElementById(%s).closest('li').contains(document.querySelector(':target'))`, id) {
			t.Error("the reply does not stand under what it answers")
		}
	})
}
