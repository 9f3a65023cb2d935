package views

import (
	"context"
	"regexp"
	"strconv"
	"strings"
)

// Mail is a message ready to be queued: the same words twice.
type Mail struct {
	Subject string
	Text    string
	HTML    string
}

// A letter is what a message says, before it is text or HTML. Its fields come
// in the order they are read.
type letter struct {
	subject string
	site    string
	heading string
	before  []string
	quote   string // somebody else's words
	link    Link   // the one thing to do
	after   []string
	links   []mailLink
	why     string // it came
	stop    string
}

// A mailLink is a sentence that ends in a link.
type mailLink struct {
	Before string
	Text   string
	URL    string
}

// mail renders the letter both ways.
func (l letter) mail() Mail {
	var html strings.Builder
	if err := mailPage(l).Render(context.Background(), &html); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return Mail{Subject: l.subject, Text: l.text(), HTML: html.String()}
}

// text is the letter as plain text. Lines are not broken: programs do that,
// and a broken link opens nothing.
func (l letter) text() string {
	blocks := append([]string{l.heading}, l.before...)
	if l.quote != "" {
		blocks = append(blocks, "> "+strings.ReplaceAll(strings.TrimSpace(l.quote), "\n", "\n> "))
	}
	if l.link.URL != "" {
		blocks = append(blocks, l.link.Text+":\n"+l.link.URL)
	}
	blocks = append(blocks, l.after...)
	for _, link := range l.links {
		blocks = append(blocks, link.Before+" "+link.Text+":\n"+link.URL)
	}
	foot := "— " + l.site + "\n\n" + l.why
	if l.stop != "" {
		foot += "\n\nStop these messages; it needs no log-in:\n" + l.stop
	}
	return strings.Join(append(blocks, foot), "\n\n") + "\n"
}

// count says a number of things as people do.
func count(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return strconv.Itoa(n) + " " + unit
}

// linky is a name that mail programs would make a link of.
var linky = regexp.MustCompile(`[./:@\\]\S`)

// hello greets by name, but for a name that looks like a link: anybody can
// have mail sent to anybody's address by joining with it, and the name must
// not make an advertisement of it.
func hello(word, name string) string {
	if name == "" || linky.MatchString(name) {
		return word
	}
	return word + " " + name
}
