package text

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a\r\nb\rc\td", "a\nb\nc\td"},
		{"e\u0301", "é"},
		{"a\x07\x1bb\u0085", "ab"},
		{"a" + strings.Repeat("\u0323", 20), "ạ" + strings.Repeat("\u0323", 7)},
	} {
		if got, err := Clean(tt.in); got != tt.want || err != nil {
			t.Errorf("Clean(%q) = %q, %v, want %q", tt.in, got, err, tt.want)
		}
	}
	if _, err := Clean("a\xff"); !errors.Is(err, ErrUTF8) {
		t.Errorf("invalid UTF-8: %v", err)
	}
	if _, err := Clean("a\x00"); !errors.Is(err, ErrNUL) {
		t.Errorf("NUL: %v", err)
	}
}

func TestCleanName(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{" a\n\u00a0 \u3000b\t", "a b"},
		{"a\u202eb\u200bc\u00add\ufeffe\u2066f\U000e0041", "abcdef"},
		{"a\u200db", "ab"},
		{"👩\u200d🚒 👩🏽\u200d🚀 ❤\ufe0f", "👩\u200d🚒 👩🏽\u200d🚀 ❤\ufe0f"},
		{"\u200d\u3164\u2800", ""},
	} {
		if got, err := CleanName(tt.in); got != tt.want || err != nil {
			t.Errorf("CleanName(%q) = %q, %v, want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestLength(t *testing.T) {
	for in, want := range map[string]int{"": 0, "abc": 3, "é": 1, "e\u0301": 1, "👩\u200d👩\u200d👧": 1, "🇫🇷🇩🇪": 2, "\r\n": 1} {
		if got := Length(in); got != want {
			t.Errorf("Length(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Admin", "ADMIN", "аdmіn", "Αdmin", "a d m i n", "Adm1n", "ａｄｍｉｎ", "Ádmín", "Ad\u200bmin", "A.d-m_i'n", "AdmIn", "Admln"},
		{"Moose", "M00se", "Мооѕе"},
		{"Straße", "STRASSE"},
	} {
		for _, s := range same {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q", s, Fold(s), same[0], Fold(same[0]))
			}
		}
	}
	for _, s := range []string{"!!!", "🎉", "山田", "محمد"} {
		if Fold(s) == "" {
			t.Errorf("Fold(%q) is empty", s)
		}
	}
	if Fold("!!!") == Fold("???") || Fold("Ada 2") == Fold("Ada 6") {
		t.Error("different names have one key")
	}
}

func TestEmail(t *testing.T) {
	if got := FoldEmail(" Ada@Example.ORG "); got != "ada@example.org" {
		t.Errorf("FoldEmail = %q", got)
	}
	for in, want := range map[string]bool{
		"a@b": true, "a.b+c@d-e.example": true, "a": false, "@b": false, "a@": false, "a@b@c": false, "a b@c": false,
		"a@-b": false, "a@b..c": false, "a@b\r\nc": false, "é@b": false, strings.Repeat("a", 64) + "@b": true,
		"a@" + strings.Repeat("b.", 130) + "c": false, "a@b.": false, "\"a\"@b": false, "a@[1.2.3.4]": false,
	} {
		if got := ValidEmail(in); got != want {
			t.Errorf("ValidEmail(%q) = %v", in, got)
		}
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Don't panic: É & ü!":           "dont-panic-e-and-u",
		"__a__b__":                      "a-b",
		"Привет, мир":                   "privet-mir",
		strings.Repeat("word ", 40):     strings.TrimSuffix(strings.Repeat("word-", 16), "-"),
		strings.Repeat("unbroken", 100): strings.Repeat("unbroken", 10),
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
	if a, b := Slug("🎉"), Slug("🎈"); len(a) != 8 || a == b || !strings.HasPrefix(a, "n-") {
		t.Errorf("Slug of emoji = %q, %q", a, b)
	}
}

func TestExcerpt(t *testing.T) {
	md := "# Head\n\n> A **bold** [link](https://a.example/b_(c)) and `code`\n\n- item &amp; ![x](y)\\*\n\n```\nx\n```\n"
	if got, want := Excerpt(md, 200), "Head A bold link and code item & * x"; got != want {
		t.Errorf("Excerpt = %q, want %q", got, want)
	}
	if got, want := Excerpt("one two three, four", 15), "one two three…"; got != want {
		t.Errorf("Excerpt = %q, want %q", got, want)
	}
	if got, want := Excerpt("日本語の文章", 4), "日本語…"; got != want {
		t.Errorf("Excerpt = %q, want %q", got, want)
	}
	if got := Inline("snake_case 5 * 3 _em_ a\\_b"); got != "snake_case 5 * 3 em a_b" {
		t.Errorf("Inline = %q", got)
	}
}

func TestReadingMinutes(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
	}{{"", 1}, {strings.Repeat("word ", 690), 3}, {strings.Repeat("字", 2000), 4}} {
		if got := ReadingMinutes(tt.in); got != tt.want {
			t.Errorf("ReadingMinutes = %d, want %d", got, tt.want)
		}
	}
}

func TestNaughty(t *testing.T) {
	b, err := os.ReadFile("../../../shared/data/text/blns.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared strings are not here")
	}
	var list []string
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		checkText(t, s)
	}
}

// checkText holds for every string.
func checkText(t *testing.T, s string) {
	t.Helper()
	clean, err := Clean(s)
	if err != nil {
		if utf8.ValidString(s) && !strings.Contains(s, "\x00") {
			t.Errorf("Clean(%q): %v", s, err)
		}
	} else {
		if again, err := Clean(clean); again != clean || err != nil || !norm.NFC.IsNormalString(clean) {
			t.Errorf("Clean(%q) = %q, then %q", s, clean, again)
		}
		name, err := CleanName(s)
		if again, _ := CleanName(name); err != nil || again != name || strings.ContainsFunc(name, Bidi) {
			t.Errorf("CleanName(%q) = %q, then %q", s, name, again)
		}
	}
	if key := Fold(s); Fold(key) != key || !utf8.ValidString(key) {
		t.Errorf("Fold(%q) = %q, then %q", s, key, Fold(key))
	}
	slug := Slug(s)
	if slug == "" || len(slug) > SlugMax || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.Trim(slug, "-") != slug {
		t.Errorf("Slug(%q) = %q", s, slug)
	}
	if e := Excerpt(s, 20); Length(e) > 20 || strings.Contains(e, "\n") {
		t.Errorf("Excerpt(%q) = %q", s, e)
	}
	if ReadingMinutes(s) < 1 {
		t.Errorf("ReadingMinutes(%q)", s)
	}
}

func FuzzText(f *testing.F) {
	f.Add("a\u0344\u0344 é ﷺ I\u0307 ǅ")
	f.Add("![a](b) [c](d(e)f) **g** &amp; <h>")
	f.Fuzz(checkText)
}
