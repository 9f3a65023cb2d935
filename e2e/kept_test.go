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
			p.SendJoin()
			p.Confirm(m)
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
		id := p.Landed()
		p.Follow("Log out")
		p.Reply(id)
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

// The mail may be opened on another device: the comment is there too, where
// it was going to stand.
func TestKeptThroughMailElsewhere(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, asker, m := demo(t).story(), harness.NewMember(), harness.NewMember()
		other := another(t, p.Site, scripts)
		other.Join(asker, path)
		other.Post("The question of " + asker.Name)
		id := other.Landed()
		other.Follow("Log out")

		p.Go(path)
		p.Reply(id)
		words := "The answer of " + m.Name
		p.Post(words)
		p.Follow("Become a member @ main")
		p.Shows("main", words)
		p.FillJoin(m)
		p.SendJoin()

		other.Confirm(m)
		if other.Bare() != path || other.Value("Your comment @ #"+id) != words {
			t.Fatalf("on the other device at %s, in the form under the question stands %q", other.Path(), other.Value("Your comment @ #"+id))
		}
		other.Follow("Post comment")
		other.Shows(":target", words)
		p.Go(path)
		p.Shows("#comments", words)
		signedOut(t, p, "where the mail was not opened")
		if !harness.Eval[bool](other, `document.getElementById(%s).closest('li').contains(document.querySelector(':target'))`, id) {
			t.Error("the answer does not stand under the question")
		}
	})
}

// A comment waits while its writer confirms: unconfirmed, nobody comments.
func TestUnconfirmed(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.AskToJoin(m, path)
		p.Enter(m.Email, m.Password, path)
		p.Shows("#comments", "Confirm your address")
		if p.HasField("Your comment") || p.Has("Reply") {
			t.Error("somebody unconfirmed is offered to write")
		}
		p.Go("/account")
		p.Shows("main", "not confirmed yet")
		p.Site.Mail(t, m.Email, "Confirm your address")
		p.Follow("Send the mail again")
		p.Shows("h1", "Look in your mail")
		p.Shows("header", m.Name)
		p.Go("/")
		p.Follow("Log out")
		p.Confirm(m)
		p.Go(path)
		p.Post("Confirmed is " + m.Name)
		p.Shows(":target", "Confirmed is "+m.Name)
	})
}
