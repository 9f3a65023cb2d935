package text

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/gosimple/slug"
)

// SlugMax is the length of the longest slug in bytes.
const SlugMax = 80

// Slug returns an ASCII slug of lower-case letters, digits and single hyphens,
// of at most SlugMax bytes and cut between words where it can be. It is never
// empty: text without anything readable gives a short hash such as "n-1a2b3c".
func Slug(s string) string {
	in := s
	// Much more than the slug can hold only costs time.
	if len(in) > 16*SlugMax {
		in = strings.ToValidUTF8(in[:16*SlugMax], "")
	}
	in = apostrophes.Replace(in)
	out := slug.Make(strings.ToValidUTF8(in, " "))
	out = strings.Trim(strings.ReplaceAll(out, "_", "-"), "-")
	for strings.Contains(out, "--") {
		out = strings.ReplaceAll(out, "--", "-")
	}
	if len(out) > SlugMax {
		cut := strings.LastIndexByte(out[:SlugMax+1], '-')
		if cut < SlugMax/2 {
			cut = SlugMax
		}
		out = strings.Trim(out[:cut], "-")
	}
	if out == "" || !utf8.ValidString(out) {
		sum := sha256.Sum256([]byte(s))
		return "n-" + hex.EncodeToString(sum[:3])
	}
	return out
}

// apostrophes join what they stand between, so that "don't" stays one word.
var apostrophes = strings.NewReplacer("'", "", "’", "", "ʼ", "", "&", " and ", "@", " at ")
