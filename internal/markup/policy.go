package markup

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// The relations links are given.
const (
	relOutside = "noopener"
	relComment = "ugc nofollow noopener"
)

var (
	commentPolicy = newCommentPolicy()
	articlePolicy = newArticlePolicy()
)

// exactly matches one value and no other.
func exactly(value string) *regexp.Regexp {
	return regexp.MustCompile(`^` + regexp.QuoteMeta(value) + `$`)
}

func newCommentPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "blockquote", "em", "strong", "code")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.AllowURLSchemes("http", "https")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`(?i)^https?://`)).OnElements("a")
	p.AllowAttrs("rel").Matching(exactly(relComment)).OnElements("a")
	return p
}

func newArticlePolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h2", "h3", "h4", "ul", "li", "blockquote", "footer",
		"em", "strong", "del", "code", "pre", "table", "thead", "tbody", "tr")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^\d{1,9}$`)).OnElements("ol")
	p.AllowNoAttrs().OnElements("ol", "th", "td")
	p.AllowAttrs("scope").Matching(exactly("col")).OnElements("th")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(?:right|center)$`)).OnElements("th", "td")

	p.AllowAttrs("class").Matching(exactly("scroll")).OnElements("div")
	p.AllowAttrs("tabindex").Matching(exactly("0")).OnElements("div")

	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto")
	// A path of ours begins with one slash and no second slash or backslash.
	p.AllowAttrs("href").Matching(regexp.MustCompile(`(?i)^(?:https?://|mailto:[^/]|/(?:[^/\\]|$))`)).OnElements("a")
	p.AllowAttrs("rel").Matching(exactly(relOutside)).OnElements("a")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^/media/[A-Za-z0-9][A-Za-z0-9._/-]*$`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	return p
}
