package factor

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"broadsheet/internal/news"
)

// alphabet has 32 signs, none of which is mistaken for another: no l, o, 0, 1.
const alphabet = "23456789abcdefghijkmnpqrstuvwxyz"

const recoveryLength = 16 // signs of 5 bits each: 80 bits

// RecoveryCodes returns a new set, as the member is to write them down, with
// what is kept of them.
func RecoveryCodes() (codes []string, hashes [][]byte) {
	for range news.RecoveryCodes {
		b := make([]byte, recoveryLength)
		rand.Read(b) // never fails: crypto/rand ends the program rather than return weak bytes
		for i := range b {
			b[i] = alphabet[b[i]%32] // 256 is a multiple of 32: no sign is likelier
		}
		codes = append(codes, Groups(string(b)))
		hashes = append(hashes, hashCode(string(b)))
	}
	return codes, hashes
}

// hashCode is what is kept of a recovery code. A plain hash will do: nobody
// tries 80 random bits.
func hashCode(code string) []byte {
	sum := sha256.Sum256([]byte("recovery\x00" + code))
	return sum[:]
}

// Groups sets a space after every four signs, for reading and for copying by
// hand.
func Groups(code string) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A Code is what somebody typed into the field for a code.
type Code struct {
	TOTP     string // six digits, or ""
	Recovery []byte // the hash of a recovery code, or nil
}

// ReadCode tells what kind of code was typed, however it was grouped. Neither
// kind: it is none.
func ReadCode(typed string) Code {
	if len(typed) > 200 {
		return Code{}
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r >= '０' && r <= '９': // as keyboards for Chinese and Japanese write digits
			return r - '０' + '0'
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'z':
			return r
		case r == ' ' || r == '-' || r == '\u00a0' || r == '\u2009' || r == '\u2011' || r == '\u3000' || r == '\t':
			return -1
		}
		return '?'
	}, typed)
	switch {
	case len(plain) == digits && strings.Trim(plain, "0123456789") == "":
		return Code{TOTP: plain}
	case len(plain) == recoveryLength && strings.Trim(plain, alphabet) == "":
		return Code{Recovery: hashCode(plain)}
	}
	return Code{}
}
