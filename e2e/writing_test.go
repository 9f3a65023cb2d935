package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// A preview shows what will stand there, beside the words, and posts nothing.
func TestPreview(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		p.Be(c)
		p.Go(path)
		words := "> quoted\n\nIt is **certain**, says " + c.Name
		p.Fill("Your comment", words)
		p.InPlace("Preview", "the preview", `document.activeElement.id === 'preview-title'`)
		p.Shows("#preview", "It is certain, says "+c.Name)
		if p.Count("#preview strong") != 1 || p.Count("#preview blockquote") != 1 {
			t.Error("the preview is not drawn as a comment")
		}
		if p.Value("Your comment") != words {
			t.Errorf("in the form stands %q", p.Value("Your comment"))
		}
		if strings.Contains(strings.Join(p.Listed(".thread .comment__body"), " "), c.Name) {
			t.Error("previewed is posted")
		}
		p.Post(words + "!")
		p.Shows(":target", "It is certain, says "+c.Name+"!")
		// An empty one is refused in its place.
		p.Go(path)
		p.Fill("Your comment", "")
		if scripts {
			p.Expect(422, path+"/comments")
		}
		p.InPlace("Preview", "the refusal", `document.querySelector('#write .field__error')`)
		p.Shows("#write .field__error", "Write your comment first")
	})
}

// Characters are counted as people count them, in the page and on the server.
func TestCount(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		c := shared.Join(t)
		p.Be(c)
		p.Go(demo(t).story())
		family := "👨‍👩‍👧‍👦" // one character of seven code points
		p.Fill("Your comment", strings.Repeat("x", 2901)+strings.Repeat(family, 100))
		if scripts {
			p.Until("the count", `document.querySelector('#write [data-left]').innerText === '1 character too many'`)
		}
		p.Follow("Post comment")
		p.Shows("#write .field__error", "1 character too long")
		words := strings.Repeat("x", 2890) + strings.Repeat(family, 110)
		p.Fill("Your comment", words)
		if scripts {
			p.Until("the count", `document.querySelector('#write [data-left]').innerText === '0 characters left'`)
		}
		p.Follow("Post comment")
		if got := p.Text(":target .comment__body"); !strings.Contains(got, strings.Repeat(family, 110)) {
			t.Errorf("posted was %.80q", got)
		}
		p.Fill("Your comment", "short")
		if said := p.Text("#write [data-left]"); said != "" {
			t.Errorf("far from the end it says %q", said)
		}
	})
}

// Quote puts the words that are answered into the field; Cancel leads out.
func TestQuote(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, author, c := demo(t).story(), shared.Join(t), shared.Join(t)
		id := author.Write(path, "", "First line of "+author.Name+"\nand the *second*")
		p.Be(c)
		p.Go(path)
		p.Reply(id)
		p.Shows("#"+id+" form", "Replying to "+author.Name)
		if scripts {
			p.Fill("Your comment", "half an answer")
			p.Press("Cancel @ #" + id)
			p.Until("the focus back on Reply, and the form on top", `document.activeElement.innerText === 'Reply' && !document.querySelector('.comment form.compose') && document.querySelector('form.compose').compareDocumentPosition(document.querySelector('.thread')) & 4`)
			if p.Value("Your comment") != "" {
				t.Errorf("on top stands %q", p.Value("Your comment"))
			}
			p.Reply(id)
			if p.Value("Your comment") != "half an answer" {
				t.Errorf("under the comment again stands %q", p.Value("Your comment"))
			}
			p.Fill("Your comment", "")
		}
		p.InPlace("Quote @ #"+id, "the quotation", `document.querySelector('#' + %s + ' textarea[name=body]').value !== ''`, id)
		quote := "> First line of " + author.Name + "\n> and the *second*\n\n"
		if p.Value("Your comment") != quote {
			t.Fatalf("quoted is %q", p.Value("Your comment"))
		}
		p.Post(quote + "So it is.")
		p.Shows(":target blockquote", "First line of "+author.Name)
		p.Shows(":target", "So it is.")
		if !harness.Eval[bool](p, `document.getElementById(%s).closest('li').contains(document.querySelector(':target'))`, id) {
			t.Error("the answer does not stand under its comment")
		}
	})
}

// What will become of a comment is said before it is written; a link of a new
// member waits, and only its author sees it meanwhile.
func TestExpect(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		p.Be(c)
		p.Go(path)
		p.Shows("#write", "It appears at once. Comments with links wait for a moderator.")
		p.Shows("#comments", "Argue with the point")
		p.Post("Look at https://example.com/, says " + c.Name)
		id := p.Landed()
		p.Shows(":target", "Waiting for a moderator")
		p.Shows(":target", "it has a link in it")
		other := another(t, p.Site, scripts)
		other.Go(path)
		if strings.Contains(harness.Eval[string](other, `document.documentElement.outerHTML`), c.Name) {
			t.Error("somebody else sees what waits")
		}
		other.Go("/comments/" + number(id))
		if other.Status() != 404 {
			t.Errorf("its address answers %d to others", other.Status())
		}
		other.Go(path)
		other.Follow("House rules @ #comments")
		other.Shows("h1", "House rules")
		other.Shows("main", "Personal attack")
	})
}
