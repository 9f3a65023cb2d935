package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// pressed is the state and the count of the button that recommends.
func pressed(p *harness.Page, id string) string {
	return harness.Eval[string](p, `((b) => b ? b.getAttribute('aria-pressed') + b.querySelector('span').textContent : 'none')(document.querySelector(%s))`, "#"+id+" > .comment__acts [aria-pressed]")
}

// A comment is recommended once, and no longer; one's own is not.
func TestRecommend(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
		id := author.Write(path, "", "To be recommended, by "+author.Name)
		button := `button[formaction="/comments/` + number(id) + `/recommend"]`
		press := func(want string) {
			t.Helper()
			if scripts {
				p.PressOn(button)
				p.Until("the button put right", `((b) => b.getAttribute('aria-pressed') + b.querySelector('span').textContent === %s && !b.hasAttribute('aria-busy') && document.activeElement === b)(document.querySelector(%s))`, want, button)
			} else {
				p.FollowOn(button)
			}
			p.Reload()
			if got := pressed(p, id); got != want {
				t.Errorf("the button is %q, not %q", got, want)
			}
		}
		p.Be(c)
		p.Go(path)
		press("true1")
		author.Send("/comments/"+strings.TrimPrefix(c.Write(path, "", "Another"), "comment-")+"/recommend", "on", "1")
		press("false")
		press("true1")
		p.Be(author)
		p.Go(path)
		if got := pressed(p, id); got != "none" {
			t.Errorf("its author has a button to recommend it: %q", got)
		}
		p.Shows("#"+id, "Recommend 1")
		// Signed out it leads to log in, and back to the comment.
		p.Forget()
		p.Go(path)
		p.FollowOn(button)
		if p.Bare() != "/login" {
			t.Fatalf("signed out it led to %s", p.Path())
		}
		p.LogIn(c.Email, c.Password)
		if p.Landed() != id {
			t.Errorf("after logging in at %s", p.Path())
		}
	})
}

// A report takes a reason and words, is confirmed, works once, and is in the
// queue at once.
func TestReport(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
		id := author.Write(path, "", "To be reported, by "+author.Name)
		p.Be(c)
		p.Go(path)
		p.Follow("Report @ #" + id)
		address := p.Path()
		p.Fill("Anything to add?", "Seen by "+c.Name)
		p.Follow("Report @ main form")
		if p.Status() != 422 || p.Value("Anything to add?") != "Seen by "+c.Name {
			t.Errorf("without a reason: status %d, kept %q", p.Status(), p.Value("Anything to add?"))
		}
		reason := p.Listed("main fieldset label")[1]
		p.Choose(reason)
		p.Follow("Report @ main form")
		if p.Landed() != id {
			t.Errorf("after the report at %s", p.Path())
		}
		p.Shows("#"+id, "You reported this. A moderator will look at it.")
		if p.Has("Report @ #" + id) {
			t.Error("a comment can be reported again")
		}
		p.Go(address)
		if p.Status() != 409 {
			t.Errorf("a second report: status %d", p.Status())
		}
		p.Be(shared.Call(t, "moderator@demo.example"))
		p.Go("/moderation/reported?member=" + strings.ReplaceAll(author.Name, " ", "+"))
		p.Shows(".queue", "To be reported, by "+author.Name)
		p.Shows(".queue", reason)
		p.Shows(".queue", "Seen by "+c.Name)
		p.Be(author)
		p.Go(path)
		if strings.Contains(p.Text("main"), c.Name) || strings.Contains(p.Text("#"+id), "reported this") {
			t.Error("the author can tell who reported")
		}
	})
}

// Who is muted is folded for one member alone, and cannot tell.
func TestMute(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
		id := author.Write(path, "", "Too loud, by "+author.Name)
		p.Be(author)
		p.Go(path)
		before := p.Text("#" + id)
		p.Be(c)
		p.Go(path)
		p.Follow(author.Name + " @ #" + id)
		p.Shows("h1", author.Name)
		p.Shows("main", "Member since")
		p.Shows("main", "Too loud, by "+author.Name)
		p.Follow("Mute")
		p.Shows("[role=status]", "This member is muted")
		p.Go(path)
		if harness.Eval[bool](p, `document.querySelector(%s).checkVisibility()`, "#"+id+" .comment__body") {
			t.Error("the comment of somebody muted is not folded")
		}
		p.Press("You muted this member. Show the comment @ #" + id)
		p.Until("the comment open", `document.querySelector(%s).checkVisibility()`, "#"+id+" .comment__body")
		p.Be(author)
		p.Go(path)
		if now := p.Text("#" + id); now != before {
			t.Errorf("the muted one can tell: %q, before %q", now, before)
		}
		p.Be(c)
		p.Go("/account/mutes")
		p.Shows("main", author.Name)
		p.Follow("Unmute " + author.Name)
		p.Shows("[role=status]", "no longer muted")
		p.Go(path)
		p.Shows("#"+id+" .comment__body", "Too loud, by "+author.Name)
	})
}

// An answer is told in the site, with a count, until it is read.
func TestNotices(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, c, other := demo(t).story(), shared.Join(t), shared.Join(t)
		id := c.Write(path, "", "Who answers "+c.Name+"?")
		p.Be(c)
		p.Go(path)
		p.Shows("header", "Notices")
		reply := other.Write(path, id, "I do, "+c.Name)
		c.Write(path, id, "So do I")
		p.Reload()
		p.Follow("Notices (1)")
		p.Shows("main", other.Name+" answered your comment")
		p.Shows("main", "I do, "+c.Name)
		p.Follow("Read it in its place")
		if p.Landed() != reply {
			t.Errorf("the notice leads to %s", p.Path())
		}
		p.Go("/account/notices")
		p.Follow("Mark all as read")
		p.Shows("[role=status]", "They are marked as read")
		if !p.Has("Notices @ header") {
			t.Errorf("the masthead says %q", p.Text("header nav"))
		}
	})
}

// A member's public page lists their comments, unless they keep the list.
func TestProfile(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, c := demo(t).story(), shared.Join(t)
		c.Write(path, "", "Listed is "+c.Name)
		p.Be(c)
		p.Go("/account/reading")
		p.Follow("Your page")
		page := p.Bare()
		p.Shows("main", "Listed is "+c.Name)
		p.Follow("What others see here")
		p.Choose("Keeps the list to yourself; each comment still shows in its place")
		p.Follow("Keep this choice")
		p.Forget()
		p.Go(page)
		p.Shows("h1", c.Name)
		if strings.Contains(p.Text("main"), "Listed is") {
			t.Error("a hidden list is shown")
		}
		p.Go(path)
		p.Shows("#comments", "Listed is "+c.Name)
	})
}
