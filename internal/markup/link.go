package markup

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// address returns the destination of a link as it goes into the page: escapes
// and character references resolved first, then percent-encoded, so that what
// is judged is what the browser sees. It is empty when no URL can be read.
func address(destination []byte) (string, *url.URL) {
	s := string(util.URLEscape(bytes.TrimSpace(destination), true))
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil {
		return "", nil
	}
	return s, u
}

// outside reports whether u leads to a web site by http or https. Addresses
// with a user name are refused: they look like another site than they are.
func outside(s string, u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil &&
		strings.EqualFold(s[len(u.Scheme):min(len(s), len(u.Scheme)+3)], "://")
}

// commentAddress returns the address that a comment may link to, or "".
func commentAddress(destination []byte) string {
	s, u := address(destination)
	if s == "" || !outside(s, u) {
		return ""
	}
	return s
}

// articleAddress returns the address that an article may link to, or "".
func articleAddress(destination []byte) string {
	s, u := address(destination)
	switch {
	case s == "":
		return ""
	case outside(s, u):
		return s
	case u.Scheme == "mailto" && u.Opaque != "" && strings.Contains(s, "@"):
		return s
	case u.Scheme == "" && u.Host == "" && s[0] == '/' && !strings.HasPrefix(s, "//"):
		return s
	}
	return ""
}

// IsOutside reports whether a rendered address leads to another web site.
func isOutside(address string) bool {
	return len(address) > 4 && strings.EqualFold(address[:4], "http")
}

var mediaPath = regexp.MustCompile(`^/media/[A-Za-z0-9][A-Za-z0-9._/-]*$`)

// pictureAddress returns the source an article may show a picture from, or "".
func pictureAddress(destination []byte) string {
	s, _ := address(destination)
	if !mediaPath.MatchString(s) || strings.Contains(s, "..") || strings.Contains(s, "//") {
		return ""
	}
	return s
}

// pictureAsText takes the opening of a picture as the two characters it is.
type pictureAsText struct{}

func (pictureAsText) Trigger() []byte { return []byte{'!'} }

func (pictureAsText) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 2 || line[1] != '[' {
		return nil
	}
	block.Advance(2)
	return ast.NewTextSegment(segment.WithStop(segment.Start + 2))
}

// bareLink links addresses that stand in the text without markup. It looks at
// colons, because a parser cannot be asked for letters, and takes the scheme
// before one back from the text that was already read.
type bareLink struct{}

func (bareLink) Trigger() []byte { return []byte{':'} }

func (bareLink) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("://")) || pc.IsInLinkLabel() {
		return nil
	}
	before, ok := parent.LastChild().(*ast.Text)
	if !ok || before.Segment.Stop != segment.Start || before.IsRaw() {
		return nil
	}
	source := block.Source()
	scheme := schemeEnd(before.Segment.Value(source))
	if scheme == 0 {
		return nil
	}
	length := bareLength(line)
	start := segment.Start - scheme
	destination := source[start : segment.Start+length]
	if length <= 3 || commentAddress(destination) == "" {
		return nil
	}
	if before.Segment.Start == start {
		parent.RemoveChild(parent, before)
	} else {
		before.Segment = before.Segment.WithStop(start)
	}
	block.Advance(length)
	return ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, segment.Start+length)))
}

// schemeEnd returns the length of the scheme that b ends with, or 0.
func schemeEnd(b []byte) int {
	for _, scheme := range []string{"https", "http"} {
		n := len(b) - len(scheme)
		if n < 0 || !strings.EqualFold(string(b[n:]), scheme) {
			continue
		}
		if n > 0 && util.IsAlphaNumeric(b[n-1]) {
			return 0
		}
		return len(scheme)
	}
	return 0
}

// bareLength returns how many bytes of line belong to the address: up to white
// space, a character no address holds or ideographic punctuation, less
// punctuation that more likely belongs to the sentence.
func bareLength(line []byte) int {
	end := 0
	opened := 0
	for end < len(line) {
		r, size := utf8.DecodeRune(line[end:])
		if r <= ' ' || strings.ContainsRune("<>\"`|\\^{}\u00a0\u2028\u2029“”„«»…", r) ||
			r >= 0x2000 && r <= 0x200f || r >= 0x3000 && r <= 0x3011 || r >= 0xff01 && r <= 0xff0f || r == utf8.RuneError || reorders(r) {
			break
		}
		switch r {
		case '(':
			opened++
		case ')':
			if opened--; opened < 0 {
				return trimSentence(line[:end])
			}
		}
		end += size
	}
	return trimSentence(line[:end])
}

func trimSentence(b []byte) int {
	return len(bytes.TrimRight(b, "?!.,:;*_~'([]&’"))
}
