package views

// ConfirmMailProps fills the message to somebody who has just joined.
type ConfirmMailProps struct {
	SiteName string
	Name     string
	URL      string // proves the address
	Hours    int    // the link works
	Days     int    // until an unconfirmed account goes; 0 for not saying
}

// ConfirmMail asks a new member to prove their address.
func ConfirmMail(p ConfirmMailProps) Mail {
	goes := "goes by itself"
	if p.Days > 0 {
		goes += " after " + count(p.Days, "day")
	}
	return letter{
		subject: "Confirm your address for " + p.SiteName,
		site:    p.SiteName,
		heading: hello("Welcome", p.Name),
		before: []string{"Thank you for becoming a member of " + p.SiteName +
			". One thing is left: please confirm that this address is yours, and you can join the conversation."},
		link:  Link{Text: "Confirm my address", URL: p.URL},
		after: []string{"The link works once, for " + count(p.Hours, "hour") + "."},
		why: "You get this because somebody gave this address when joining " + p.SiteName +
			". If it was not you, do nothing: without the confirmation the account " + goes +
			", and nobody can comment with it.",
	}.mail()
}

// AlreadyMailProps fills the message to a member whose address was given at
// joining once more.
type AlreadyMailProps struct {
	SiteName string
	Name     string
	LoginURL string
	ResetURL string // where a new password is asked for
}

// AlreadyMail tells a member that they are one already. The page itself says
// nothing of it, so that nobody can ask it who is a member.
func AlreadyMail(p AlreadyMailProps) Mail {
	return letter{
		subject: "You already have an account at " + p.SiteName,
		site:    p.SiteName,
		heading: "You are a member already",
		before: []string{hello("Hello", p.Name) + ", somebody, probably you, tried to join " + p.SiteName +
			" with this address. You have an account already, so nothing was changed. You can simply log in."},
		link:  Link{Text: "Log in", URL: p.LoginURL},
		links: []mailLink{{"No longer know the password?", "Choose a new one", p.ResetURL}},
		why: "You get this because your address was typed into the form for new members of " + p.SiteName +
			". If it was not you, do nothing: your account is as it was, and whoever typed it learnt nothing about it.",
	}.mail()
}

// LoginLinkMailProps fills the message with a link to log in.
type LoginLinkMailProps struct {
	SiteName string
	Name     string
	URL      string
	Minutes  int // the link works
}

// LoginLinkMail lets a member in without a password.
func LoginLinkMail(p LoginLinkMailProps) Mail {
	return letter{
		subject: "Your link to log in to " + p.SiteName,
		site:    p.SiteName,
		heading: "Your link to log in",
		before:  []string{hello("Hello", p.Name) + ", here is the link you asked for."},
		link:    Link{Text: "Log in", URL: p.URL},
		after: []string{"It works once, for " + count(p.Minutes, "minute") +
			". Please pass it on to nobody: whoever opens it is logged in as you."},
		why: "You get this because a link to log in to " + p.SiteName +
			" was asked for with this address. If it was not you, do nothing: nobody gets in without the link, and it ends by itself.",
	}.mail()
}

// ResetMailProps fills the message with a link to choose a new password.
type ResetMailProps struct {
	SiteName string
	Name     string
	URL      string
	Minutes  int // the link works
}

// ResetMail lets a member choose a new password.
func ResetMail(p ResetMailProps) Mail {
	return letter{
		subject: "Choose a new password for " + p.SiteName,
		site:    p.SiteName,
		heading: "Choose a new password",
		before:  []string{hello("Hello", p.Name) + ", with this link you can choose a new password. It happens to everybody."},
		link:    Link{Text: "Choose a new password", URL: p.URL},
		after: []string{"It works once, for " + count(p.Minutes, "minute") +
			", and only the newest one counts. Please pass it on to nobody."},
		why: "You get this because a new password for " + p.SiteName +
			" was asked for with this address. If it was not you, do nothing: your password stays as it is, and the link ends by itself.",
	}.mail()
}

// ChangeEmailMailProps fills the message to a member's new address.
type ChangeEmailMailProps struct {
	SiteName string
	Name     string
	URL      string // proves the address
	Hours    int    // the link works
}

// ChangeEmailMail asks, at a new address, whether it is the member's.
func ChangeEmailMail(p ChangeEmailMailProps) Mail {
	return letter{
		subject: "Confirm your new address for " + p.SiteName,
		site:    p.SiteName,
		heading: "Is this your new address?",
		before: []string{hello("Our member", p.Name) + " wants to use this address with their account at " + p.SiteName +
			" from now on. If that is you, please confirm it."},
		link: Link{Text: "Confirm my new address", URL: p.URL},
		after: []string{"The link works once, for " + count(p.Hours, "hour") +
			". Until you confirm, the old address stays in use."},
		why: "You get this because a member of " + p.SiteName +
			" gave this address as their new one. If it was not you, do nothing: the address will not be used, and nobody can log in with it.",
	}.mail()
}

// DeletionAskedMailProps fills the message that an account will be deleted.
type DeletionAskedMailProps struct {
	SiteName string
	Name     string
	When     string // it goes, as people read it, such as "3 March 2026, 14:05 UTC"
	KeepURL  string // where the member can change their mind
	Erase    bool   // their comments go as well
}

// DeletionAskedMail says when an account goes, and how to keep it.
func DeletionAskedMail(p DeletionAskedMailProps) Mail {
	comments := "Your comments will stay where they are, without your name: under “Former member”."
	if p.Erase {
		comments = "Your comments will be removed as well."
	}
	return letter{
		subject: "Your account at " + p.SiteName + " will be deleted",
		site:    p.SiteName,
		heading: "Your account will be deleted",
		before: []string{
			hello("Hello", p.Name) + ", as you asked, your account at " + p.SiteName + " will be deleted. It goes at this time: " + p.When + ".",
			comments,
			"Until then you can change your mind: log in and choose to keep the account.",
		},
		link: Link{Text: "Keep my account", URL: p.KeepURL},
		why: "You get this because the deletion was asked for while logged in to your account at " + p.SiteName +
			". If it was not you, somebody else can use the account: keep it, and change your password at once.",
	}.mail()
}
