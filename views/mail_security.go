package views

import (
	"unicode"
	"unicode/utf8"
)

// PasswordChangedMailProps fills the notice that a password was changed.
type PasswordChangedMailProps struct {
	SiteName string
	Name     string
	ResetURL string // where a new password is asked for
}

// PasswordChangedMail says that the password was changed.
func PasswordChangedMail(p PasswordChangedMailProps) Mail {
	return notice{
		site: p.SiteName, name: p.Name, heading: "Your password was changed",
		did:  "the password of your account at " + p.SiteName + " was just changed.",
		well: "If it was you, all is well: other devices are logged out, and there is nothing to do.",
		act:  mailLink{"If it was not you, somebody else may be using your account:", "choose a new password at once", p.ResetURL},
	}.mail()
}

// EmailChangedMailProps fills the notice to a member's old address.
type EmailChangedMailProps struct {
	SiteName   string
	Name       string
	AccountURL string // where the change can be called off
	Done       bool   // the new address is in use; else it waits to be confirmed
}

// EmailChangedMail says, at the old address, that a new one was given or is in
// use. It does not say which: whoever reads the old mailbox by then need not
// be the member.
func EmailChangedMail(p EmailChangedMailProps) Mail {
	n := notice{
		site: p.SiteName, name: p.Name, heading: "A new address was given for your account",
		did:  "a new email address was just given for your account at " + p.SiteName + ".",
		well: "If it was you, there is nothing to do here: look for our message at the new address. Until it is confirmed there, this one stays in use.",
		act:  mailLink{"If it was not you, somebody else may be using your account:", "log in, call the change off and change your password", p.AccountURL},
	}
	if p.Done {
		n.heading = "The address of your account was changed"
		n.did = "the email address of your account at " + p.SiteName + " was just changed."
		n.well = "If it was you, all is well: from now on we write to the new address."
		n.act.Before = "If it was not you, tell the newsroom at once, and if you still can,"
		n.act.Text = "log in and change your password"
	}
	return n.mail()
}

// FactorChangedMailProps fills the notice about a second factor.
type FactorChangedMailProps struct {
	SiteName   string
	Name       string
	What       string // was done, such as "a passkey was added" or "the authenticator app was removed"
	AccountURL string // where second factors are shown
}

// FactorChangedMail says that a second factor was added or removed.
func FactorChangedMail(p FactorChangedMailProps) Mail {
	first, n := utf8.DecodeRuneInString(p.What)
	if n == 0 {
		return FactorChangedMail(FactorChangedMailProps{p.SiteName, p.Name, "a second factor was changed", p.AccountURL})
	}
	return notice{
		site: p.SiteName, name: p.Name, heading: string(unicode.ToUpper(first)) + p.What[n:],
		did:  "the ways to log in to your account at " + p.SiteName + " were just changed: " + p.What + ".",
		well: "If it was you, all is well, and there is nothing to do.",
		act:  mailLink{"If it was not you, somebody else may be using your account:", "log in, put it right and change your password", p.AccountURL},
	}.mail()
}

// A notice tells that something was done to an account, to whoever might not
// have done it.
type notice struct {
	site    string
	name    string
	heading string
	did     string
	well    string   // if it was you
	act     mailLink // if it was not
}

func (n notice) mail() Mail {
	return letter{
		subject: n.heading + " – " + n.site,
		site:    n.site,
		heading: n.heading,
		before:  []string{hello("Hello", n.name) + ", " + n.did},
		after:   []string{n.well},
		links:   []mailLink{n.act},
		why: "You get this because " + n.site +
			" tells its members about every change to how they log in. It cannot be switched off, so that nobody can do it behind your back.",
	}.mail()
}
