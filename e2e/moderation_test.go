package e2e

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// queue is the address of a queue with what one member wrote.
func queue(name string, c *harness.Caller) string {
	return "/moderation/" + name + "?member=" + url.QueryEscape(c.Name)
}

// card is the card of a comment in a queue.
func card(id string) string { return "#case-" + number(id) }

// decided presses a button of a card; scripts take the card away in place.
func decided(p *harness.Page, button, id string) {
	p.InPlace(button+" @ "+card(id), "the card gone", `desk.waiting === 0 && !document.querySelector(%s + ':not([hidden])')`, card(id))
}

// A moderator approves, removes with a reason, and takes it back; the public
// page shows it on the next request.
func TestQueue(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		good := c.Write(path, "", "Held and good, https://example.com/ "+c.Name)
		bad := c.Write(path, "", "Held and bad, https://example.com/ "+c.Name)
		reader := another(t, p.Site, scripts)
		public := func(words string, is bool) {
			t.Helper()
			reader.Go(path)
			if strings.Contains(reader.Text("#comments"), words) != is {
				t.Errorf("%q is public: %t", words, !is)
			}
		}
		p.Be(p.Moderator())
		p.Go(queue("held", c))
		p.Shows(card(good), "link")
		p.Shows(card(good), "example.com")
		decided(p, "Approve", good)
		p.Shows("#decided", "Approved")
		public("Held and good", true)
		public("Held and bad", false)
		p.InPlace("Undo", "the card back", `document.querySelector(%s + ':not([hidden])')`, card(good))
		public("Held and good", false)
		p.Go(queue("held", c))
		decided(p, "Approve", good)

		p.Select("House rule @ "+card(bad), p.Listed(card(bad) + " option")[1])
		p.Fill("A sentence to the author, if you like @ "+card(bad), "Not here, "+c.Name)
		decided(p, "button:Remove", bad)
		p.Go(queue("held", c))
		if p.Count("[data-case]") != 0 {
			t.Error("what was decided about is still in the queue")
		}
		p.Go(queue("removed", c))
		p.Shows(card(bad), "Held and bad")
		p.Go("/moderation/comments/" + number(bad))
		p.Shows("main", "Not here, "+c.Name)
		public("Held and good", true)
		public("Held and bad", false)
		// The author is not told before it can no longer be taken back.
		reader.Be(c)
		reader.Go("/account/notices")
		if strings.Contains(reader.Text("main"), "Not here") {
			t.Error("the author was told while the moderator can still undo it")
		}
	})
}

// Of two decisions the second is refused, and shows the first.
func TestSecondDecision(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		id := c.Write(path, "", "Looked at by two, https://example.com/ "+c.Name)
		p.Be(p.Moderator())
		p.Go(queue("held", c))
		p.Administrator().Decide("remove", id, "0")
		if scripts {
			p.Press("Approve @ " + card(id))
			p.Until("the refusal on the card", `((f) => f && f.innerText.includes('Cosima Hale'))(document.querySelector(%s + ' .case__fault'))`, card(id))
		} else {
			p.Follow("Approve @ " + card(id))
			if p.Status() != 409 {
				t.Errorf("status %d", p.Status())
			}
			p.Shows("main", "Cosima Hale")
		}
		other := another(t, p.Site, scripts)
		other.Go(path)
		if strings.Contains(other.Text("#comments"), "Looked at by two") {
			t.Error("the second decision counted")
		}
	})
}

