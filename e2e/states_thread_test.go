package e2e

import (
	"strings"

	"broadsheet/e2e/harness"
)

// written is a comment of a new member, whose page this becomes.
func written(p *harness.Page, path, words string) (*harness.Caller, string) {
	c := p.NewMember()
	id := c.Write(path, "", words)
	p.Be(c)
	return c, id
}

// number is the number of a comment whose element has that id.
func number(id string) string { return strings.TrimPrefix(id, "comment-") }

// threadStates are what members see of comments, their own and others'.
var threadStates = []state{
	{"thread-own", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		written(p, path, "One’s own comment for the page checks")
		p.Go(path)
	}},
	{"thread-held", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "A held one for the page checks, with https://example.com/")
		p.Go(path + "#" + id)
	}},
	{"thread-removed", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		c, id := written(p, path, "Soon removed, for the page checks")
		c.Write(path, id, "An answer to what is removed")
		p.Moderator().Decide("remove", id, "0")
		p.Go(path)
	}},
	{"thread-warned", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "By somebody who is warned, for the page checks")
		p.Moderator().About(id, "act", "warn", "reason", "Please read the house rules again.")
		p.Go(path)
	}},
	{"thread-muted", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		author, _ := written(p, path, "By somebody muted, for the page checks")
		p.Be(p.NewMember())
		p.Go(path)
		p.Follow(author.Name + " @ .thread")
		p.Follow("Mute")
		p.Go(path)
	}},
	{"thread-preview", 200, func(p *harness.Page, d *survey) {
		p.Be(p.NewMember())
		p.Go(d.story())
		p.Fill("Your comment", "> A quotation\n\nand **words** with `code` for the page checks")
		p.InPlace("Preview", "the preview", `document.querySelector('#preview')`)
	}},
	{"thread-edit", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "To be changed in its place, for the page checks")
		p.Go(path)
		edit(p, id)
	}},
	{"thread-moderator", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "To be looked at, for the page checks")
		p.Be(p.Moderator())
		p.Go(path)
		p.Press("Moderate @ #" + id)
		p.Press("Moderate this thread")
	}},
	{"edit", 200, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "To be changed, for the page checks")
		p.Go("/comments/" + number(id) + "/edit")
	}},
	{"edit-error", 422, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "To be changed badly, for the page checks")
		p.Go("/comments/" + number(id) + "/edit")
		p.Fill("Your comment", "ab")
		p.Follow("Save")
	}},
	{"delete", 200, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "To be deleted, for the page checks")
		p.Go("/comments/" + number(id) + "/delete")
	}},
	{"report", 200, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "To be reported, for the page checks")
		p.Be(p.NewMember())
		p.Go("/comments/" + number(id) + "/report")
	}},
	{"report-error", 422, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "To be reported badly, for the page checks")
		p.Be(p.NewMember())
		p.Go("/comments/" + number(id) + "/report")
		p.Follow("Report @ main form")
	}},
	{"refused", 403, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "Nobody reports themselves, for the page checks")
		p.Go("/comments/" + number(id) + "/report")
	}},
	{"notices", 200, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "To be answered, for the page checks")
		p.NewMember().Write(path, id, "An answer for the page checks")
		p.Go("/account/notices")
	}},
	{"notices-none", 200, func(p *harness.Page, d *survey) { p.Be(p.NewMember()); p.Go("/account/notices") }},
	{"reading", 200, func(p *harness.Page, d *survey) { p.Be(p.NewMember()); p.Go("/account/reading") }},
	{"mutes", 200, func(p *harness.Page, d *survey) { p.Be(p.NewMember()); p.Go("/account/mutes") }},
	{"member", 200, first("#comments .comment__name a")},
	{"house-rules", 200, at("/house-rules")},
}

// desk opens a page of moderation.
func desk(path string) func(*harness.Page, *survey) {
	return func(p *harness.Page, _ *survey) {
		p.Be(p.Moderator())
		p.Go(path)
	}
}

// deskStates are what moderators see.
var deskStates = []state{
	{"queue-held", 200, desk("/moderation")},
	{"queue-reported", 200, desk("/moderation/reported")},
	{"queue-new", 200, func(p *harness.Page, d *survey) {
		c, _ := written(p, d.story(), "Not looked at yet, for the page checks")
		p.Be(p.Moderator())
		p.Go(queue("new", c))
	}},
	{"queue-removed", 200, desk("/moderation/removed")},
	{"queue-empty", 200, desk("/moderation/held?member=nobody+of+this+name")},
	{"queue-error", 422, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "Removed without a reason, for the page checks")
		p.Be(p.Moderator())
		p.Go(path)
		p.Press("Moderate @ #" + id)
		p.Follow("button:Remove @ #" + id)
	}},
	{"queue-decided", 409, func(p *harness.Page, d *survey) {
		path := d.story()
		_, id := written(p, path, "Decided twice, for the page checks")
		p.Be(p.Moderator())
		p.Go(path)
		p.Press("Moderate @ #" + id)
		p.Moderator().Decide("remove", id, "0")
		p.Follow("Hold @ #" + id)
	}},
	{"item", 200, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "Everything about it, for the page checks")
		p.Be(p.Moderator())
		p.Go("/moderation/comments/" + number(id))
	}},
	{"conduct", 200, func(p *harness.Page, d *survey) {
		_, id := written(p, d.story(), "By a member with a file, for the page checks")
		m := p.Moderator()
		m.About(id, "act", "note", "reason", "Looked at for the page checks.")
		p.Be(m)
		p.Go("/moderation/comments/" + number(id))
		p.FollowOn(`a[href^="/moderation/members/"]`)
		p.Press("Warn")
	}},
	{"rules", 200, desk("/moderation/rules")},
	{"rules-rehearsed", 200, func(p *harness.Page, d *survey) {
		p.Be(p.Administrator())
		p.Go("/moderation/rules")
		p.Fill("Words that hold a comment", "the")
		p.Follow("Rehearse")
	}},
	{"rules-error", 422, func(p *harness.Page, d *survey) {
		p.Be(p.Administrator())
		p.Go("/moderation/rules")
		p.Fill("Days after which a thread closes", "many")
		p.Follow("Save")
	}},
	{"record", 200, desk("/moderation/record")},
	{"search", 200, desk("/moderation/comments?q=the")},
	{"search-none", 200, desk("/moderation/comments?q=nobodywroteaboutthis")},
	{"moderation-forbidden", 403, func(p *harness.Page, _ *survey) { p.Be(p.NewMember()); p.Go("/moderation") }},
}
