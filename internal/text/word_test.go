package text

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestFinder(t *testing.T) {
	for _, tt := range []struct {
		word, in string
		want     string // what is found of it, or "" for nothing
	}{
		// Whole words only.
		{"spam", "No spam here", "spam"},
		{"spam", "spam", "spam"},
		{"spam", "Spam's", "Spam"},
		{"spam", "spammer", ""},
		{"spam", "antispam", ""},
		{"cunt", "Scunthorpe United", ""},
		{"sex", "Essex and Middlesex, unisex", ""},
		{"ass", "A classic assessment, passed", ""},
		{"tit", "The title of the petition", ""},
		{"rape", "grapes, drapes and rapeseed", ""},
		{"buy now", "Buy  now!", "Buy  now"},
		{"buy now", "buy, now", "buy, now"},
		{"buy now", "buy\nnow", "buy\nnow"},
		{"buy now", "buynow", ""},
		{"buy now", "buy nowhere", ""},
		{"buy now", "I want to buy. Nowadays", ""},
		{" spam! ", "spam", "spam"},
		// Case and accents.
		{"spam", "SPAM", "SPAM"},
		{"spam", "späm", "späm"},
		{"spam", "s\u0301p\u0323am\u0301\u0302", "s\u0301p\u0323am\u0301\u0302"},
		{"spam", "s\u0336p\u0336a\u0336m\u0336", "s\u0336p\u0336a\u0336m\u0336"},
		{"élève", "ELEVE", "ELEVE"},
		{"eleve", "Élève", "Élève"},
		{"scheiße", "SCHEISSE", "SCHEISSE"},
		{"scheisse", "Scheiße", "Scheiße"},
		{"scheiße", "SCHEIẞE", "SCHEIẞE"},
		{"müll", "Muell", "Muell"},
		{"müll", "MULL", "MULL"},
		{"sıkıcı", "SIKICI", "SIKICI"},
		{"sikici", "sıkıcı", "sıkıcı"},
		{"istanbul", "İSTANBUL", "İSTANBUL"},
		{"coeur", "CŒUR", "CŒUR"},
		{"smørrebrød", "smorrebrod", "smorrebrod"},
		{"piñata", "pinata", "pinata"},
		{"łódź", "lodz", "lodz"},
		// What cannot be seen.
		{"spam", "s\u200bp\u200ca\u200dm", "s\u200bp\u200ca\u200dm"},
		{"spam", "sp\u00adam", "sp\u00adam"},
		{"spam", "s\u2060p\ufeffam", "s\u2060p\ufeffam"},
		{"spam", "\u202espam\u202c", "spam\u202c"},
		{"spam", "sp\u200eam \u200f", "sp\u200eam"},
		{"spam", "s\u2066pam", "s\u2066pam"},
		{"spam", "s\U000e0041pam", "s\U000e0041pam"},
		// Other alphabets.
		{"spam", "ѕрам", "ѕрам"},
		{"spam", "spаm", "spаm"},
		{"spam", "The SΡAΜ is here", "SΡAΜ"},
		{"spam", "ｓｐａｍ", "ｓｐａｍ"},
		{"spam", "𝓈𝓅𝒶𝓂 𝕤", "𝓈𝓅𝒶𝓂"},
		{"spam", "𝐒𝐏𝐀𝐌", "𝐒𝐏𝐀𝐌"},
		{"spam", "ⓢⓟⓐⓜ", "ⓢⓟⓐⓜ"},
		{"spam", "🅢🅟🅐🅜", "🅢🅟🅐🅜"},
		{"spam", "ꜱᴘᴀᴍ", "ꜱᴘᴀᴍ"},
		{"hate", "ΗΑΤΕ", "ΗΑΤΕ"},
		{"hate", "НАТЕ speech", "НАТЕ"},
		// Digits and signs.
		{"spam", "5p4m", "5p4m"},
		{"spam", "$p@m", "$p@m"},
		{"spam", "50 $pam", "$pam"},
		{"shit", "sh1t sh!t", "sh1t sh!t"},
		{"kill", "kiII k1ll", "kiII k1ll"},
		{"boobs", "b00b5", "b00b5"},
		{"wow", "wow!great", "wow"},
		{"great", "wow!great", "great"},
		{"lol", "101 and 110", ""},
		{"il", "Wow!! 11", ""},
		{"88", "in 88 ways", "88"},
		{"88", "1988", ""},
		{"1488", "١٤٨٨", "١٤٨٨"},
		// Lookalikes that are words of their own.
		{"ball", "They bail him out", ""},
		{"fall", "a fail", ""},
		{"bum", "burn it", ""},
		{"vv", "w", ""},
		// Spelled out and drawn out.
		{"spam", "s p a m", "s p a m"},
		{"spam", "it is s.p.a.m.!", "s.p.a.m"},
		{"spam", "S-P-A-M", "S-P-A-M"},
		{"spam", "s * p * a * m", "s * p * a * m"},
		{"spam", "a s p @ m", "s p @ m"},
		{"spam", "s\np\na\nm", ""},
		{"ball", "vitamins a, b and all", ""},
		{"was", "J. W. A. Smith", ""},
		{"spam", "spaaaaam", "spaaaaam"},
		{"spam", "sssspammmm", "sssspammmm"},
		{"god", "good", ""},
		{"god", "gooood", "gooood"},
		{"good", "gooood", "gooood"},
		{"as", "aaas", ""},
		{"schifffahrt", "Schifffahrt", "Schifffahrt"},
		// Other writings.
		{"垃圾", "这是垃圾邮件", "垃圾"},
		{"スパム", "このスパムは", "スパム"},
		{"スパム", "ｽﾊﾟﾑ", "ｽﾊﾟﾑ"},
		{"か", "が", ""},
		{"스팸", "스팸을 보내", "스팸"},
		{"가", "각", ""},
		{"ขยะ", "นี่คือขยะจริง", "ขยะ"},
		{"мусор", "Это МУСОР.", "МУСОР"},
		{"мусор", "мусорный", ""},
		{"ёлка", "елка", "елка"},
		{"мой", "мои", ""},
		{"σκουπίδια", "ΣΚΟΥΠΙΔΙΑ", "ΣΚΟΥΠΙΔΙΑ"},
		{"σκουπίδι", "Το σκουπιδι εδώ", "σκουπιδι"},
		{"cop", "Это просто сор из избы", ""}, // a word of its own in a Russian text
		{"cop", "That сор again", "сор"},
		{"spam", "Вот такой sраm пришёл", "sраm"},
		{"زبالة", "هذه زُبالة هنا", "زُبالة"},
		{"कचरा", "यह कचरा है", "कचरा"},
		{"कचरा", "कचरे", ""},
		{"🖕", "so 🖕🏽 there", "🖕🏽"},
		{"垃圾", "Это 垃圾 тут", "垃圾"},
		{"!!!", "wow!!!", ""},
		{"", "anything", ""},
	} {
		var got []string
		for _, hit := range NewFinder([]string{"zzzz", tt.word}).Find(tt.in) {
			if hit.Word != 1 {
				t.Errorf("%q in %q: word %d", tt.word, tt.in, hit.Word)
			}
			got = append(got, tt.in[hit.From:hit.To])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q in %q: found %q, want %q", tt.word, tt.in, got, tt.want)
		}
	}
}