// Beside each comment a moderator removes, restores, holds; and closes the
// thread.
func TestModerateInPlace(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, c := demo(t).story(), shared.Join(t)
		id := c.Write(path, "", "Beside the comment of "+c.Name)
		c.Write(path, id, "An answer that stays, by "+c.Name)
		p.Be(p.Moderator())
		p.Go(path)
		p.Press("Moderate @ #" + id)
		p.Select("House rule @ #"+id, p.Listed("#" + id + " option")[1])
		p.Follow("button:Remove @ #" + id)
		p.Shows("#"+id, "Comment removed by a moderator: personal attack.")
		p.Shows("#comments", "An answer that stays, by "+c.Name)
		p.Follow("Undo @ #comments")
		p.Shows("#"+id, "Beside the comment of "+c.Name)
		p.Press("Moderate @ #" + id)
		p.Follow("Hold @ #" + id)
		p.Shows("#"+id, "waiting for a moderator")
		p.Press("Moderate @ #" + id)
		p.Follow("Approve @ #" + id)
		p.Shows("#"+id, "Beside the comment of "+c.Name)
		p.Go("/moderation/record")
		p.Shows("main", c.Name)
	})
}

// A moderator of some sections sees and reaches no others.
func TestLimitedModerator(t *testing.T) {
	site := fresh(t, "--limits", "off")
	admin, limited, c := site.Call(t, "admin@demo.example"), site.Join(t), site.Join(t)
	inside, outside := demo(t).long, ""
	p := browser.Open(t, site, harness.Desktop)
	p.Be(admin)
	p.Go("/newsroom/members")
	p.Fill("Name or email", limited.Email)
	p.Follow("Find")
	p.Follow(limited.Name + " @ main")
	p.Choose("Moderator")
	p.Follow("Change the role")
	p.Go(inside)
	name := p.Text("#article .label a")
	for _, path := range demo(t).open {
		p.Go(path)
		if !strings.EqualFold(p.Text("#article .label a"), name) {
			outside = path
			break
		}
	}
	seen, unseen := c.Write(inside, "", "Inside, https://example.com/"), c.Write(outside, "", "Outside, https://example.com/")
	p.Go("/newsroom/members")
	p.Fill("Name or email", limited.Email)
	p.Follow("Find")
	p.Follow(limited.Name + " @ main")
	label := harness.Eval[string](p, `[...document.querySelectorAll('main label')].map((l) => l.textContent.trim()).find((l) => l.toLowerCase() === %s.toLowerCase())`, name)
	p.Choose(label)
	p.FollowOn(`form[action$="/categories"] button`)

	m := browser.Open(t, site, harness.Phone)
	m.Enter(limited.Email, limited.Password, "/moderation")
	m.Go(queue("held", c))
	if m.Count(card(seen)) != 1 || m.Count(card(unseen)) != 0 {
		t.Errorf("the queue has %v", m.Listed(".case__text"))
	}
	m.Go("/moderation/comments/" + number(unseen))
	if m.Status() != 404 {
		t.Errorf("a comment of another section: status %d", m.Status())
	}
	m.Go(outside)
	if m.Has("Moderate") || m.Has("Moderate this thread") {
		t.Error("another section can be moderated")
	}
	m.Go(inside)
	if !m.Has("Moderate this thread") {
		t.Error("the own section cannot be moderated")
	}
}

