package e2e

import (
	"broadsheet/e2e/harness"
)

// form opens a page of the account and, with a button, sends it as it is.
func form(path, button string) func(*harness.Page, *survey) {
	return func(p *harness.Page, _ *survey) {
		signedIn(p, path)
		if button != "" {
			p.Follow(button)
		}
	}
}

// accountStates are a member's own pages.
var accountStates = []state{
	{"account", 200, func(p *harness.Page, _ *survey) { newcomer(p, "/account") }},
	{"account-done", 200, func(p *harness.Page, _ *survey) { signedIn(p, "/account/mail"); p.Follow("Keep this choice") }},
	{"account-unconfirmed", 200, func(p *harness.Page, _ *survey) { unconfirmed(p, "/account") }},
	{"account-deletion", 200, func(p *harness.Page, _ *survey) {
		m := newcomer(p, "/account/deletion")
		p.Fill("Password", m.Password)
		p.Follow("Delete my account")
	}},
	{"account-suspended", 200, func(p *harness.Page, _ *survey) {
		m := newcomer(p, "/")
		p.Follow("Log out")
		suspend(p, m)
		p.Follow("Log out")
		p.Enter(m.Email, m.Password, "/account")
	}},
	{"name", 200, form("/account/name", "")},
	{"name-error", 422, func(p *harness.Page, _ *survey) {
		signedIn(p, "/account/name")
		p.Fill("Display name", "admin")
		p.Follow("Change the name")
	}},
	{"email", 200, form("/account/email", "")},
	{"email-error", 422, form("/account/email", "Change the address")},
	{"email-confirm", 200, func(p *harness.Page, _ *survey) {
		m, other := newcomer(p, "/account/email"), harness.NewMember()
		p.Fill("Email", other.Email)
		p.Fill("Password", m.Password)
		p.Follow("Change the address")
		p.OpenMail(other.Email, "Confirm your new address")
	}},
	{"password", 200, form("/account/password", "")},
	{"password-error", 422, func(p *harness.Page, _ *survey) {
		signedIn(p, "/account/password")
		p.Fill("Password", harness.DemoPassword)
		p.Fill("New password", "short")
		p.Follow("Change the password")
	}},
	{"mail", 200, form("/account/mail", "")},
	{"mail-error", 422, func(p *harness.Page, _ *survey) {
		signedIn(p, "/account/mail")
		harness.Eval[any](p, `document.querySelectorAll('main input[type=radio]').forEach((e) => { e.checked = false; })`)
		p.Follow("Keep this choice")
	}},
	{"data", 200, form("/account/data", "")},
	{"data-error", 422, form("/account/data", "Download")},
	{"deletion", 200, form("/account/deletion", "")},
	{"deletion-error", 422, form("/account/deletion", "Delete my account")},
	{"sessions", 200, func(p *harness.Page, _ *survey) {
		signedIn(p, "/")
		p.Follow("Log out")
		signedIn(p, "/account/sessions")
	}},
	{"own-comments", 200, func(p *harness.Page, d *survey) {
		m := newcomer(p, d.story())
		p.Post("A comment for the page checks, by " + m.Name)
		p.Go("/account/comments")
	}},
	{"own-comments-none", 200, func(p *harness.Page, _ *survey) { newcomer(p, "/account/comments") }},
}

// factorStates are a member's passkeys and codes.
var factorStates = []state{
	{"factor", 200, func(p *harness.Page, _ *survey) {
		signedIn(p, "/account/second-factor")
		p.Press("Set up codes from an app")
	}},
	{"factor-error", 422, func(p *harness.Page, _ *survey) {
		signedIn(p, "/account/second-factor")
		p.Press("Set up codes from an app")
		p.Follow("Set it up")
	}},
	{"factor-on", 200, func(p *harness.Page, _ *survey) {
		p.SetUpCodes(newcomer(p, "/"))
		p.Follow("I have kept them")
		p.Press("Make new recovery codes")
	}},
	{"factor-pending", 200, func(p *harness.Page, _ *survey) {
		p.BeginCodes(newcomer(p, "/"))
		p.Go("/account/second-factor")
	}},
	{"factor-codes", 200, func(p *harness.Page, _ *survey) { p.BeginCodes(newcomer(p, "/")) }},
	{"factor-codes-error", 422, func(p *harness.Page, _ *survey) {
		p.Fill("Code", p.BeginCodes(newcomer(p, "/")).Wrong())
		p.Follow("Switch codes on")
	}},
	{"recovery-codes", 200, func(p *harness.Page, _ *survey) { p.SetUpCodes(newcomer(p, "/")) }},
}