func TestFinderMany(t *testing.T) {
	f := NewFinder([]string{"buy", "buy now", "now", "BUY", "ähm"})
	got := f.Find("Buy now, buy. Now and ÄHM and aehm")
	want := []Found{{1, 0, 12 - 5}, {1, 9, 17}, {4, 22, 26}, {4, 31, 35}}
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	if got := NewFinder(nil).Find("x"); got != nil {
		t.Errorf("no words: %v", got)
	}
	long := NewFinder([]string{strings.Repeat("ab", WordMax)})
	if got := long.Find(strings.Repeat("ab", WordMax)); len(got) != 0 {
		t.Errorf("a word beyond WordMax: %v", got)
	}
}

// Ordinary sentences are not held for words that only stand inside others.
func TestFinderPasses(t *testing.T) {
	words := []string{"cunt", "sex", "tit", "ass", "arse", "cock", "dick", "rape", "hell", "anal", "cum", "nob", "poo", "wank", "shit", "slut", "prick"}
	for _, s := range []string{
		"Scunthorpe, Essex, Sussex, Penistone, Lightwater, Clitheroe, Arsenal and Cockermouth",
		"Charles Dickens read the classics; the analysis of documents circumvents a snob's noble passage.",
		"A shell, a hello, Nobel's therapeutic grapes, shiitake and matsushita, a Swank hotel.",
		"He was born in 1955 (55 or 58?), on the 8th; A to Z, a 5-4 win, 100 % of $5, 3 x 4 = 12!",
		"I am at A, B, C and D. J. R. R. Tolkien; U.S.A., e.g. and i.e. p.m. or a.m., N.A.T.O.",
		"www.example.org/essex?a=1&b=2 and joe.bloggs@essex.example",
	} {
		for _, hit := range NewFinder(words).Find(s) {
			t.Errorf("%q: found %q for %q", s, s[hit.From:hit.To], words[hit.Word])
		}
	}
}

// The worst texts of the length that is judged take a moment.
func TestFinderCost(t *testing.T) {
	words := []string{"垃圾"}
	for i := range 2000 {
		words = append(words, "word"+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)), strings.Repeat("i", i%90+2))
	}
	f := NewFinder(words)
	for _, unit := range []string{"1", "!", "i", "l!1|", "1 ", "! ", "i i ", "iii ", "iii! ", "wo", "垃", "e\u0301", "ﷺ", "\u200b", "a.b.", "🅰"} {
		start := time.Now()
		f.Find(strings.Repeat(unit, 20000/len(unit)))
		// A moment even with the race detector on a busy machine; without the
		// bounds it would be minutes.
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q: %v", unit, took)
		} else {
			t.Logf("%q: %v", unit, took)
		}
	}
}

func FuzzFinder(f *testing.F) {
	for _, s := range []string{"spam", "s p a m", "ｽﾊﾟﾑ垃圾", "e\u0301\u200b", "\xff\xfe", "1!|$", "ﷺ ㏒ ẛ̣"} {
		f.Add(s, "x "+s+" y")
	}
	f.Fuzz(func(t *testing.T, word, s string) {
		finder := NewFinder([]string{word, "spam"})
		end := 0
		for _, hit := range finder.Find(s) {
			if hit.From < end || hit.To <= hit.From || hit.To > len(s) || hit.Word > 1 {
				t.Fatalf("%q in %q: %+v", word, s, hit)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[hit.From:hit.To]) {
				t.Fatalf("%q in %q: half a character: %+v", word, s, hit)
			}
			end = hit.To
		}
		// Standing alone, in whatever case, a word is found.
		if utf8.ValidString(word) && Length(word) < WordMax/20 && len(finder.words) == 2 && !mostlyForeign(foldLetters(word)) {
			if len(finder.Find(word)) == 0 && len(finder.Find("x "+word+" y")) == 0 {
				t.Fatalf("%q is not found in itself", word)
			}
		}
	})
}
