package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// An inbox is a mail server that keeps what it is given.
type inbox struct {
	mail, rcpt, data error
	login            bool // ask for user and password

	mu     sync.Mutex
	user   string // who logged in
	secure bool
	from   string
	to     []string
	got    []string
}

func (b *inbox) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, secure := c.TLSConnectionState()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.secure = secure
	if b.login {
		return &keyedVisit{visit{b}}, nil
	}
	return &visit{b}, nil
}

type visit struct{ b *inbox }

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }
func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	v.b.from = from
	return v.b.mail
}
func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.b.mu.Lock()
	defer v.b.mu.Unlock()
	v.b.to = append(v.b.to, to)
	return v.b.rcpt
}
func (v *visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.b.mu.Lock()
	defer v.b.mu.Unlock()
	if v.b.data == nil {
		v.b.got = append(v.b.got, string(raw))
	}
	return v.b.data
}

type keyedVisit struct{ visit }

func (v *keyedVisit) AuthMechanisms() []string { return []string{sasl.Plain} }
func (v *keyedVisit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "p@ss" {
			return smtp.ErrAuthFailed
		}
		v.b.user = user
		return nil
	}), nil
}

// listen starts a server on this machine and returns its address.
func (b *inbox) listen(t *testing.T, config *tls.Config, atOnce bool) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(b)
	s.Domain, s.AllowInsecureAuth, s.TLSConfig, s.ErrorLog = "localhost", true, config, log.New(io.Discard, "", 0)
	address := l.Addr().String()
	if atOnce {
		l = tls.NewListener(l, config)
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return address
}

func open(t *testing.T, address string) *server {
	t.Helper()
	s, err := Open(address, site)
	if err != nil {
		t.Fatal(err)
	}
	return s.(*server)
}

var hello = Message{To: "ann@example.org", Subject: "Grüße", Text: "Guten Tag\n.\nEnde"}

func TestServer(t *testing.T) {
	b := new(inbox)
	s := open(t, "smtp://"+b.listen(t, nil, false))
	if err := Check(t.Context(), s); err != nil {
		t.Error(err)
	}
	if err := s.Send(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	if len(b.got) != 1 || b.from != site.Address || len(b.to) != 1 || b.to[0] != hello.To || b.secure {
		t.Fatalf("%+v", b)
	}
	if p := parse(t, []byte(b.got[0])); p.subject(t) != "Grüße" || strings.TrimSpace(p.text) != hello.Text {
		t.Errorf("%q, %q", p.Header, p.text)
	}
	if err := s.Send(t.Context(), Message{To: "änn@example.org", Subject: "x", Text: "x"}); !IsPermanent(err) {
		t.Errorf("an address that this server cannot have: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	refuse := func(code int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "ann@example.org: no; see https://x.example/ann"}
	}
	for name, test := range map[string]struct {
		b         *inbox
		permanent bool
	}{
		"sender 5xx":    {&inbox{mail: refuse(553)}, true},
		"log in first":  {&inbox{mail: refuse(530)}, false},
		"recipient 5xx": {&inbox{rcpt: refuse(550)}, true},
		"recipient 4xx": {&inbox{rcpt: refuse(450)}, false},
		"text 5xx":      {&inbox{data: refuse(554)}, true},
		"text 4xx":      {&inbox{data: refuse(451)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "smtp://"+test.b.listen(t, nil, false))
			err := s.Send(t.Context(), hello)
			if err == nil || IsPermanent(err) != test.permanent {
				t.Errorf("permanent %v: %v", IsPermanent(err), err)
			}
			if err != nil && (strings.Contains(err.Error(), "example") || !strings.Contains(err.Error(), "no;")) {
				t.Errorf("the words are %q", err)
			}
		})
	}
}

// certificate makes one for 127.0.0.1 and those who trust it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}

func TestTLS(t *testing.T) {
	config, trusted := certificate(t)
	for _, scheme := range []string{"smtp", "smtps"} {
		t.Run(scheme, func(t *testing.T) {
			b := &inbox{login: true}
			s := open(t, scheme+"://ann:p%40ss@"+b.listen(t, config, scheme == "smtps"))
			if err := s.Send(t.Context(), hello); err == nil || IsPermanent(err) || len(b.got) != 0 || b.user != "" {
				t.Errorf("a certificate nobody trusts: %v, %+v", err, b)
			}
			s.roots = trusted
			if err := s.Send(t.Context(), hello); err != nil || len(b.got) != 1 || !b.secure || b.user != "ann" {
				t.Errorf("%v, %+v", err, b)
			}
			s.password = "wrong"
			if err := s.Send(t.Context(), hello); err == nil || IsPermanent(err) || len(b.got) != 1 || Check(t.Context(), s) == nil {
				t.Errorf("wrong password: %v", err)
			} else if strings.Contains(err.Error(), "wrong") {
				t.Errorf("the error holds the password: %v", err)
			}
		})
	}
	b := &inbox{login: true}
	s := open(t, "smtp://ann:p%40ss@"+b.listen(t, nil, false))
	if err := s.Send(t.Context(), hello); err != nil || b.user != "ann" || b.secure {
		t.Errorf("in the clear on this machine: %v", err)
	}
	c := &session{Client: nil, ctx: t.Context(), s: s, conn: farAway{}}
	if err := c.logIn(false); err == nil || !strings.Contains(err.Error(), "TLS") {
		t.Errorf("in the clear to another machine: %v", err)
	}
}

// farAway is a connection to another machine.
type farAway struct{ net.Conn }

func (farAway) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 25} }

