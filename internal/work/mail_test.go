package work

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/mail"
	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/store/storetest"
)

// A stub is a sender that does as it is told.
type stub func(context.Context, mail.Message) error

func (s stub) Send(ctx context.Context, m mail.Message) error { return s(ctx, m) }

// A process that dies between claiming and sending loses nothing.
func TestMailKilled(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		m := queue(t, db, "ann@example.org")
		if _, err := db.ClaimMail(t.Context(), noon); err != nil { // and is never heard of again
			t.Fatal(err)
		}
		sent := make(chan mail.Message, 10)
		c := newClock()
		start(t, &post{db: db, sender: stub(func(_ context.Context, m mail.Message) error {
			sent <- m
			return nil
		}), now: c.now, log: loud(t)}, mailWorkers, nil)
		other := queue(t, db, "bob@example.org")
		if got := <-sent; got.To != other.Address {
			t.Fatalf("sent one that is claimed")
		}
		c.add(news.MailLease)
		got := <-sent
		if got.To != m.Address || got.Subject != m.Subject || got.Text != m.Text || got.HTML != m.HTML || !got.Date.Equal(noon) ||
			!strings.HasPrefix(got.ID, fmt.Sprint(m.ID, ".")) {
			t.Errorf("sent %+v", got)
		}
		wait(t, func() bool { return queued(t, db) == 0 })
	})
}

// A panic is a failure of one message.
func TestMailPanic(t *testing.T) {
	db, c := storetest.SQLite(t), newClock()
	queue(t, db, "panic@example.org")
	queue(t, db, "fine@example.org")
	var words bytes.Buffer
	sent := make(chan string, 10)
	stop := start(t, &post{db: db, sender: stub(func(_ context.Context, m mail.Message) error {
		if strings.HasPrefix(m.To, "panic") {
			panic(m.To + m.Text)
		}
		sent <- m.To
		return nil
	}), now: c.now, log: slog.New(slog.NewTextHandler(&words, nil))}, 1, nil)
	<-sent
	wait(t, func() bool { return queued(t, db) == 1 })
	stop()
	if !strings.Contains(words.String(), "mail: panic") || strings.Contains(words.String(), "@example.org") || strings.Contains(words.String(), "secret-text") {
		t.Errorf("logged %s", &words)
	}
	m, err := db.ClaimMail(t.Context(), noon.Add(news.MailPauseMin*2))
	if err != nil || m.Attempts != 1 {
		t.Errorf("after the panic: %+v, %v", m, err)
	}
}

// wake is heeded at once, and its end does no harm.
func TestMailWake(t *testing.T) {
	db, c := storetest.SQLite(t), newClock()
	sent := make(chan string)
	wake := make(chan struct{}, 1)
	stop := start(t, &post{db: db, sender: stub(func(_ context.Context, m mail.Message) error {
		sent <- m.To
		return nil
	}), now: c.now, log: loud(t), every: time.Hour}, mailWorkers, wake)
	for i := range 3 {
		queue(t, db, number(i))
		wake <- struct{}{}
		if got := <-sent; got != number(i) {
			t.Errorf("sent to %s", got)
		}
	}
	wait(t, func() bool { return queued(t, db) == 0 })
	close(wake)
	stop()
}

// At the end, a message that is quick is finished; one that hangs is left to
// its lease, be the sender deaf to its context or not.
func TestMailStops(t *testing.T) {
	for name, deaf := range map[string]bool{"heeds": false, "deaf": true} {
		t.Run(name, func(t *testing.T) {
			db, c := storetest.SQLite(t), newClock()
			queue(t, db, "slow@example.org")
			under, release := make(chan struct{}), make(chan struct{})
			p := &post{db: db, sender: stub(func(ctx context.Context, m mail.Message) error {
				close(under)
				if deaf {
					<-release
				} else {
					<-ctx.Done()
				}
				return ctx.Err()
			}), now: c.now, log: loud(t)}
			stop := start(t, p, 1, nil)
			<-under
			stop()
			close(release)
			if _, err := db.ClaimMail(t.Context(), noon); !errors.Is(err, news.ErrNotFound) {
				t.Errorf("claimed at once: %v", err)
			}
			if m, err := db.ClaimMail(t.Context(), noon.Add(news.MailLease)); err != nil || m.Attempts != 0 {
				t.Errorf("after the lease: %+v, %v", m, err)
			}
		})
	}
	t.Run("quick", func(t *testing.T) {
		db, c := storetest.SQLite(t), newClock()
		queue(t, db, "quick@example.org")
		queue(t, db, "next@example.org")
		under, release := make(chan struct{}), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		p := &post{db: db, now: c.now, log: loud(t), every: time.Hour, within: time.Minute,
			sender: stub(func(context.Context, mail.Message) error {
				close(under)
				<-release
				return nil
			})}
		go func() { ended <- p.run(ctx, 1, nil) }()
		<-under
		cancel()
		close(release)
		if err := <-ended; err != nil || queued(t, db) != 1 {
			t.Errorf("%d queued, %v", queued(t, db), err)
		}
	})
}

// Mail itself, as a program runs it.
func TestMail(t *testing.T) {
	db, c := storetest.SQLite(t), newClock()
	queue(t, db, "ann@example.org")
	queue(t, db, "asker@example.org")
	sent, asked := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- Mail(ctx, db, stub(func(context.Context, mail.Message) error {
			close(sent)
			return nil
		}), func(_ context.Context, m news.OutMail) (bool, error) {
			if m.Address == "asker@example.org" {
				close(asked) // once: what is asked is not handed over, and settled
				return true, nil
			}
			return false, nil
		}, c.now, loud(t), nil)
	}()
	<-asked
	<-sent
	wait(t, func() bool { return queued(t, db) == 0 })
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
