package e2e

import (
	"strings"

	"broadsheet/e2e/harness"
)

// unconfirmed asks to become a member, leaves the mail lying, and logs in.
func unconfirmed(p *harness.Page, path string) {
	m := harness.NewMember()
	p.AskToJoin(m, "/")
	p.Enter(m.Email, m.Password, path)
}

// asked fills a form that asks for a mail for the demo's member.
func asked(p *harness.Page, path, email string) {
	p.Go(path)
	p.Fill("Email", email)
	p.Follow("Send the link")
}

// known is somebody who has become a member, is logged out, and asks for a
// link by mail.
func known(p *harness.Page, path, about string) {
	m := newcomer(p, "/")
	p.Follow("Log out")
	asked(p, path, m.Email)
	p.OpenMail(m.Email, about)
}

// gateStates are the ways in.
var gateStates = []state{
	{"login", 200, at("/login")},
	{"login-error", 422, func(p *harness.Page, _ *survey) { p.Go("/login"); p.LogIn("member@demo.example", "wrong") }},
	{"login-too-often", 429, func(p *harness.Page, _ *survey) {
		p.Go("/login")
		for range 6 {
			p.LogIn("member@demo.example", "wrong")
		}
	}},
	{"login-kept", 200, func(p *harness.Page, d *survey) { p.Go(d.long); p.Post("Kept for the page checks") }},
	{"login-link", 200, at("/login/link")},
	{"login-link-error", 422, func(p *harness.Page, _ *survey) { asked(p, "/login/link", "nobody") }},
	{"login-link-sent", 200, func(p *harness.Page, _ *survey) { asked(p, "/login/link", "nobody@e2e.example") }},
	{"login-link-open", 200, func(p *harness.Page, _ *survey) { known(p, "/login/link", "Your link to log in") }},
	{"link-no-longer", 404, at("/login/link/open?token=none")},
	{"forgotten", 200, at("/login/forgotten")},
	{"forgotten-error", 422, func(p *harness.Page, _ *survey) { asked(p, "/login/forgotten", "nobody") }},
	{"reset", 200, func(p *harness.Page, _ *survey) { known(p, "/login/forgotten", "Choose a new password") }},
	{"reset-error", 422, func(p *harness.Page, _ *survey) {
		known(p, "/login/forgotten", "Choose a new password")
		p.Fill("Password", "short")
		p.Follow("Set the password")
	}},
	{"join", 200, at("/join")},
	{"join-errors", 422, func(p *harness.Page, _ *survey) {
		p.Go("/join")
		p.FillJoin(harness.Member{Email: "nobody", Name: strings.Repeat("x", 99), Password: "short"})
		p.Follow("Become a member @ main form")
	}},
	{"join-kept", 200, func(p *harness.Page, d *survey) {
		p.Go(d.long)
		p.Post("Kept for the page checks")
		p.Follow("Become a member @ main")
	}},
	{"join-sent", 200, func(p *harness.Page, _ *survey) { p.AskToJoin(harness.NewMember(), "/") }},
	{"join-confirm", 200, func(p *harness.Page, _ *survey) {
		m := harness.NewMember()
		p.AskToJoin(m, "/")
		p.OpenMail(m.Email, "Confirm your address")
	}},
	{"join-confirm-error", 422, func(p *harness.Page, _ *survey) {
		m := harness.NewMember()
		p.AskToJoin(m, "/")
		m.Password = "not the password"
		p.Confirm(m)
	}},
	{"second", 200, func(p *harness.Page, _ *survey) { halfway(p) }},
	{"second-error", 422, func(p *harness.Page, _ *survey) {
		p.Fill("Code", halfway(p).Wrong())
		p.Follow("button:Log in @ main")
	}},
	{"second-none", 410, at("/login/second?challenge=none")},
}

// halfway is a log-in before its second step.
func halfway(p *harness.Page) *harness.App {
	m := newcomer(p, "/")
	app, _ := p.SetUpCodes(m)
	p.Follow("Log out")
	p.Go("/login")
	p.LogIn(m.Email, m.Password)
	return app
}
