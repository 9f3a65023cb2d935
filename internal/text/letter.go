package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A letter is one character of a text folded for finding words in it.
type letter struct {
	r        rune   // folded, or ' ' for what stands between words
	or       string // what it can be taken for as well
	from, to int    // bytes of the text that it was made of
	kind     letterKind
	foreign  bool // was of another alphabet than the Latin one
	sole     bool // a gap that two letters of one spelled-out word may have between them
}

type letterKind uint8

const (
	gapLetter    letterKind = iota // white space and punctuation, a whole run of it
	softLetter                     // punctuation that stands for a letter in some words: $pam
	digitLetter                    // a digit
	spacedLetter                   // of a writing with spaces between words
	closeLetter                    // of one without, or a symbol: a word may begin and end anywhere
)

// ends reports whether a word may end at this character and another begin
// at the next.
func (l letter) ends(next letter) bool {
	return l.kind <= softLetter || next.kind <= softLetter || l.kind == closeLetter || next.kind == closeLetter
}

// foldLetters folds a text, keeping where each character of it came from.
// Case, accents, compatibility forms and what cannot be seen are gone, letters
// of other alphabets become the Latin one that they look like. Unlike Fold it
// leaves words apart, and "i" and "l" as well: "fail" is not "fall".
func foldLetters(s string) []letter {
	letters := make([]letter, 0, len(s))
	var before rune
	for at, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[at:])
		}
		letters = addLetter(letters, r, before, at, at+size)
		before = r
	}
	return letters
}

func addLetter(letters []letter, r, before rune, from, to int) []letter {
	l := letter{r: r, from: from, to: to}
	switch {
	case r >= 'a' && r <= 'z':
		l.kind = spacedLetter
	case r >= 'A' && r <= 'Z':
		l.kind, l.r = spacedLetter, r+'a'-'A'
		if n := len(letters); r == 'I' && (unicode.IsLower(before) || before == 'I' && n > 0 && letters[n-1].or != "") {
			l.or = "l" // in the middle of a word it is the same stroke
		}
	case r >= '0' && r <= '9':
		l.kind, l.or = digitLetter, digitAs[r-'0']
	case softAs[r] != "":
		l.kind, l.or = softLetter, softAs[r]
	case r < utf8.RuneSelf:
		return addGap(letters, l)
	default:
		return addFolded(letters, l)
	}
	return append(letters, l)
}

// addGap makes one gap of all that stands between two words.
func addGap(letters []letter, l letter) []letter {
	newLine := l.r == '\n'
	l.kind, l.r, l.sole = gapLetter, ' ', !newLine
	if n := len(letters); n > 0 && letters[n-1].kind == gapLetter {
		last := &letters[n-1]
		last.to = l.to
		last.sole = last.sole && !newLine && last.to-last.from <= 6
		return letters
	}
	return append(letters, l)
}

// addFolded adds what is left of a character beyond ASCII.
func addFolded(letters []letter, l letter) []letter {
	if invisible(l.r) || variation(l.r) || l.r >= 0x1f3fb && l.r <= 0x1f3ff || dropped(l.r) {
		if n := len(letters); n > 0 && letters[n-1].kind != gapLetter {
			letters[n-1].to = l.to // an accent belongs to its letter
		}
		return letters
	}
	folded := string(l.r)
	if l.r != 'й' && l.r != 'Й' && !closed(l.r) { // й is no accented и
		folded = norm.NFKD.String(folded)
	} else {
		folded = norm.NFKC.String(folded)
	}
	for _, r := range folded {
		if r < utf8.RuneSelf && r != l.r {
			letters = addLetter(letters, r, 0, l.from, l.to)
			continue
		}
		if dropped(r) {
			continue
		}
		if n := len(letters); n > 0 && (r == 0x3099 || r == 0x309a) { // the voicing of halfwidth kana
			if voiced, size := utf8.DecodeRuneInString(norm.NFC.String(string([]rune{letters[n-1].r, r}))); voiced != letters[n-1].r && size > 1 {
				letters[n-1].r, letters[n-1].to = voiced, l.to
				continue
			}
		}
		part := letter{r: r, from: l.from, to: l.to, or: capitalAs[r]}
		latin := unicode.Is(unicode.Latin, r)
		r = unicode.ToLower(r)
		like, known := looksLike[r]
		switch {
		case known:
			part.kind, part.foreign = spacedLetter, !latin
			for _, part.r = range like {
				letters = append(letters, part)
			}
			continue
		case r >= 0x1f150 && r <= 0x1f169: // letters in black circles and squares
			part.kind, r = spacedLetter, 'a'+r-0x1f150
		case r >= 0x1f170 && r <= 0x1f189:
			part.kind, r = spacedLetter, 'a'+r-0x1f170
		case closed(r) || unicode.Is(unicode.So, r):
			part.kind = closeLetter
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
			part.kind, part.foreign = spacedLetter, !latin
		case unicode.IsNumber(r):
			part.kind = digitLetter
			if d, ok := digitOf(r); ok {
				r, part.or = d, digitAs[d-'0']
			}
		default:
			letters = addGap(letters, letter{r: r, from: l.from, to: l.to})
			continue
		}
		part.r = r
		letters = append(letters, part)
	}
	return letters
}

