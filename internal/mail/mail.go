// Package mail turns a message into the bytes of RFC 5322 and hands it to a
// mail server, or puts it into a folder. It knows neither members nor the
// store, keeps nothing, and tries once; patience is its caller's.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// A Message is one mail to one person.
type Message struct {
	To      string // a bare address
	Subject string
	Text    string
	HTML    string // the same as HTML, or ""
	// Unsubscribe is the address for one click (RFC 8058), or "" for mail
	// that cannot be declined.
	Unsubscribe string
	// ID is the part of the Message-ID before the host, the same each time a
	// message is tried, by which mail programs tell a copy; "" makes one up.
	ID   string
	Date time.Time // zero for now
}

// From is who all messages are from.
type From struct {
	Name    string // the site's
	Address string
}

// A Sender hands messages over. Send returns nil once somebody else answers
// for the message. Its errors hold no address and nothing of what the message
// says. It ends soon after ctx does.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Open returns the sender that an address names:
//
//	smtp://user:pass@host:port   STARTTLS whenever the server offers it
//	smtps://user:pass@host:port  TLS from the start
//	dir:PATH                     one .eml file a message
//
// User and password may be left out. They are sent without TLS to this machine
// only. Open connects to nothing and makes no folder. Its errors do not repeat
// the address, which may hold a password.
func Open(address string, from From) (Sender, error) {
	sender, err := from.check()
	if err != nil {
		return nil, err
	}
	if path, ok := strings.CutPrefix(address, "dir:"); ok {
		if path == "" {
			return nil, errors.New("mail: dir: needs the path of a folder")
		}
		return &folder{path: path, from: sender}, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("mail: want dir:PATH, smtp://user:pass@host:port or smtps://…")
	}
	if u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("mail: %s:// needs a host and has no path; special signs in a password are written %%40 for @, %%3A for :, %%2F for /", u.Scheme)
	}
	s := &server{
		from: sender, host: u.Hostname(), port: u.Port(), tls: u.Scheme == "smtps",
		whole: time.Minute, step: 30 * time.Second,
	}
	if s.port == "" {
		s.port = map[bool]string{false: "587", true: "465"}[s.tls]
	}
	if u.User != nil {
		s.user = u.User.Username()
		s.password, _ = u.User.Password()
		if s.user == "" || s.password == "" {
			return nil, errors.New("mail: a user needs a password and a password a user")
		}
	}
	return s, nil
}

// Check reports whether a sender could send now: whether the folder can be
// written or the server answers and takes the password.
func Check(ctx context.Context, s Sender) error {
	if s, ok := s.(interface{ check(context.Context) error }); ok {
		return s.check(ctx)
	}
	return nil
}

// check returns who messages are from, as headers and servers want it.
func (f From) check() (mail.Address, error) {
	address, err := envelope(f.Address)
	if err != nil {
		return mail.Address{}, fmt.Errorf("mail: the sender's address: %w", err)
	}
	if !ascii(address) {
		return mail.Address{}, errors.New("mail: the sender's address must be ASCII before the @")
	}
	return mail.Address{Name: line(strings.ReplaceAll(f.Name, "=?", "= ?")), Address: address}, nil
}

var errAddress = errors.New("not an address that mail can be sent to")

// envelope returns an address as servers want it: without name or comment,
// with the host in ASCII.
func envelope(address string) (string, error) {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || strings.ContainsFunc(address, unfit) ||
		strings.Contains(address, "=?") { // some programs would decode it
		return "", errAddress
	}
	at := strings.LastIndexByte(address, '@')
	local, host := address[:at], address[at+1:]
	if len(address) > 254 || len(local) > 64 {
		return "", errAddress
	}
	if !ascii(host) {
		if host, err = idna.Lookup.ToASCII(host); err != nil {
			return "", errAddress
		}
	}
	if !hostname.MatchString(host) {
		return "", errAddress
	}
	return local + "@" + host, nil
}

var hostname = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$`)

// unfit are signs that no address may hold, be it by the letter of a standard:
// they could end a line or an address.
func unfit(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune(`<>",;:\()`, r) || separator(r)
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7e })
}

// loopback reports whether a connection leads to this machine.
func loopback(conn net.Conn) bool {
	host, _, err := net.SplitHostPort(conn.RemoteAddr().String())
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}

// writable reports whether a folder, made if need be, takes files.
func writable(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	probe, err := os.CreateTemp(path, ".probe-*")
	if err != nil {
		return err
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}
