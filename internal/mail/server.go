package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// A server hands messages to a mail server, each over its own connection.
//
// The library's own client is not used for this: it looks at its context while
// connecting only, takes a failed good-bye after an accepted message for a
// failure, and puts the recipient into its errors.
type server struct {
	from           mail.Address
	host, port     string
	tls            bool // from the start
	user, password string
	roots          *x509.CertPool // nil for the system's
	whole          time.Duration  // limit for a message
	step           time.Duration  // limit for one answer
}

// Send hands m to the server.
func (s *server) Send(ctx context.Context, m Message) error {
	raw, to, err := m.render(s.from)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.whole)
	defer cancel()
	return s.session(ctx, m.To, func(c *session) error {
		c.SkipSMTPUTF8(ascii(to))
		if utf8, _ := c.Extension("SMTPUTF8"); !utf8 && !ascii(to) {
			return &Error{step: "recipient", permanent: true, text: "the server takes no address beyond ASCII"}
		}
		if err := c.run("sender", func() error { return c.Mail("<" + s.from.Address + ">") }); err != nil {
			return err
		}
		if err := c.run("recipient", func() error { return c.Rcpt("<" + to + ">") }); err != nil {
			return err
		}
		return c.run("text", func() error {
			w, err := c.Data()
			if err != nil {
				return err
			}
			if _, err := w.Write(raw); err != nil {
				return err
			}
			return w.Close()
		})
	})
}

func (s *server) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.whole)
	defer cancel()
	return s.session(ctx, "", func(*session) error { return nil })
}

// A session is a connection on which every step has its time.
type session struct {
	*smtp.Client
	ctx  context.Context
	conn net.Conn
	s    *server
	to   string
}

// session connects, makes sure of TLS, logs in, runs f and says good-bye.
func (s *server) session(ctx context.Context, to string, f func(*session) error) error {
	c := &session{ctx: ctx, s: s, to: to}
	config := &tls.Config{ServerName: s.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	err := c.run("connection", func() (err error) {
		dialCtx, cancel := context.WithTimeout(ctx, s.step)
		defer cancel()
		address := net.JoinHostPort(s.host, s.port)
		if s.tls {
			c.conn, err = (&tls.Dialer{Config: config}).DialContext(dialCtx, "tcp", address)
		} else {
			c.conn, err = new(net.Dialer).DialContext(dialCtx, "tcp", address)
		}
		return err
	})
	if err != nil {
		return err
	}
	defer c.conn.Close()
	// A read that waits ends with the context.
	defer context.AfterFunc(ctx, func() { c.conn.Close() })()

	err = c.run("greeting", func() (err error) {
		c.Client, err = smtp.NewClient(c.conn, s.host)
		return err
	})
	if err != nil {
		return err
	}
	if err := c.run("hello", func() error { return c.Hello(host(s.from.Address)) }); err != nil {
		return err
	}
	secure := s.tls
	if offered, _ := c.Extension("STARTTLS"); offered && !secure {
		if err := c.run("STARTTLS", func() error { return c.StartTLS(config) }); err != nil {
			return err
		}
		secure = true
	}
	if s.user != "" {
		if err := c.logIn(secure); err != nil {
			return err
		}
	}
	err = f(c)
	if answered := new(Error); err == nil || errors.As(err, &answered) && answered.code != 0 {
		// Whatever becomes of the good-bye changes nothing: an accepted
		// message is theirs.
		c.conn.SetDeadline(time.Now().Add(min(s.step, 2*time.Second)))
		_ = c.Quit()
	}
	return err
}

func (c *session) logIn(secure bool) error {
	if !secure && !loopback(c.conn) {
		return &Error{step: "log-in", text: "the server offers no TLS, and a password is not sent without"}
	}
	_, offered := c.Extension("AUTH")
	mechanisms := strings.Fields(strings.ToUpper(offered))
	auth := smtp.PlainAuth("", c.s.user, c.s.password, c.s.host, true)
	if !slices.Contains(mechanisms, "PLAIN") {
		if !slices.Contains(mechanisms, "LOGIN") {
			return &Error{step: "log-in", text: "the server offers neither PLAIN nor LOGIN"}
		}
		auth = smtp.LoginAuth(c.s.user, c.s.password, c.s.host, true)
	}
	return c.run("log-in", func() error { return c.Auth(auth) })
}

// run takes one step within its time, and says what failed without naming
// anybody.
func (c *session) run(step string, f func() error) error {
	if c.conn != nil {
		c.conn.SetDeadline(time.Now().Add(c.s.step)) // the context's end closes it
	}
	err := f()
	if err == nil {
		return nil
	}
	e := &Error{step: step, text: Clean(err.Error(), c.to), cause: err}
	var answer *textproto.Error
	var network net.Error
	switch {
	case errors.As(err, &answer):
		e.code = answer.Code
		e.permanent = answer.Code/100 == 5 && about(step, answer.Code)
	case c.ctx.Err() != nil:
		e.text, e.cause = "took too long or was stopped", c.ctx.Err()
	case errors.As(err, &network) && network.Timeout():
		e.text = "no answer in time"
	}
	return e
}

// about reports whether a refusal at that step is about the message, not about
// whether we may send at all.
func about(step string, code int) bool {
	switch code {
	case 530, 534, 535, 538: // log in first, or better
		return false
	}
	return step == "sender" || step == "recipient" || step == "text"
}
