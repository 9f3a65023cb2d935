package password

import (
	"strings"
	"sync"
	"unicode"

	"github.com/trustelem/zxcvbn/frequency"
	"golang.org/x/text/unicode/norm"
)

// common are the passwords that are tried first, from the frequency list of
// zxcvbn: some 30,000, lower case.
var common = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, p := range frequency.FrequencyLists["passwords"] {
		set[p] = true
	}
	return set
})

// commonMin is the length from which a common password inside a longer one
// counts; shorter ones are inside everything.
const commonMin = 4

// runs are the keys beside each other, and the other rows that hands know.
var runs = []string{
	"qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
	"1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6z7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
	"q1w2e3r4t5y6u7i8o9p0", "!@#$%^&*()",
}

// Weakness says why a password would be guessed soon, in words for whoever
// chose it, or "". own are the member's address and name and the site's name:
// what a password must not mainly be made of (SECURITY A2).
func Weakness(password string, own ...string) string {
	p := strings.ToLower(norm.NFKC.String(password))
	for _, head := range heads(p) {
		switch {
		case common()[head]:
			return "This password is one of those that are tried first: choose another"
		case twice(head):
			return "This password repeats itself: choose one that does not"
		}
	}
	if madeOfRuns(p) {
		return "This password follows the keys or the alphabet: choose one that does not"
	}
	squeezed := lettersAndDigits(p)
	for _, o := range own {
		for _, part := range ownParts(o) {
			if strings.Contains(squeezed, part) && 2*len(part) > len(squeezed) {
				return "This password is mainly your name, your address or ours: choose another"
			}
		}
	}
	return ""
}

// heads are a password and what is left of it without the digits and signs
// that people put behind one that was refused, one to four of them.
func heads(p string) []string {
	list := []string{p}
	for range 4 {
		if p == "" {
			break
		}
		last := p[len(p)-1]
		if last >= 'a' && last <= 'z' || last >= 0x80 {
			break
		}
		p = p[:len(p)-1]
		list = append(list, p)
	}
	return list
}

// twice reports whether a password is one short piece over and over.
func twice(p string) bool {
	n := len(p)
	for size := 1; size <= n/2 && size <= 8; size++ {
		piece := p[:size]
		if strings.HasPrefix(strings.Repeat(piece, n/size+1), p) && n >= 2*size && n >= 4 {
			return true
		}
	}
	return false
}

// madeOfRuns reports whether a password is at most three runs of keys, each of
// four or more, in either direction.
func madeOfRuns(p string) bool {
	rest := p
	for count := 0; rest != ""; count++ {
		if count == 3 {
			return false
		}
		n := longestRun(rest)
		if n < 4 {
			return count > 0 && len(rest) <= 2
		}
		rest = rest[n:]
	}
	return true
}

// longestRun is how much of the start of s is one run of keys.
func longestRun(s string) int {
	best := 0
	for _, run := range runs {
		for _, r := range []string{run, reversed(run)} {
			for at := range r {
				n := 0
				for n < len(s) && at+n < len(r) && s[n] == r[at+n] {
					n++
				}
				best = max(best, n)
			}
		}
	}
	return best
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func lettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// ownParts are the pieces of an address or a name that make a password weak.
func ownParts(s string) []string {
	s = strings.ToLower(norm.NFKC.String(s))
	local, _, _ := strings.Cut(s, "@")
	parts := []string{lettersAndDigits(local)}
	parts = append(parts, strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	kept := parts[:0]
	for _, p := range parts {
		if len(p) >= commonMin {
			kept = append(kept, p)
		}
	}
	return kept
}