// Rules are rehearsed before they are saved; what they hold waits, what they
// refuse comes back, and both are said.
func TestRules(t *testing.T) {
	site := fresh(t, "--limits", "off")
	path, author := demo(t).story(), site.Join(t)
	author.Write(path, "", "About gherkins, by "+author.Name)
	p := browser.Open(t, site, harness.Phone)
	p.Be(site.Call(t, "admin@demo.example"))
	p.Go("/moderation/rules")
	p.Fill("Words that hold a comment", "gherkins")
	p.Follow("Rehearse")
	p.Shows("#rehearsed", "About gherkins, by "+author.Name)
	if p.Value("Words that hold a comment") != "gherkins" {
		t.Error("the rehearsal lost the words")
	}
	author.Write(path, "", "Gherkins again, by "+author.Name)
	reader := browser.Open(t, site, harness.Desktop)
	reader.Go(path)
	reader.Shows("#comments", "Gherkins again") // a rehearsal changes nothing
	p.Fill("Words that refuse a comment", "cornichon")
	p.Fill("How many first comments of a member are held", "1")
	p.Follow("Save")
	p.Shows("[role=status]", "The rules are in force")

	c := site.Join(t)
	reader.Be(c)
	reader.Go(path)
	reader.Shows("#write", "A moderator looks at it first: the first comments of new members are read before they appear.")
	reader.Fill("Your comment", "Never a Córnichon, says "+c.Name)
	reader.Follow("Post comment")
	if reader.Status() != 422 || reader.Value("Your comment") != "Never a Córnichon, says "+c.Name {
		t.Errorf("a refused word: status %d", reader.Status())
	}
	reader.Shows("#write .field__error", "cornichon")
	reader.Post("The first words of " + c.Name)
	reader.Shows(":target", "Waiting for a moderator")
	author.Send(path+"/comments", "body", "Gherkins held, by "+author.Name, "key", "held-by-word")
	p.Go(queue("held", author))
	p.Shows(".case__text mark", "Gherkins")

	p.Go("/moderation/comments?q=gherkins")
	p.Shows("main ol", "About gherkins, by "+author.Name)
	p.Go("/moderation/comments?q=gherkins&state=held")
	if text := p.Text("main ol"); !strings.Contains(text, "Gherkins held") || strings.Contains(text, "About gherkins") {
		t.Errorf("held ones with the word are %q", text)
	}
	p.Go("/moderation/record")
	p.Shows("main", "Cosima Hale")
}

// Five hundred held comments decided in bulk and by keys: none is lost, none
// decided twice, and the public page shows the result on the next request.
func TestFiveHundred(t *testing.T) {
	const total, byKey = 500, 20
	site := fresh(t, "--limits", "off")
	path, c := demo(t).story(), site.Join(t)
	words := make([]string, total)
	for i := range words {
		words[i] = fmt.Sprintf("Held number %d of %s, https://example.com/", i+1, c.Name)
	}
	c.WriteMany(path, words)
	p := browser.Open(t, site, harness.Desktop)
	p.Be(site.Call(t, "moderator@demo.example"))
	held := queue("held", c)
	// By keys, as fast as they are pressed: a removal for every approval.
	p.Go(held)
	p.Key("j")
	for n := range byKey {
		if n%2 == 0 {
			p.Key("a")
		} else {
			p.Key("r")
			p.Key("1")
		}
	}
	p.Until("all of it sent", `desk.waiting === 0`)
	p.Go(held)
	// The rest in bulk.
	rounds := 0
	for p.Count("[data-case]") > 0 && rounds < total {
		p.Choose("Tick all on this page")
		p.Follow("button:" + p.Listed("#bulk button[value=approve]")[0])
		rounds++
	}

	p.Forget()
	p.Go(path)
	before := count(t, p, "#comments h2 .comments__count")
	approved, removed := 0, 0
	record := site.Call(t, "moderator@demo.example")
	for page := 1; ; page++ {
		address := path
		if page > 1 {
			address = fmt.Sprintf("%s?page=%d", path, page)
		}
		status, body, err := fetch(site.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		if status == 404 {
			break
		}
		approved += strings.Count(body, ">Held number ")
	}
	seen := map[string]bool{}
	for page := 1; page < 200; page++ {
		body := record.Read(fmt.Sprintf("/moderation/record?page=%d", page))
		for _, part := range strings.Split(body, `href="/moderation/comments/`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			if seen[id] {
				t.Errorf("comment %s stands twice in the record", id)
			}
			seen[id] = true
		}
		if !strings.Contains(body, "page="+fmt.Sprint(page+1)) {
			break
		}
	}
	status, body, err := fetch(site.URL + path)
	if err != nil || status != 200 {
		t.Fatal(status, err)
	}
	removed = total - approved
	if approved != total-byKey/2 || removed != byKey/2 || len(seen) != total {
		t.Errorf("%d approved, %d removed, %d in the record; the page counts %d (%d bytes) after %d rounds", approved, removed, len(seen), before, len(body), rounds)
	}
}
