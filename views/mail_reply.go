package views

// ReplyMailProps fills the message that somebody answered a comment.
type ReplyMailProps struct {
	SiteName string
	Name     string // of the member
	By       string // who answered
	Headline string // of the article
	Words    string // beginning of the answer, plain
	URL      string // of the answer
	StopURL  string // stops these messages without logging in
}

// ReplyMail says that somebody answered a member's comment.
func ReplyMail(p ReplyMailProps) Mail {
	return letter{
		subject: p.By + " answered your comment – " + p.SiteName,
		site:    p.SiteName,
		heading: p.By + " answered you",
		before:  []string{hello("Hello", p.Name) + ", " + p.By + " answered your comment on “" + p.Headline + "”:"},
		quote:   p.Words,
		link:    Link{Text: "Read the answer", URL: p.URL},
		why: "You get this because you asked to be told when somebody answers you at " + p.SiteName +
			". If it was not you who asked, or you have had enough, stop these messages here or in your account.",
		stop: p.StopURL,
	}.mail()
}