// script is a server that says some lines, each after a line from the client,
// then does as then says.
func script(t *testing.T, then func(net.Conn), lines ...string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var all sync.WaitGroup
	t.Cleanup(all.Wait)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer conn.Close()
				buf := make([]byte, 4096)
				for i, line := range lines {
					if i > 0 {
						if _, err := conn.Read(buf); err != nil {
							return
						}
					}
					io.WriteString(conn, line+"\r\n")
				}
				then(conn)
			})
		}
	}()
	return l.Addr().String()
}

func hang(conn net.Conn) { io.Copy(io.Discard, conn) } // until the client leaves

var manners = []string{"220 hi", "250 hello", "250 sender", "250 recipient", "354 go on"}

// A server may fall silent at any point.
func TestHanging(t *testing.T) {
	for n := range len(manners) + 1 {
		s := open(t, "smtp://"+script(t, hang, manners[:n]...))
		s.step = 50 * time.Millisecond
		begun := time.Now()
		err := s.Send(t.Context(), hello)
		if err == nil || IsPermanent(err) || time.Since(begun) > 5*time.Second {
			t.Errorf("silent after %d lines: %v", n, err)
		}
		s.step = time.Minute
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if err := s.Send(ctx, hello); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 10*time.Second {
			t.Errorf("silent after %d lines, context ended: %v", n, err)
		}
		cancel()
	}
	// One byte at a time does not win more time.
	drip := func(conn net.Conn) {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			<-tick.C
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
		}
	}
	s := open(t, "smtp://"+script(t, drip, manners[:1]...))
	s.step = 100 * time.Millisecond
	if err := s.Send(t.Context(), hello); err == nil || IsPermanent(err) {
		t.Errorf("dripping: %v", err)
	}
}

// A server may hang up at any point.
func TestCutOff(t *testing.T) {
	for n := range len(manners) + 1 {
		s := open(t, "smtp://"+script(t, func(net.Conn) {}, manners[:n]...))
		if err := s.Send(t.Context(), hello); err == nil || IsPermanent(err) {
			t.Errorf("hung up after %d lines: %v", n, err)
		}
	}
	// After it has taken the message, that changes nothing.
	s := open(t, "smtp://"+script(t, func(net.Conn) {}, append(manners, "250 taken")...))
	if err := s.Send(t.Context(), hello); err != nil {
		t.Errorf("hung up after taking it: %v", err)
	}
	s = open(t, "smtp://"+script(t, func(net.Conn) {}, "554 go away"))
	if err := s.Send(t.Context(), hello); err == nil || IsPermanent(err) {
		t.Errorf("refused as a whole: %v", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	s = open(t, "smtp://"+l.Addr().String())
	if err := s.Send(t.Context(), hello); err == nil || IsPermanent(err) {
		t.Errorf("nobody there: %v", err)
	}
}
