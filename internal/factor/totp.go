package factor

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// What every authenticator app takes for granted (RFC 6238, RFC 4226).
const (
	period = 30 // seconds
	digits = 6
	drift  = 1 // steps that a clock may be wrong by, to either side
)

// NewSecret returns the secret of a new code generator: 160 bits, as RFC 4226
// recommends, in base32.
func NewSecret() string {
	b := make([]byte, 20)
	rand.Read(b) // never fails: crypto/rand ends the program rather than return weak bytes
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// Step returns the time step a code belongs to, and whether it belongs to one
// that counts at that time: the present one, and one to either side for clocks
// that are wrong. The store burns the step, so that the code works once.
func Step(secret, code string, at time.Time) (step int64, ok bool) {
	now := at.Unix() / period
	for s := now - drift; s <= now+drift; s++ {
		if s < 0 {
			continue
		}
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: digits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(want)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}

// KeyURL is the address that apps read a secret from (otpauth scheme).
func KeyURL(issuer, account, secret string) string {
	issuer = strings.ReplaceAll(issuer, ":", " ") // it separates the two in the label
	return fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d",
		escape(issuer), escape(account), secret, escape(issuer), digits, period)
}

// escape is for either side of the question mark: some apps do not read + as
// a space.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// The size of a drawn code: points of a module, and modules of white around,
// which scanners need (ISO/IEC 18004).
const (
	moduleSize = 6
	quietZone  = 4
)

// QR draws a text as a QR code, in PNG.
func QR(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("qr code: %w", err)
	}
	modules := code.Bounds().Dx()
	side := (modules + 2*quietZone) * moduleSize
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range modules * moduleSize {
		for x := range modules * moduleSize {
			if level, _, _, _ := code.At(x/moduleSize, y/moduleSize).RGBA(); level == 0 {
				picture.SetColorIndex(x+quietZone*moduleSize, y+quietZone*moduleSize, 1)
			}
		}
	}
	var b bytes.Buffer
	err = png.Encode(&b, picture)
	return b.Bytes(), err
}
