package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// edit opens the form that changes a comment.
func edit(p *harness.Page, id string) {
	p.InPlace("Edit @ #"+id, "the form", `((f) => f && document.activeElement === f)(document.querySelector(%s))`, "#"+id+" .edit textarea")
}

// Its author changes a comment where it stands; it says so, and moderators see
// what it said before.
func TestEdit(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		id := c.Write(path, "", "Before the change by "+c.Name)
		p.Be(c)
		p.Go(path)
		if scripts {
			edit(p, id)
			p.Fill("Your comment @ #"+id, "never sent")
			p.Press("Cancel @ #" + id)
			p.Until("the comment as it was", `document.activeElement.innerText === 'Edit' && !document.querySelector('.edit')`)
			p.Shows("#"+id, "Before the change by "+c.Name)
		}
		edit(p, id)
		inside := " @ main"
		if scripts {
			inside = " @ #" + id
		}
		if p.Value("Your comment"+inside) != "Before the change by "+c.Name {
			t.Errorf("to change stands there %q", p.Value("Your comment"+inside))
		}
		p.Fill("Your comment"+inside, "ab")
		if scripts {
			p.Expect(422, "/comments/"+number(id)+"/edit")
		}
		p.InPlace("Save"+inside, "the refusal", `document.querySelector('.edit .field__error')`)
		p.Shows(".field__error", "Write at least 3 characters")
		if p.Value("Your comment"+inside) != "ab" {
			t.Errorf("refused is %q", p.Value("Your comment"+inside))
		}
		p.Fill("Your comment"+inside, "After the **change** by "+c.Name)
		p.InPlace("Preview"+inside, "the preview", `document.querySelector('.edit .compose__preview strong')`)
		p.InPlace("Save"+inside, "the comment changed", `!document.querySelector('.edit') && document.activeElement.id === %s`, id)
		p.Shows("#"+id, "After the change by "+c.Name)
		p.Shows("#"+id+" header", "edited")
		p.Reload()
		p.Shows("#"+id, "After the change by "+c.Name)

		p.Be(shared.Call(t, "moderator@demo.example"))
		p.Go("/moderation/comments/" + number(id))
		p.Shows("main", "Before the change by "+c.Name)
		p.Shows("main", "After the **change** by "+c.Name)
	})
}

// After an answer nothing is changed, and what was typed comes back.
func TestEditAnswered(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		id := c.Write(path, "", "Soon answered: "+c.Name)
		p.Be(c)
		p.Go(path)
		edit(p, id)
		shared.Join(t).Write(path, id, "So soon?")
		inside := " @ main form"
		if scripts {
			inside = " @ #" + id + " .edit"
			p.Expect(403, "/comments/"+number(id)+"/edit")
		}
		p.Fill("Your comment"+inside, "Too late, says "+c.Name)
		p.Follow("Save" + inside)
		if p.Status() != 403 || p.Value("What you wrote") != "Too late, says "+c.Name {
			t.Errorf("status %d", p.Status())
		}
		p.Shows("h1", "can no longer be changed")
		p.Go(path)
		p.Shows("#"+id, "Soon answered: "+c.Name)
		if p.Has("Edit @ #" + id) {
			t.Error("an answered comment offers to be changed")
		}
	})
}

// Deleted, a comment leaves a line where it was answered, and else nothing.
func TestDelete(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, c := demo(t).story(), shared.Join(t)
		alone, answered := c.Write(path, "", "Alone is "+c.Name), c.Write(path, "", "Answered is "+c.Name)
		reply := shared.Join(t).Write(path, answered, "An answer to "+c.Name)
		p.Be(c)
		for _, id := range []string{alone, answered} {
			p.Go(path)
			p.Follow("Delete @ #" + id)
			p.Shows("main", c.Name+" wrote:")
			p.Follow("Delete @ main")
			p.Shows("#comments [role=status]", "Your comment is deleted")
		}
		if p.Count("#"+alone) != 0 {
			t.Error("what nobody answered left something")
		}
		p.Shows("#"+answered, "Comment removed by its author.")
		p.Shows("#"+reply, "An answer to "+c.Name)
		if strings.Contains(p.Text("#comments"), "Answered is "+c.Name) {
			t.Error("the words of a deleted comment are there")
		}
		p.Go("/comments/" + number(answered))
		if !strings.HasSuffix(p.Path(), "#"+answered) {
			t.Errorf("its address leads to %s", p.Path())
		}
	})
}
