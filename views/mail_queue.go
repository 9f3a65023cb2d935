package views

// QueueMailProps fills the digest of the queues to somebody who moderates.
type QueueMailProps struct {
	SiteName string
	Name     string   // of the moderator
	Lines    []string // how much there is and since when, a sentence each
	URL      string   // of the queue
	StopURL  string   // stops these messages without logging in
}

// QueueMail says that comments wait for a moderator.
func QueueMail(p QueueMailProps) Mail {
	return letter{
		subject: "Comments are waiting – " + p.SiteName,
		site:    p.SiteName,
		heading: "Comments are waiting",
		before:  append([]string{hello("Hello", p.Name) + ", in the sections you moderate there are:"}, p.Lines...),
		link:    Link{Text: "Open the queue", URL: p.URL},
		after:   []string{"We mail at most once in four hours, and only while there is much to do or something has waited long."},
		why: "You get this because you moderate comments at " + p.SiteName +
			". If it was not you who took that on, tell an administrator; if you have had enough, stop these messages here or in your account.",
		stop: p.StopURL,
	}.mail()
}
