package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// articleID is the number by which moderators' forms name the thread.
func articleID(t *testing.T, moderator *harness.Caller, path string) string {
	t.Helper()
	_, rest, ok := strings.Cut(moderator.Read(path), `action="/moderation/articles/`)
	if !ok {
		t.Fatalf("a moderator has no form for the thread of %s", path)
	}
	id, _, _ := strings.Cut(rest, `"`)
	return id
}

// The session ended meanwhile: the words wait while the member logs in.
func TestSessionEnded(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, c := demo(t).story(), shared.Join(t)
		p.Be(c)
		p.Go(path)
		p.Fill("Your comment", "Not lost, by "+c.Name)
		c.Send("/logout", "next", "/")
		p.Follow("Post comment")
		if p.Bare() != "/login" {
			t.Fatalf("led to %s", p.Path())
		}
		p.Shows("main", "Not lost, by "+c.Name)
		p.LogIn(c.Email, c.Password)
		if p.Value("Your comment") != "Not lost, by "+c.Name {
			t.Fatalf("back is %q", p.Value("Your comment"))
		}
		p.Follow("Post comment")
		p.Shows(":target", "Not lost, by "+c.Name)
	})
}

// The parent went meanwhile: the words can be posted as a comment of their
// own. The thread closed meanwhile: they are there to be copied.
func TestGoneMeanwhile(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		site := fresh(t, "--limits", "off")
		path, author, c := demo(t).story(), site.Join(t), site.Join(t)
		id := author.Write(path, "", "Soon gone, by "+author.Name)
		p = browser.Open(t, site, harness.Options{Width: 390, Height: 844, ScriptsOff: !scripts})
		p.Be(c)
		p.Go(path)
		p.Reply(id)
		p.Fill("Your comment", "An answer to nothing, by "+c.Name)
		author.Send("/comments/" + number(id) + "/delete")
		p.Follow("Post comment")
		if p.Status() != 409 || p.Value("Your comment") != "An answer to nothing, by "+c.Name {
			t.Errorf("the parent gone: status %d, kept %q", p.Status(), p.Value("Your comment"))
		}
		p.Shows("#write", "no longer here")
		p.Follow("Post comment")
		p.Shows(":target", "An answer to nothing, by "+c.Name)

		moderator := site.Call(t, "moderator@demo.example")
		thread := "/moderation/articles/" + articleID(t, moderator, path)
		p.Fill("Your comment", "Too late, by "+c.Name)
		moderator.Send(thread, "act", "close", "next", path)
		p.Follow("Post comment")
		if p.Status() != 403 || p.Value("What you wrote") != "Too late, by "+c.Name {
			t.Errorf("closed: status %d", p.Status())
		}
		p.Shows("h1", "closed")
		p.Go(path)
		p.Shows("#comments", "closed")
		if p.HasField("Your comment") {
			t.Error("a closed thread has a form")
		}
		moderator.Send(thread, "act", "reopen", "next", path)
		p.Go(path)
		if !p.HasField("Your comment") {
			t.Error("a thread opened again has no form")
		}
	})
}

// Suspended meanwhile, a member posts, answers, changes, recommends and
// reports nothing; each says so, and gives the words back.
func TestSuspendedMeanwhile(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
		id := author.Write(path, "", "By another, "+author.Name)
		own := c.Write(path, "", "By "+c.Name)
		page := func(do func(p *harness.Page)) *harness.Page {
			p := another(t, p.Site, scripts)
			p.Be(c)
			p.Go(path)
			do(p)
			return p
		}
		words := "Typed before, by " + c.Name
		posting := page(func(p *harness.Page) { p.Fill("Your comment", words) })
		answering := page(func(p *harness.Page) { p.Reply(id); p.Fill("Your comment @ #"+id, words) })
		inside := " @ main form"
		changing := page(func(p *harness.Page) {
			edit(p, own)
			if scripts {
				inside = " @ #" + own + " .edit"
			}
			p.Fill("Your comment"+inside, words)
		})
		reporting := page(func(p *harness.Page) {
			p.Follow("Report @ #" + id)
			p.Choose(p.Listed("main fieldset label")[0])
			p.Fill("Anything to add?", words)
		})
		recommending := page(func(p *harness.Page) {})
		p.Moderator().About(own, "act", "suspend", "days", "7", "reason", "Advertising, by "+c.Name)

		if scripts {
			changing.Expect(403, "/comments/"+number(own)+"/edit")
		}
		posting.Follow("Post comment")
		answering.Follow("Post comment")
		changing.Follow("Save" + inside)
		reporting.Follow("Report @ main form")
		for what, p := range map[string]*harness.Page{"post": posting, "answer": answering, "change": changing, "report": reporting} {
			if p.Bare() == "/login" { // suspending ends log-ins: then the words wait
				p.Shows("main", words)
				continue
			}
			if p.Status() != 403 || p.Value("What you wrote") != words {
				t.Errorf("%s: status %d at %s", what, p.Status(), p.Path())
			}
			p.Shows("main", "Advertising, by "+c.Name)
		}
		button := "#" + id + " [aria-pressed]"
		if scripts {
			recommending.Expect(403, "/comments/"+number(id)+"/recommend")
			recommending.PressOn(button)
			recommending.Until("the refusal in words", `((said) => said && said.innerText.includes(%s))(document.querySelector(%s))`, "Advertising, by "+c.Name, "#"+id+" .said")
		} else {
			recommending.FollowOn(button)
			recommending.Shows("main", "Advertising, by "+c.Name)
		}
		recommending.Go(path)
		if recommending.HasField("Your comment") || recommending.Has("Reply") || recommending.Has("Edit") || recommending.Has("Report") || recommending.Count("[aria-pressed]") != 0 {
			t.Error("a suspended member is offered what they may not do")
		}
		recommending.Shows("#comments", "Advertising, by "+c.Name)
		if got := author.Read(path); strings.Contains(got, words) {
			t.Error("something of it was posted")
		}
	})
}

// Two members on one thread see nothing of each other's: neither controls nor
// what each did or typed.
func TestTwoOnOneThread(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, a, b := demo(t).story(), shared.Join(t), shared.Join(t)
		ofA, ofB := a.Write(path, "", "By "+a.Name), b.Write(path, "", "By "+b.Name)
		other := another(t, p.Site, scripts)
		p.Be(a)
		other.Be(b)
		p.Go(path)
		p.Fill("Your comment", "half a thought")
		b.Send("/comments/"+number(ofA)+"/recommend", "on", "1")
		other.Go(path)
		for _, look := range []struct {
			p                *harness.Page
			own, others      string
			pressed, without string
		}{{p, ofA, ofB, "false", "none"}, {other, ofB, ofA, "true1", "none"}} {
			if !look.p.Has("Edit @ #"+look.own) || !look.p.Has("Delete @ #"+look.own) || look.p.Has("Report @ #"+look.own) {
				t.Error("an author lacks the buttons of their own comment, or has others'")
			}
			if look.p.Has("Edit @ #"+look.others) || look.p.Has("Delete @ #"+look.others) || !look.p.Has("Report @ #"+look.others) {
				t.Error("somebody else has the buttons of the author")
			}
			if got := pressed(look.p, look.others); got != look.pressed {
				t.Errorf("the button of %s is %q, not %q", look.others, got, look.pressed)
			}
			if look.p.Count("[data-key]") != 1 {
				t.Errorf("%d comments carry the key of a form", look.p.Count("[data-key]"))
			}
		}
		if other.Value("Your comment") != "" {
			t.Error("one sees what the other types")
		}
	})
}
