package e2e

import (
	"slices"

	"broadsheet/e2e/harness"
)

// A state is a page as a reader can have it before them.
type state struct {
	name   string
	status int
	reach  func(p *harness.Page, d *survey)
}

func at(path string) func(*harness.Page, *survey) {
	return func(p *harness.Page, _ *survey) { p.Go(path) }
}

// first opens a listing by following the first such link of the longest story.
func first(selector string) func(*harness.Page, *survey) {
	return func(p *harness.Page, d *survey) { p.Go(d.long); p.FollowOn(selector) }
}

func signedIn(p *harness.Page, path string) {
	p.Enter("member@demo.example", harness.DemoPassword, path)
}

// answer opens the form under the first comment.
func answer(p *harness.Page) {
	p.Reply(harness.Eval[string](p, `document.querySelector('.comment:has([form=reply])').id`))
}

// newcomer becomes a member and opens a path.
func newcomer(p *harness.Page, path string) harness.Member {
	m := harness.NewMember()
	p.Join(m, path)
	return m
}

// states is every page type in every state it has.
var states = slices.Concat(readingStates, gateStates, accountStates, factorStates, staffStates, threadStates, deskStates)

var readingStates = []state{
	{"front", 200, at("/")},
	{"front-signed-in", 200, func(p *harness.Page, _ *survey) { signedIn(p, "/") }},
	{"category", 200, first("#article .label a")},
	{"tag", 200, first("#article .topics a")},
	{"author", 200, first("#article a[rel=author]")},
	{"latest", 200, at("/latest")},
	{"latest-page-2", 200, at("/latest?page=2")},
	{"all-sections", 200, at("/category")},
	{"article", 200, func(p *harness.Page, d *survey) { p.Go(d.long) }},
	{"article-page-2", 200, func(p *harness.Page, d *survey) { p.Go(d.long); p.Follow("Older comments") }},
	{"article-signed-in", 200, func(p *harness.Page, d *survey) { signedIn(p, d.long) }},
	{"article-unconfirmed", 200, func(p *harness.Page, d *survey) { unconfirmed(p, d.long) }},
	{"article-suspended", 200, func(p *harness.Page, d *survey) {
		m := newcomer(p, "/")
		p.Follow("Log out")
		suspend(p, m)
		p.Follow("Log out")
		p.Enter(m.Email, m.Password, d.long)
	}},
	{"article-reply", 200, func(p *harness.Page, d *survey) { signedIn(p, d.long); answer(p) }},
	{"article-reply-signed-out", 200, func(p *harness.Page, d *survey) { p.Go(d.long); answer(p) }},
	{"article-error", 422, func(p *harness.Page, d *survey) { signedIn(p, d.long); p.Post("") }},
	{"article-closed", 200, func(p *harness.Page, d *survey) { p.Go(d.closed) }},
	{"article-no-comments", 200, func(p *harness.Page, d *survey) { p.Go(d.silent) }},
	{"article-further-open", 200, func(p *harness.Page, d *survey) { p.Go(d.long + "?further=open") }},
	{"400", 400, at("/latest?page=none")},
	{"404", 404, at("/no-such-page")},
	{"405", 405, at("/logout")},
}
