package views

import "strconv"

// NoticeMailProps fills the message about one notice that is not an answer.
type NoticeMailProps struct {
	SiteName string
	Name     string // of the member
	Subject  string // and heading
	Text     string // what happened
	Words    string // the comment it is about, or the warning; plain
	Links    []Link // the first is the one thing to do
	StopURL  string // stops these messages without logging in; "" for what must arrive
}

// NoticeMail tells a member what became of a comment of theirs, or of their
// account.
func NoticeMail(p NoticeMailProps) Mail {
	l := letter{
		subject: p.Subject + " – " + p.SiteName,
		site:    p.SiteName,
		heading: p.Subject,
		before:  []string{hello("Hello", p.Name) + ", this is what happened:", p.Text},
		quote:   p.Words,
		why: "You get this because you asked to be told what becomes of your comments at " + p.SiteName +
			". If it was not you who asked, or you have had enough, stop these messages here or in your account.",
		stop: p.StopURL,
	}
	if p.StopURL == "" {
		l.why = "You get this because it is about your account at " + p.SiteName +
			"; such messages always come. If it was not you who wrote there, somebody else can use the account: change your password at once."
	}
	for i, link := range p.Links {
		if i == 0 {
			l.link = link
		} else {
			l.links = append(l.links, mailLink{"What we ask of everybody:", link.Text, link.URL})
		}
	}
	return l.mail()
}

// DigestMailProps fills the daily message with all notices of a member.
type DigestMailProps struct {
	SiteName string
	Name     string // of the member
	Count    int
	Lines    []string // a notice each
	More     int      // that are not among the lines
	URL      string   // of the notices
	StopURL  string   // stops these messages without logging in
}

// DigestMail tells a member all that happened since the last such message.
func DigestMail(p DigestMailProps) Mail {
	l := letter{
		subject: count(p.Count, "notice") + " for you – " + p.SiteName,
		site:    p.SiteName,
		heading: "What happened",
		before:  append([]string{hello("Hello", p.Name) + ", this happened since the last of these messages:"}, p.Lines...),
		link:    Link{Text: "Read all notices", URL: p.URL},
		why: "You get this because you asked for one message a day about what you wrote at " + p.SiteName +
			". If it was not you who asked, or you have had enough, stop these messages here or in your account.",
		stop: p.StopURL,
	}
	if p.More > 0 {
		l.before = append(l.before, "And "+strconv.Itoa(p.More)+" more.")
	}
	return l.mail()
}
