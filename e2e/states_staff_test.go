package e2e

import "broadsheet/e2e/harness"

// file opens a member's file as an administrator.
func file(p *harness.Page, m harness.Member) {
	p.Enter("admin@demo.example", harness.DemoPassword, "/newsroom/members")
	p.Fill("Name or email", m.Email)
	p.Follow("Find")
	p.Follow(m.Name + " @ main")
}

// suspend suspends a member as an administrator.
func suspend(p *harness.Page, m harness.Member) {
	file(p, m)
	p.Fill("Reason", "Advertising for "+m.Name)
	p.Follow("Suspend")
}

// staffStates are what administrators see of members.
var staffStates = []state{
	{"members", 200, func(p *harness.Page, _ *survey) {
		p.Enter("admin@demo.example", harness.DemoPassword, "/newsroom/members")
	}},
	{"members-none", 200, func(p *harness.Page, _ *survey) {
		p.Enter("admin@demo.example", harness.DemoPassword, "/newsroom/members")
		p.Fill("Name or email", "nobody has this name")
		p.Follow("Find")
	}},
	{"member-file", 200, func(p *harness.Page, _ *survey) {
		m := newcomer(p, "/")
		p.Follow("Log out")
		file(p, m)
	}},
	{"member-file-error", 422, func(p *harness.Page, _ *survey) {
		m := newcomer(p, "/")
		p.Follow("Log out")
		file(p, m)
		p.Follow("Suspend")
	}},
	{"member-file-suspended", 200, func(p *harness.Page, _ *survey) {
		m := newcomer(p, "/")
		p.Follow("Log out")
		suspend(p, m)
	}},
	{"members-forbidden", 403, func(p *harness.Page, _ *survey) { signedIn(p, "/newsroom/members") }},
}