// dropped reports whether r is a mark that makes no other word: accents, but
// neither the vowels of Indian writings nor the voicing of kana.
func dropped(r rune) bool {
	if r < 0x300 || !unicode.Is(unicode.M, r) {
		return false
	}
	class := norm.NFKD.PropertiesString(string(r)).CCC()
	return unicode.Is(unicode.Me, r) || class != 0 && class != 8 && class != 9
}

// closed reports whether r belongs to a writing that has no spaces between
// words, or, as Korean does, puts endings to them.
func closed(r rune) bool {
	return ideograph(r) || r >= 0xe00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// digitOf returns the ASCII digit of another writing's digit.
func digitOf(r rune) (rune, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// Digits stand together in tens, each ten from a code that unicode.Nd knows
	// the beginning of.
	for _, table := range unicode.Nd.R16 {
		if r >= rune(table.Lo) && r <= rune(table.Hi) {
			return '0' + (r-rune(table.Lo))%10, true
		}
	}
	for _, table := range unicode.Nd.R32 {
		if r >= rune(table.Lo) && r <= rune(table.Hi) {
			return '0' + (r-rune(table.Lo))%10, true
		}
	}
	return 0, false
}

// What digits and punctuation are written for.
var (
	digitAs = [10]string{"o", "il", "z", "e", "a", "s", "g", "t", "b", "g"}
	softAs  = map[rune]string{'@': "a", '$': "s", '!': "il", '|': "il", '€': "e", '£': "l", '¢': "c", '¥': "y", '¡': "i"}
	// A capital can look like another letter than its small form does.
	capitalAs = map[rune]string{'Η': "h", 'Ν': "n", 'Υ': "y", 'Μ': "m", 'Ζ': "z"}
)

// looksLike maps a small letter to the Latin ones that it is taken for. Within
// one alphabet no two letters of today's become the same one, lest two words
// do.
var looksLike = likeTable(map[string]string{
	"a": "аαɑᴀꭺ⍺", "b": "вβʙƄᏼᖯ", "c": "сϲᴄⲥɔ", "d": "ԁđɖᴅꮷ", "e": "еεҽɛəᴇǝє", "f": "ƒϝꬵꜰ",
	"g": "ɡɢց", "h": "һнհʜħꮒ", "i": "іιɩɪӏıᎥ", "j": "јϳʝᴊյ", "k": "кκᴋ", "l": "ⅼłʟǀ", "m": "мϻᴍ",
	"n": "пηոռɴɲŋ", "o": "оοօøᴏѳөɵⲟ", "p": "рρᴘϱƿ", "q": "ԛգʠ", "r": "гᴦⲅꭇʀ", "s": "ѕꜱʂꮪƽ", "t": "тτᴛŧ",
	"u": "υսʋᴜ", "v": "ѵνᴠ", "w": "шωԝѡաᴡɯ", "x": "хχⲭ", "y": "уγүʏỿ", "z": "ᴢʐƶ",
	"ss": "ß", "ae": "æ", "oe": "œ", "th": "þ", "dh": "ð", "σ": "ς",
})

func likeTable(of map[string]string) map[rune]string {
	table := make(map[rune]string)
	for latin, others := range of {
		for _, r := range others {
			table[r] = latin
		}
	}
	return table
}

// umlauts are German letters as they are written where there is no key for
// them.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue")
