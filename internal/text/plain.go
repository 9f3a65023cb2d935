package text

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// Plain returns the words of Markdown without its markup, a line for a line.
// It is meant for excerpts, counts and search: quick, linear and forgiving, not
// a parser. The result is not HTML-escaped.
func Plain(markdown string) string {
	var b strings.Builder
	fence := ""
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\r\n")
		t := strings.TrimLeft(line, " \t")
		if fence != "" {
			if strings.HasPrefix(t, fence) {
				fence = ""
			} else {
				b.WriteString(line + "\n")
			}
			continue
		}
		if strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~") {
			fence = t[:3]
			continue
		}
		if t = blockMarks.ReplaceAllString(t, ""); rule.MatchString(t) {
			b.WriteByte('\n')
			continue
		}
		if strings.HasPrefix(t, "|") {
			t = strings.ReplaceAll(t, "|", " ")
		}
		b.WriteString(Inline(t))
		b.WriteByte('\n')
	}
	return b.String()
}

var (
	blockMarks = regexp.MustCompile(`^(?:[ \t]*(?:>|#{1,6}(?:[ \t]|$)|[-*+][ \t]|\d{1,9}[.)][ \t]))+`)
	rule       = regexp.MustCompile(`^[-=*_|: \t]{3,}$`)
	// RE2 keeps these linear.
	imageMark = regexp.MustCompile(`!\[[^\]\[]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)`)
	linkMark  = regexp.MustCompile(`\[([^\]\[]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\[]*\])`)
	autoMark  = regexp.MustCompile(`<((?:https?://|mailto:)[^<>\s]+)>`)
	tagMark   = regexp.MustCompile(`<!--.*?-->|</?[A-Za-z][^<>]*>`)
	strike    = regexp.MustCompile(`~~`)
)

// Inline returns one line of Markdown without its inline markup, with character
// references resolved.
func Inline(s string) string {
	if !strings.ContainsAny(s, "[<*_`~\\&") {
		return s
	}
	s = imageMark.ReplaceAllString(s, "")
	s = linkMark.ReplaceAllString(s, "$1")
	s = autoMark.ReplaceAllString(s, "$1")
	s = tagMark.ReplaceAllString(s, "")
	s = strike.ReplaceAllString(s, "")
	return html.UnescapeString(emphasis(s))
}

// emphasis drops asterisks, backticks, and underscores at the edge of a word,
// and resolves backslashes before punctuation.
func emphasis(s string) string {
	rs := []rune(s)
	out := rs[:0:0]
	word := func(i int) bool {
		return i >= 0 && i < len(rs) && (unicode.IsLetter(rs[i]) || unicode.IsDigit(rs[i]))
	}
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; {
		case r == '\\' && i+1 < len(rs) && rs[i+1] < 0x80 && (unicode.IsPunct(rs[i+1]) || unicode.IsSymbol(rs[i+1])):
			i++
			out = append(out, rs[i])
		case r == '`':
		case r == '*' && (i == 0 || i+1 == len(rs) || !unicode.IsSpace(rs[i-1]) || !unicode.IsSpace(rs[i+1])):
		case r == '_' && !(word(i-1) && word(i+1)):
		default:
			out = append(out, r)
		}
	}
	return string(out)
}
