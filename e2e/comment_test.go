package e2e

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// Replies stand under what they answer; deep ones stand flat and say whom
// they answer.
func TestReplies(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		p.Post("Level 1 of " + m.Name)
		ids := []string{p.Landed()}
		for level := 2; level <= 5; level++ {
			p.Reply(ids[len(ids)-1])
			p.Shows("#"+ids[len(ids)-1], "Replying to "+m.Name)
			p.Post(fmt.Sprintf("Level %d of %s", level, m.Name))
			ids = append(ids, p.Landed())
		}
		depth := harness.Eval[[]int](p, `%s.map((id) => { let n = 0; for (let e = document.getElementById(id); e; e = e.parentElement.closest('.replies')) n++; return n; })`, ids)
		if fmt.Sprint(depth) != "[1 2 3 3 3]" {
			t.Errorf("replies are nested %v", depth)
		}
		for i, id := range ids {
			if says := strings.Contains(p.Text("#"+id), "in reply to "+m.Name); says != (i > 2) {
				t.Errorf("level %d says whom it answers: %t", i+1, says)
			}
		}
	})
}

// A comment's own address leads to the page of the thread that shows it.
func TestPermalink(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		p.Go(demo(t).long)
		p.Follow("Older comments")
		ids := harness.Eval[[]string](p, `[...document.querySelectorAll('#comments [id^=comment-]')].map((e) => e.id).filter((id) => /^comment-[0-9]+$/.test(id))`)
		id := ids[len(ids)/2]
		p.Go("/")
		p.Go("/comments/" + strings.TrimPrefix(id, "comment-"))
		if p.Bare() != demo(t).long || !strings.HasSuffix(p.Path(), "#"+id) {
			t.Fatalf("led to %s", p.Path())
		}
		p.Until("the comment in sight", `((e) => e && e.id === %s && e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight)(document.querySelector(':target'))`, id)
	})
}

// An impatient double press and a reload make one comment.
func TestDoublePress(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, m := demo(t).story(), harness.NewMember()
		words := "Said once by " + m.Name
		p.Join(m, path)
		p.Fill("Your comment", words)
		p.Leaves(func() { p.PressTwice("Post comment") })
		for range 3 {
			p.Until("the comment", `document.readyState === 'complete' && location.pathname === %s && document.body.innerText.includes(%s)`, path, words)
			p.Reload()
			if n := harness.Eval[int](p, `[...document.querySelectorAll('.comment__body')].filter((e) => e.innerText.includes(%s)).length`, words); n != 1 {
				t.Fatalf("the comment stands there %d times", n)
			}
		}
	})
}

// A comment too long by one says so and is not lost.
func TestTooLong(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, m := demo(t).story(), harness.NewMember()
		p.Join(m, path)
		words := strings.Repeat("ten chars ", 300) + "x"
		p.Post(words)
		if p.Status() != 422 || p.Value("Your comment") != words {
			t.Errorf("status %d, %d characters kept", p.Status(), len(p.Value("Your comment")))
		}
		p.Shows("[role=alert]", "1 character too long")
		refused(p, t, scripts, "Your comment")
		p.Post(words[:3000])
		p.Shows(":target", "ten chars")
	})
}

// The sixth comment within five minutes has to wait, and is not lost.
func TestTooFast(t *testing.T) {
	site := fresh(t, "--limits", "on")
	path := demo(t).story()
	for _, scripts := range []bool{true, false} {
		m := harness.NewMember()
		p := browser.Open(t, site, harness.Options{Width: 390, Height: 844, ScriptsOff: !scripts})
		p.Join(m, path)
		for n := range 5 {
			p.Post(fmt.Sprintf("Number %d of %s", n+1, m.Name))
			p.Shows(":target", fmt.Sprintf("Number %d of %s", n+1, m.Name))
		}
		p.Post("Number 6 of " + m.Name)
		if p.Status() != 429 || p.Value("Your comment") != "Number 6 of "+m.Name {
			t.Errorf("status %d, kept %q", p.Status(), p.Value("Your comment"))
		}
		p.Shows("[role=alert]", "5 comments within five minutes")
		refused(p, t, scripts, "Your comment")
	}
}

// With the limits off, nobody waits.
func TestLimitsOff(t *testing.T) {
	p := browser.Open(t, shared, harness.Desktop)
	m := harness.NewMember()
	p.Join(m, demo(t).story())
	for n := range 7 {
		p.Post(fmt.Sprintf("Number %d of %s", n+1, m.Name))
		if p.Status() != 200 {
			t.Fatalf("comment %d: status %d although the limits are off", n+1, p.Status())
		}
	}
}

func TestClosedThread(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		p.Go(demo(t).closed)
		p.Shows("#comments", "Comments on this story are closed")
		if p.HasField("Your comment") || p.Has("Reply") || p.Has("Post comment") {
			t.Error("a closed thread offers to write")
		}
	})
}
