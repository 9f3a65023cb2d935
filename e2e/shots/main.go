// Command shots takes pictures of the demo's pages, narrow and wide, light and
// dark: go run ./shots OUTDIR, in e2e/; names after it choose some.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/e2e/harness"
)

// A shot is a page and how to get there.
type shot struct {
	name  string
	reach func(*harness.Page)
}

// article opens a story beside the lead.
func article(p *harness.Page) { p.Go("/"); p.FollowOn(".front__left h3 a") }

// members opens the list of members as an administrator.
func members(p *harness.Page) {
	p.Enter("admin@demo.example", harness.DemoPassword, "/newsroom/members")
}

var shots = []shot{
	{"front", func(p *harness.Page) { p.Go("/") }},
	{"category", func(p *harness.Page) { p.Go("/"); p.FollowOn(".sections__list a") }},
	{"article", article},
	{"comments", func(p *harness.Page) { p.Go("/"); p.FollowOn("main .ranked__link") }},
	{"login", func(p *harness.Page) { p.Go("/login") }},
	{"join-errors", func(p *harness.Page) {
		p.Go("/join")
		p.FillJoin(harness.Member{Email: "nobody", Password: "short"})
		p.Follow("Become a member @ main form")
	}},
	{"join-sent", func(p *harness.Page) { p.AskToJoin(harness.NewMember(), "/") }},
	{"join-confirm", func(p *harness.Page) {
		m := harness.NewMember()
		p.AskToJoin(m, "/")
		p.OpenMail(m.Email, "Confirm your address")
	}},
	{"account", func(p *harness.Page) { p.Enter("member@demo.example", harness.DemoPassword, "/account") }},
	{"second-factor", func(p *harness.Page) {
		m := harness.NewMember()
		p.Join(m, "/")
		p.BeginCodes(m)
	}},
	{"members", members},
	{"member-file", func(p *harness.Page) { members(p); p.FollowOn("tbody a") }},
	{"thread", func(p *harness.Page) {
		article(p)
		c := p.NewMember()
		p.Be(c)
		story := p.Bare()
		root := c.Write(story, "", "It was the **second** bid, and it came late. Who read it?")
		reply := p.NewMember().Write(story, root, "> the second bid\n\nNobody did, I was there.")
		c.Write(story, root, "Then who signed for it?")
		p.NewMember().Write(story, reply, "Three people, and I know two of them.")
		p.Go("/comments/" + strings.TrimPrefix(root, "comment-"))
		p.Reply(harness.Eval[string](p, `document.querySelectorAll('.comment:has([form=reply])')[1].id`))
		p.Fill("Your comment", "> A quotation\n\nand an *answer*")
		p.InPlace("Preview", "the preview", `document.querySelector('#preview')`)
	}},
	{"thread-edit", func(p *harness.Page) {
		article(p)
		c := p.NewMember()
		p.Be(c)
		id := c.Write(p.Bare(), "", "To be changed")
		p.Go("/comments/" + strings.TrimPrefix(id, "comment-"))
		p.InPlace("Edit @ #"+id, "the form", `document.querySelector('.edit')`)
	}},
	{"thread-moderator", func(p *harness.Page) {
		p.Be(p.Moderator())
		article(p)
		p.Press("Moderate this thread")
		p.Press("Moderate @ .thread")
	}},
	{"report", func(p *harness.Page) {
		article(p)
		id := p.NewMember().Write(p.Bare(), "", "To be reported")
		p.Be(p.NewMember())
		p.Go("/comments/" + strings.TrimPrefix(id, "comment-") + "/report")
	}},
	{"notices", func(p *harness.Page) {
		article(p)
		c := p.NewMember()
		p.NewMember().Write(p.Bare(), c.Write(p.Bare(), "", "To be answered"), "An answer, at last")
		p.Be(c)
		p.Go("/account/notices")
	}},
	{"profile", func(p *harness.Page) { article(p); p.FollowOn("#comments .comment__name a") }},
	{"reading", func(p *harness.Page) { p.Be(p.NewMember()); p.Go("/account/reading") }},
	{"house-rules", func(p *harness.Page) { p.Go("/house-rules") }},
	{"queue", func(p *harness.Page) { p.Be(p.Moderator()); p.Go("/moderation/reported") }},
	{"item", func(p *harness.Page) {
		p.Be(p.Moderator())
		p.Go("/moderation/removed")
		p.Follow("Everything about this comment")
	}},
	{"conduct", func(p *harness.Page) {
		p.Be(p.Moderator())
		p.Go("/moderation/reported")
		p.Follow("The author’s file")
		p.Press("Suspend or ban")
	}},
	{"rules", func(p *harness.Page) {
		p.Be(p.Administrator())
		p.Go("/moderation/rules")
		p.Fill("Words that hold a comment", "council")
		p.Follow("Rehearse")
	}},
	{"record", func(p *harness.Page) { p.Be(p.Moderator()); p.Go("/moderation/record") }},
	{"search", func(p *harness.Page) { p.Be(p.Moderator()); p.Go("/moderation/comments?q=council") }},
	{"404", func(p *harness.Page) { p.Go("/no-such-page") }},
}

// teller is the reporter of a command: it ends at the first failure.
type teller struct{ cleanups []func() }

func (*teller) Helper()                           {}
func (*teller) Failed() bool                      { return false }
func (*teller) Logf(format string, args ...any)   { fmt.Fprintf(os.Stderr, format+"\n", args...) }
func (*teller) Errorf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
func (*teller) Fatalf(format string, args ...any) { panic(fmt.Errorf(format, args...)) }
func (c *teller) Cleanup(f func())                { c.cleanups = append(c.cleanups, f) }

func (c *teller) done() {
	for _, f := range c.cleanups {
		f()
	}
	c.cleanups = nil
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./shots OUTDIR [NAME ...]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(folder string, names []string) (err error) {
	defer func() {
		if failed, ok := recover().(error); ok {
			err = errors.Join(err, failed)
		}
	}()
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "shots-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	binary, err := harness.Build(temp)
	if err != nil {
		return err
	}
	site, err := harness.StartSite(binary, "--limits", "off")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	browser, err := harness.StartBrowser()
	if err != nil {
		return err
	}
	defer browser.Close()
	for _, s := range shots {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		t := &teller{}
		p := browser.Open(t, site, harness.Phone)
		s.reach(p)
		for _, width := range []int64{390, 1360} {
			p.Resize(width, 900)
			for _, scheme := range []string{"light", "dark"} {
				p.Colors(scheme)
				name := filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", s.name, width, scheme))
				if err := os.WriteFile(name, p.Picture(), 0o644); err != nil {
					return err
				}
			}
		}
		t.done()
	}
	return nil
}
