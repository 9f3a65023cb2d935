package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

const (
	drafts  = `Object.keys(localStorage).filter((k) => k.startsWith('draft ')).length`
	theBack = "What you had typed here is back"
)

// What is typed survives a closed tab, and is gone once it is posted.
func TestDraft(t *testing.T) {
	path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
	id := author.Write(path, "", "A question of "+author.Name)
	p := browser.Open(t, shared, harness.Phone)
	p.Be(c)
	p.Go(path)
	if harness.Eval[int](p, `localStorage.length`) != 0 {
		t.Error("reading has kept something")
	}
	p.Fill("Your comment", "On top, by "+c.Name)
	p.Until("the draft", drafts+` === 1`)
	p.Reply(id)
	if p.Value("Your comment") != "" {
		t.Errorf("under a comment stands %q", p.Value("Your comment"))
	}
	p.Fill("Your comment", "In answer, by "+c.Name)
	p.Until("both drafts", drafts+` === 2`)
	p.Go("/")
	p.Go(path)
	p.Shows("#write", theBack)
	if p.Value("Your comment") != "On top, by "+c.Name {
		t.Errorf("back is %q", p.Value("Your comment"))
	}
	p.Post(p.Value("Your comment"))
	p.Shows(":target", "On top, by "+c.Name)
	if n := harness.Eval[int](p, drafts); n != 1 || p.Value("Your comment") != "" {
		t.Errorf("after posting, %d drafts are kept, and in the form stands %q", n, p.Value("Your comment"))
	}
	p.Shows("#write", "You began a reply that was not sent.")
	p.Follow("Go on with it")
	if p.Value("Your comment @ #"+id) != "In answer, by "+c.Name {
		t.Errorf("back under the comment is %q", p.Value("Your comment @ #"+id))
	}
	p.Press("Discard")
	p.Until("nothing kept", drafts+` === 0 && document.activeElement.value === ''`)
	p.Fill("Your comment", "Left behind, by "+c.Name)
	p.Until("the draft", drafts+` === 1`)
	p.Follow("Log out")
	if n := harness.Eval[int](p, drafts); n != 0 {
		t.Errorf("after logging out %d drafts are kept", n)
	}
}

// Signed out, what was kept by the site is not kept twice.
func TestDraftThroughLogIn(t *testing.T) {
	path, c := demo(t).story(), shared.Join(t)
	p := browser.Open(t, shared, harness.Phone)
	p.Go(path)
	p.Fill("Your comment", "Kept for "+c.Name)
	p.Until("the draft", drafts+` === 1`)
	p.Follow("Post comment")
	p.LogIn(c.Email, c.Password)
	if p.Value("Your comment") != "Kept for "+c.Name {
		t.Fatalf("back is %q", p.Value("Your comment"))
	}
	if n := harness.Eval[int](p, drafts); n != 0 {
		t.Errorf("%d drafts are kept beside the comment kept by the site", n)
	}
	p.Follow("Post comment")
	p.Shows(":target", "Kept for "+c.Name)
}

// New comments are announced, come when they are asked for, and move nothing
// before.
func TestArrivals(t *testing.T) {
	path, c := demo(t).story(), shared.Join(t)
	first := c.Write(path, "", "The first of "+c.Name)
	p := browser.Open(t, shared, harness.Phone)
	p.Be(shared.Join(t)) // signed out, browsers keep the answer for half a minute
	p.Hasten()
	p.Go(path)
	p.Fill("Your comment", "half a thought")
	harness.Eval[any](p, `document.getElementById(%s).scrollIntoView()`, first)
	place := harness.Eval[float64](p, `document.getElementById(%s).getBoundingClientRect().top`, first)
	height := harness.Eval[int](p, `document.documentElement.scrollHeight`)
	second := c.Write(path, "", "The second of "+c.Name)
	p.Until("the button", `[...document.querySelectorAll('button')].some((b) => /^[0-9]+ new comment/.test(b.innerText))`)
	if now := harness.Eval[float64](p, `document.getElementById(%s).getBoundingClientRect().top`, first); now != place || harness.Eval[int](p, `document.documentElement.scrollHeight`) != height {
		t.Errorf("the button moved the comments from %v to %v", place, now)
	}
	p.Until("it said once", `[...document.querySelectorAll('#comments [role=status]')].some((e) => e.textContent.startsWith('There are new comments'))`)
	p.PressOn(".arrival button")
	p.Until("the comment", `document.getElementById(%s) && !document.querySelector('.arrival')`, second)
	if at := harness.Eval[string](p, `document.activeElement.id`); at != second {
		t.Errorf("the focus is on %q, not on the first new comment", at)
	}
	if p.Value("Your comment") != "half a thought" {
		t.Errorf("in the form stands %q", p.Value("Your comment"))
	}
}
