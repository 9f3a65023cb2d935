package work

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/mail"
	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/store/storetest"

	"github.com/emersion/go-smtp"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// both runs a test on both databases.
func both(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Run("SQLite", func(t *testing.T) { test(t, storetest.SQLite(t)) })
	t.Run("Postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

// A clock stands still unless told.
type clock struct{ micros atomic.Int64 }

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func newClock() *clock {
	c := new(clock)
	c.micros.Store(noon.UnixMicro())
	return c
}
func (c *clock) now() time.Time      { return time.UnixMicro(c.micros.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.micros.Add(d.Microseconds()) }
func number(i int) string            { return fmt.Sprintf("reader-%03d@example.org", i) }
func wait(t *testing.T, ok func() bool) {
	t.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for end := time.Now().Add(90 * time.Second); !ok(); <-poll.C {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

// loud returns a log whose errors fail the test: none is about the mail server.
func loud(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(writer(func(p []byte) (int, error) {
		t.Errorf("%s", p)
		return len(p), nil
	}), &slog.HandlerOptions{Level: slog.LevelError}))
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func queue(t *testing.T, db *store.DB, address string) news.OutMail {
	t.Helper()
	m := news.OutMail{Address: address, Kind: "reset", Subject: "Grüße – 📰", Text: "secret-text ☂", HTML: "<p>secret-text</p>", CreatedAt: noon}
	if err := db.QueueMail(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// start runs workers as Mail does; what it returns stops them.
func start(t *testing.T, p *post, workers int, wake <-chan struct{}) (stop func()) {
	t.Helper()
	if p.every == 0 {
		p.every = 10 * time.Millisecond
	}
	if p.within == 0 {
		p.within = 20 * time.Second
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx, workers, wake) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			begun := time.Now()
			cancel()
			if err := <-ended; err != nil || time.Since(begun) > time.Second {
				t.Errorf("stopped after %v: %v", time.Since(begun), err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// An inbox is a mail server that does as answer says with each message; nil
// takes it.
type inbox struct {
	answer func(to string) error
	mu     sync.Mutex
	got    map[string]int
}

func (b *inbox) NewSession(c *smtp.Conn) (smtp.Session, error) { return &visit{b: b, c: c}, nil }

type visit struct {
	b  *inbox
	c  *smtp.Conn
	to string
}

var errCut = errors.New("cut off")

func (v *visit) Reset()                               {}
func (v *visit) Logout() error                        { return nil }
func (v *visit) Mail(string, *smtp.MailOptions) error { return nil }
func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.to = to
	return nil
}
func (v *visit) Data(r io.Reader) error {
	if v.b.answer != nil {
		if err := v.b.answer(v.to); errors.Is(err, errCut) {
			r.Read(make([]byte, 10))
			v.c.Conn().Close()
			return err
		} else if err != nil {
			io.Copy(io.Discard, r)
			return err
		}
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	v.b.mu.Lock()
	defer v.b.mu.Unlock()
	if v.b.got == nil {
		v.b.got = make(map[string]int)
	}
	v.b.got[v.to]++
	return nil
}

func (b *inbox) count(address string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.got[address]
}

func (b *inbox) open(t *testing.T) mail.Sender {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(b)
	s.Domain, s.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	sender, err := mail.Open("smtp://"+l.Addr().String(), mail.From{Name: "Site", Address: "post@site.example"})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func queued(t *testing.T, db *store.DB) int {
	t.Helper()
	n, _, _, err := db.MailAges(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Eight workers share four hundred messages: each arrives once.
func TestMailOnce(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		const mails = 400
		err := db.Atomically(t.Context(), func(tx *store.DB) error {
			for i := range mails {
				queue(t, tx, number(i))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		b := new(inbox)
		sender, c := b.open(t), newClock()
		var stops []func()
		for range 4 { // nodes
			stops = append(stops, start(t, &post{db: db, sender: sender, now: c.now, log: loud(t)}, mailWorkers, nil))
		}
		wait(t, func() bool { return queued(t, db) == 0 })
		for _, stop := range stops {
			stop()
		}
		for i := range mails {
			if n := b.count(number(i)); n != 1 {
				t.Errorf("%s got %d", number(i), n)
			}
		}
	})
}

// Every kind of trouble at once: what can arrive arrives, what cannot is
// parked, and the pauses grow.
func TestMailTrouble(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		var mu sync.Mutex
		var late, cut []time.Time
		c := newClock()
		b := &inbox{answer: func(to string) error {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case strings.HasPrefix(to, "never"):
				return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "not to " + to}
			case strings.HasPrefix(to, "later"):
				if late = append(late, c.now()); len(late) < 5 {
					return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "come again, " + to}
				}
			case strings.HasPrefix(to, "cut"):
				if cut = append(cut, c.now()); len(cut) < 3 {
					return errCut
				}
			}
			return nil
		}}
		var words bytes.Buffer
		var wordsMu sync.Mutex
		logger := slog.New(slog.NewJSONHandler(writer(func(p []byte) (int, error) {
			wordsMu.Lock()
			defer wordsMu.Unlock()
			return words.Write(p)
		}), nil))
		never := queue(t, db, "never@example.org")
		queue(t, db, "bad address@example.org")
		for _, address := range []string{"later@example.org", "cut@example.org", "fine@example.org"} {
			queue(t, db, address)
		}
		stop := start(t, &post{db: db, sender: b.open(t), now: c.now, log: logger}, mailWorkers, nil)
		wait(t, func() bool {
			if queued(t, db) == 0 {
				return true
			}
			c.add(time.Second) // of the site, every few milliseconds
			return false
		})
		stop()
		for _, address := range []string{"later@example.org", "cut@example.org", "fine@example.org"} {
			if n := b.count(address); n != 1 {
				t.Errorf("%s got %d", address, n)
			}
		}
		if len(late) != 5 || len(cut) != 3 {
			t.Fatalf("%d and %d attempts", len(late), len(cut))
		}
		for i, pause := 1, news.MailPauseMin; i < len(late); i, pause = i+1, 2*pause {
			if got := late[i].Sub(late[i-1]); got < pause {
				t.Errorf("pause %d was %v, want %v at least", i, got, pause)
			}
		}
		parked, err := db.ParkedMail(t.Context())
		if err != nil || len(parked) != 2 || parked[1].ID != never.ID || parked[1].Attempts != 1 ||
			!strings.Contains(parked[1].Fault, "not to (address)") {
			t.Errorf("parked: %+v, %v", parked, err)
		}
		for _, secret := range []string{"example", "@", "secret-text", "Grüße"} {
			if strings.Contains(words.String(), secret) {
				t.Errorf("the log holds %q:\n%s", secret, &words)
			}
		}
		if n := strings.Count(words.String(), `"msg":"mail sent"`); n != 3 {
			t.Errorf("%d messages logged as sent", n)
		}
	})
}

// A server that hangs takes no message with it, and holds up nothing else.
func TestMailHangs(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		release := make(chan struct{})
		var hung atomic.Int32
		b := &inbox{answer: func(to string) error {
			if strings.HasPrefix(to, "slow") && hung.Add(1) == 1 {
				<-release
				return errCut
			}
			return nil
		}}
		defer close(release)
		c := newClock()
		queue(t, db, "slow@example.org")
		queue(t, db, "fine@example.org")
		start(t, &post{db: db, sender: b.open(t), now: c.now, log: loud(t), within: 500 * time.Millisecond}, mailWorkers, nil)
		wait(t, func() bool { return b.count("fine@example.org") == 1 })
		begun := time.Now()
		queue(t, db, "meanwhile@example.org")
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("queueing took %v", took)
		}
		wait(t, func() bool { c.add(time.Second); return b.count("slow@example.org") == 1 })
		wait(t, func() bool { return queued(t, db) == 0 })
	})
}
