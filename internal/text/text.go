// Package text works on plain Unicode text: it cleans what people type, folds
// names into comparison keys, makes slugs, counts and cuts. It knows nothing of
// articles, HTML, requests or storage, and keeps no state.
package text

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Why Clean and CleanName refuse a string.
var (
	// ErrUTF8 says that the bytes are not valid UTF-8.
	ErrUTF8 = errors.New("text is not valid UTF-8")
	// ErrNUL says that the text holds a NUL character, which no database keeps.
	ErrNUL = errors.New("text holds a NUL character")
)

// MarksMax is how many combining marks may follow one another.
const MarksMax = 8

// Clean returns s as it is stored: in NFC, with LF line ends, without control
// characters other than tab and line feed, and with runs of combining marks
// cut to MarksMax. It returns ErrUTF8 or ErrNUL, never another error; cleaning
// cleaned text changes nothing.
func Clean(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", ErrUTF8
	}
	if strings.IndexByte(s, 0) >= 0 {
		return "", ErrNUL
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r != '\t' && r != '\n' && unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return compose(s), nil
}

// compose clamps and normalises until both hold: composing can lengthen a run
// (some marks decompose even in NFC), and clamping can let characters meet
// that compose.
func compose(s string) string {
	for range 4 {
		next := norm.NFC.String(clampMarks(s))
		if next == s {
			break
		}
		s = next
	}
	return s
}

// clampMarks drops the combining marks after the first MarksMax of a run.
func clampMarks(s string) string {
	run := 0
	return strings.Map(func(r rune) rune {
		if r < 0x300 || !unicode.Is(unicode.M, r) {
			run = 0
			return r
		}
		if run++; run > MarksMax {
			return -1
		}
		return r
	}, s)
}

// CleanName is Clean for one-line text such as a display name or a headline:
// white space of any kind becomes single spaces, and characters that are not
// seen or reorder others are removed. A zero-width joiner stays inside an
// emoji sequence. It returns the errors of Clean; the result may be empty.
func CleanName(s string) (string, error) {
	s, err := Clean(s)
	if err != nil {
		return "", err
	}
	// Removing a character can bring together what composes or joins.
	for range 4 {
		next := compose(foldSpace(dropInvisible(s)))
		if next == s {
			break
		}
		s = next
	}
	return s, nil
}

// foldSpace trims s and turns each run of white space into one space.
func foldSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// dropInvisible removes what invisible reports, except joiners and variation
// selectors where they belong.
func dropInvisible(s string) string {
	rs := []rune(s)
	out := rs[:0:0]
	var prev rune // the last kept rune that is neither selector nor skin tone
	for i, r := range rs {
		switch {
		case r == '\u200d':
			if !pictograph(prev) || i+1 >= len(rs) || !pictograph(rs[i+1]) || out[len(out)-1] == r {
				continue
			}
		case r == '\ufe0f' || r == '\ufe0e':
			keycap := i+1 < len(rs) && rs[i+1] == '\u20e3'
			if len(out) == 0 || out[len(out)-1] != prev || !pictograph(prev) && !keycap {
				continue
			}
		case variation(r):
			if len(out) == 0 || out[len(out)-1] != prev || !unicode.Is(unicode.Han, prev) {
				continue
			}
		case invisible(r):
			continue
		case r < 0x1f3fb || r > 0x1f3ff:
			prev = r
		}
		out = append(out, r)
	}
	return string(out)
}

// pictograph reports whether r is a symbol that emoji sequences are made of.
func pictograph(r rune) bool {
	return r >= 0x2100 && unicode.Is(unicode.So, r) || r == '\u2194' || r == '\u2195' || r == '\u203c' || r == '\u2049' ||
		r >= 0x1f000 && r <= 0x1faff
}

func variation(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180f && r != 0x180e
}

// Bidi reports whether r is an invisible character that changes the direction
// of the text around it.
func Bidi(r rune) bool {
	return r == 0x61c || r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// invisible reports whether r takes no room, or is a blank that is not white
// space: bidi controls, zero-width marks, fillers, tags, the soft hyphen.
func invisible(r rune) bool {
	if r < 0xad {
		return false
	}
	switch r {
	case 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x2800, 0x3164, 0xfeff, 0xffa0, 0xfffc:
		return true
	}
	return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r >= 0xfff0 && r <= 0xfffb || r >= 0x1bca0 && r <= 0x1bca3 || r >= 0x1d173 && r <= 0x1d17a ||
		r >= 0xe0000 && r <= 0xe0fff || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}

// Length counts characters as people see them: extended grapheme clusters
// (Unicode Standard Annex 29).
func Length(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '\r' {
			return uniseg.GraphemeClusterCount(s)
		}
	}
	return len(s)
}
