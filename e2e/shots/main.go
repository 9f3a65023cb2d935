// Command shots takes pictures of the demo's pages, narrow and wide, light and
// dark: go run ./shots OUTDIR, in e2e/.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./shots OUTDIR")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(folder string) (err error) {
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
