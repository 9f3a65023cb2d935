package mail

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
)

// render returns the message as it goes over the wire, and whom it is to.
// Nothing that a member chose can start a header: whatever separates lines
// becomes a space, and what looks encoded is encoded once more.
func (m Message) render(from mail.Address) (raw []byte, to string, err error) {
	to, err = envelope(m.To)
	if err != nil {
		return nil, "", &Error{step: "address", permanent: true, text: errAddress.Error(), cause: err}
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&from)
	msg.ToMailAddress(&mail.Address{Address: to})
	msg.SetGenHeader(gomail.HeaderSubject, header(m.Subject))
	date := m.Date
	if date.IsZero() {
		date = time.Now()
	}
	msg.SetDateWithValue(date)
	msg.SetMessageIDWithValue(m.id() + "@" + host(from.Address))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's out-of-office answers
	if m.Unsubscribe != "" {
		u, err := url.Parse(m.Unsubscribe)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" ||
			!ascii(m.Unsubscribe) || strings.ContainsFunc(m.Unsubscribe, unfitURL) {
			return nil, "", &Error{step: "unsubscribe", permanent: true, text: "not a web address"}
		}
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, "", &Error{step: "message", permanent: true, text: "could not be written", cause: err}
	}
	return b.Bytes(), to, nil
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func (m Message) id() string {
	if plainID.MatchString(m.ID) {
		return m.ID
	}
	return strings.ToLower(rand.Text())
}

func host(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

func unfitURL(r rune) bool { return r <= ' ' || r == 0x7f || r == '<' || r == '>' || r == ',' }

// line makes one line of a text: all that is blank or invisible becomes a
// single space.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || separator(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func separator(r rune) bool { return r == 0x85 || r == 0x2028 || r == 0x2029 }

// header is line for a header of free text. The library encodes what is not
// ASCII; what is ASCII but would be read as an encoded word is encoded here.
func header(s string) string {
	s = line(s)
	if !strings.Contains(s, "=?") || !ascii(s) {
		return s
	}
	var words []string
	for s != "" {
		n := min(len(s), 45) // 60 in base64, at most 75 with what is around
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, " ")
}

// An Error is why a message was not taken. Its words name no address.
type Error struct {
	step      string // what was being done, such as "recipient"
	code      int    // the server's, or 0
	text      string
	permanent bool
	cause     error
}

func (e *Error) Error() string { return e.step + ": " + e.text }

// Unwrap returns what lies below, whose words may name an address.
func (e *Error) Unwrap() error { return e.cause }

// IsPermanent reports whether trying the same message again is useless: the
// server said so (5xx) of the sender, the recipient or the text, or there is
// no such address. A server that refuses us as a whole, say for a wrong
// password, is no fault of the message.
func IsPermanent(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.permanent
}

var (
	anAddress = regexp.MustCompile(`[^\s<>()"',:;\[\]]*@[^\s<>()"',:;\]]*`)
	aLink     = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://\S+`)
)

// Clean makes words about a failure fit to be logged and shown: one line,
// without links and addresses, and without the one given or its part before
// the @.
func Clean(words, address string) string {
	words = line(words)
	words = aLink.ReplaceAllString(words, "(link)")
	words = anAddress.ReplaceAllString(words, "(address)")
	if at := strings.LastIndexByte(address, '@'); at >= 3 {
		local := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(address[:at]))
		words = local.ReplaceAllString(words, "(address)")
	}
	if runes := []rune(words); len(runes) > 200 {
		words = string(runes[:199]) + "…"
	}
	return words
}
