package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns the key by which display names are compared: two names with the
// same key look alike. Compatibility forms, case, accents, white space and
// punctuation are gone, and look-alike letters of other alphabets and digits
// are mapped to one Latin letter. The key is for comparison only, never shown.
// It is empty only when the name is, folding it again changes nothing, and
// names of punctuation alone keep theirs.
func Fold(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	// A mapped letter can complete a pair, and a folded one can be mapped.
	for range 8 {
		next := foldOnce(s)
		if next == "" {
			next = strings.ToValidUTF8(norm.NFKC.String(foldSpace(s)), "\ufffd")
		}
		if next == s {
			break
		}
		s = next
	}
	return s
}

func foldOnce(s string) string {
	s = norm.NFKD.String(cases.Fold().String(norm.NFKD.String(s)))
	var b strings.Builder
	for _, r := range s {
		if l, ok := lookalikes[r]; ok {
			b.WriteString(l)
			continue
		}
		if invisible(r) || unicode.In(r, unicode.M, unicode.P, unicode.Z, unicode.C) || unicode.IsSpace(r) ||
			r == '`' || r == '^' || r == '¯' || r == '~' || r == '+' || r == '=' {
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(pairs.Replace(b.String()))
}

// pairs are two letters that together look like one.
var pairs = strings.NewReplacer("rn", "m", "vv", "w")

// lookalikes maps a folded character to the Latin letter that it is taken for.
// The digits stay different from each other; "i" and "l" become one letter,
// for a capital I and a small l are the same stroke.
var lookalikes = lookalikeTable(map[string]string{
	"a": "аαɑ4@ａ⍺ᴀꭺ",
	"b": "ЬьвʙßβƄᏼ8ᖯ",
	"c": "сϲᴄⲥᏟ",
	"d": "ԁᏧɖđᴅ",
	"e": "еєεҽ3ɛəᴇ€ǝ",
	"f": "ƒϝꬵғꜰ",
	"g": "ɡᶃɢգ",
	"h": "һнհᏂʜħ",
	"j": "јϳʝᴊյ",
	"k": "кκᴋҡқ",
	"l": "i1|ıіӏιɩɪⅼłʟǀ∣׀!ΙӀ",
	"m": "мϻᴍ",
	"n": "пηոռղɴ",
	"o": "оοσօ0øѳөɵᴏฺօ๐໐०০੦૦०٥۵ѲⲟⲞ",
	"p": "рρƿᴘϱ",
	"q": "ԛգʠզ",
	"r": "гᴦⲅꭇʀя",
	"s": "ѕꜱʂ5$ꮪƽ",
	"t": "тτᴛŧ7",
	"u": "υսцʋᴜџ",
	"v": "ѵνᴠѴ",
	"w": "ωшщԝѡաᴡ",
	"x": "хχ×ⲭ",
	"y": "уγүʏყϒў",
	"z": "ᴢʐƶ",
})

func lookalikeTable(of map[string]string) map[rune]string {
	table := map[rune]string{'æ': "ae", 'œ': "oe", 'þ': "p", 'ð': "d"}
	for latin, others := range of {
		for _, r := range others {
			if unicode.Is(unicode.M, r) || strings.ContainsRune(latin, r) {
				continue
			}
			table[r] = latin
		}
	}
	return table
}

// FoldEmail returns the key by which e-mail addresses are compared.
func FoldEmail(s string) string {
	return strings.TrimSpace(strings.ToLower(norm.NFKC.String(strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd")))))
}

// emailMax is in octets (RFC 5321, section 4.5.3.1.3, less the brackets).
const emailMax = 254

// ValidEmail reports whether s has the form that browsers accept in an e-mail
// field, with a local part of at most 64 octets and 254 octets in all.
func ValidEmail(s string) bool {
	local, domain, found := strings.Cut(s, "@")
	if !found || len(s) > emailMax || local == "" || len(local) > 64 {
		return false
	}
	for i := range len(local) {
		if c := local[i]; !alphanumeric(c) && !strings.ContainsRune(".!#$%&'*+/=?^_`{|}~-", rune(c)) {
			return false
		}
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if c := label[i]; !alphanumeric(c) && c != '-' {
				return false
			}
		}
	}
	return true
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
