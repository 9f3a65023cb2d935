// Package markup turns the Markdown of editors and members into safe HTML. It
// knows what may stand in an article and in a comment, and nothing of where
// the text is kept or shown.
//
// There are two walls. goldmark is put together from parsers that never take
// raw HTML and whose cost is bounded (see bound.go), and what it renders goes
// through an allow-list of our own (policy.go) as the very last step.
package markup

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"

	"broadsheet/internal/news"
)

// Version counts changes of what Article makes of the same Markdown. HTML kept
// with an older version is rendered again.
const Version = 1

// ArticleMaxBytes is how much of an article's body is rendered.
const ArticleMaxBytes = 500_000

// Article renders an article's body: paragraphs, headings (h2 to h4, never
// skipping a level), lists, quotations, tables, code, links and pictures of
// our own. Elements carry no ids. A quotation whose last paragraph begins with
// an em dash ends in a footer holding that paragraph. A table stands in
// <div class="scroll" tabindex="0">, its
// aligned cells have class "right" or "center".
func Article(md string) string {
	return articlePolicy.Sanitize(render(articleMarkdown, limit(md, ArticleMaxBytes)))
}

// Comment renders a member's comment: paragraphs, line breaks as typed,
// quotations, emphasis, code, and links to http and https addresses, bare ones
// included. Everything else shows as the characters that were typed. Only the
// first news.CommentMaxBytes are looked at.
func Comment(md string) string {
	html := commentPolicy.Sanitize(render(commentMarkdown, limit(md, news.CommentMaxBytes)))
	if strings.ContainsFunc(html, reorders) {
		// Only now are character references resolved that name such a mark.
		html = commentPolicy.Sanitize(dropReordering(html))
	}
	return html
}

// limit returns at most max bytes of s as valid UTF-8 without NUL.
func limit(s string, max int) string {
	if len(s) > max {
		for max > 0 && !utf8.RuneStart(s[max]) {
			max--
		}
		s = s[:max]
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// render returns the HTML that md makes of the source, not yet sanitised.
func render(md goldmark.Markdown, source string) string {
	var b bytes.Buffer
	b.Grow(len(source) + len(source)/2)
	if err := md.Convert([]byte(source), &b); err != nil {
		return "" // a bytes.Buffer takes everything, so no renderer fails
	}
	return b.String()
}

// reorders reports whether r embeds, overrides or isolates a direction and so
// can show text in another order than it was written. The plain marks that
// right-to-left writing needs (U+200E, U+200F, U+061C) do not.
func reorders(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func dropReordering(s string) string {
	return strings.Map(func(r rune) rune {
		if reorders(r) {
			return -1
		}
		return r
	}, s)
}
