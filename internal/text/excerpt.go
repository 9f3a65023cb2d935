package text

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// Excerpt returns the plain text of Markdown, cut between words to about max
// characters and ended with an ellipsis where something was cut. It is one
// line and holds no markup, but is not HTML-escaped.
func Excerpt(markdown string, max int) string {
	if max < 1 {
		return ""
	}
	// Bytes for max characters, with room for links and long clusters.
	plain := strings.Join(strings.Fields(Plain(head(markdown, 64*max+4096))), " ")
	return Cut(plain, max)
}

// Cut returns s if it has at most max characters, else its beginning cut
// between words and ended with an ellipsis, of at most max characters together.
func Cut(s string, max int) string {
	if max < 1 {
		return ""
	}
	if len(s) <= max {
		return s
	}
	count, end, word := 0, 0, 0
	for rest, state := s, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if count++; count > max {
			if word < end/2 {
				word = end
			}
			return strings.TrimRightFunc(s[:word], func(r rune) bool {
				return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-(", r)
			}) + "…"
		}
		first := []rune(cluster)[0]
		if unicode.IsSpace(first) {
			word = len(s) - len(rest) - len(cluster)
		}
		if count < max {
			end = len(s) - len(rest)
			if ideograph(first) || strings.HasPrefix(rest, " ") {
				word = end
			}
		}
	}
	return s
}

// head returns at most about n bytes of s, cut at a rune.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}

// Reading speeds a minute.
const (
	wordsPerMinute      = 230
	ideographsPerMinute = 500
)

// ReadingMinutes says how long a reader takes over the Markdown, at least 1.
func ReadingMinutes(markdown string) int {
	words, ideographs, inWord := 0, 0, false
	for _, r := range Plain(markdown) {
		switch {
		case ideograph(r):
			ideographs++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				words++
			}
			inWord = true
		case unicode.IsSpace(r) || r == '—' || r == '–' || r == '/':
			inWord = false
		}
	}
	seconds := words*60/wordsPerMinute + ideographs*60/ideographsPerMinute
	return max(1, (seconds+30)/60)
}

// ideograph reports whether r is written without spaces between words.
func ideograph(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
