package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"broadsheet/internal/mail"
	"broadsheet/internal/news"
	"broadsheet/store"
)

const (
	mailWorkers = 2               // of a node: one may wait for a server that hangs
	mailEvery   = 2 * time.Second // how often they look for what is due
	// mailWithin is how long handing a message over may take: less than the
	// lease, so that no two senders have it at the same time.
	mailWithin = news.MailLease * 3 / 4
	// mailGrace is how long the message under way is waited for at the end.
	mailGrace = 500 * time.Millisecond
	mailStop  = 700 * time.Millisecond // after it nobody is waited for
)

// Mail sends the messages that are due, until the context ends: whenever wake
// yields something, and every two seconds. What the server refuses is tried
// again later or parked, as the store says. It never logs whom a message is to
// nor what it says.
//
// It returns within a second of the context's end. A message under way by then
// is finished if that is quick; otherwise its claim ends by itself and it is
// sent again, the one way in which a message can arrive twice.
//
// What ask takes is not handed over: it is a question to the site that turns
// into mail, or into nothing. A nil ask takes nothing.
func Mail(ctx context.Context, db *store.DB, s mail.Sender, ask Ask, now func() time.Time, log *slog.Logger, wake <-chan struct{}) error {
	p := &post{db: db, sender: s, ask: ask, now: now, log: log, every: mailEvery, within: mailWithin}
	return p.run(ctx, mailWorkers, wake)
}

// An Ask answers what stands in the outbox without being mail; it reports
// false for what is.
type Ask func(ctx context.Context, m news.OutMail) (bool, error)

// A post is what the workers share.
type post struct {
	db     *store.DB
	sender mail.Sender
	ask    Ask
	now    func() time.Time
	log    *slog.Logger
	every  time.Duration
	within time.Duration
}

func (p *post) run(ctx context.Context, workers int, wake <-chan struct{}) error {
	// late outlives ctx by the grace, for the message under way.
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		time.AfterFunc(mailGrace, cancel)
	})()
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { p.work(ctx, late, wake) })
	}
	ended := make(chan struct{})
	go func() {
		all.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
	}
	end := time.NewTimer(mailStop)
	defer end.Stop()
	select {
	case <-ended:
	case <-end.C: // a sender that does not heed its context
		p.log.Warn("mail: left a message under way")
	}
	return nil
}

func (p *post) work(ctx, late context.Context, wake <-chan struct{}) {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		for ctx.Err() == nil && p.one(ctx, late) {
		}
		select {
		case <-ctx.Done():
			return
		case _, open := <-wake:
			if !open {
				wake = nil // the tick is enough
			}
		case <-tick.C:
		}
	}
}

// one sends the next message and reports whether there was one.
func (p *post) one(ctx, late context.Context) bool {
	m, err := p.db.ClaimMail(ctx, news.Instant(p.now()))
	switch {
	case errors.Is(err, news.ErrNotFound) || ctx.Err() != nil && err != nil:
		return false
	case err != nil:
		p.log.Error("mail: cannot claim", "error", err.Error())
		return false
	}
	err = p.send(late, m)
	if err != nil && late.Err() != nil {
		return false // stopped: nobody knows what became of it, so it is claimed again
	}
	return p.settle(ctx, m, err)
}

// send hands m over. A panic is a failure like any other, of this message
// alone.
func (p *post) send(late context.Context, m news.OutMail) (err error) {
	defer func() {
		if r := recover(); r != nil {
			// What was thrown may hold what the message says: only its type.
			p.log.Error("mail: panic", "mail", m.ID, "kind", m.Kind, "type", fmt.Sprintf("%T", r),
				"stack", string(debug.Stack()))
			err = errors.New("the program failed at this message; its log knows more")
		}
	}()
	ctx, cancel := context.WithTimeout(late, p.within)
	defer cancel()
	if p.ask != nil {
		if taken, err := p.ask(ctx, m); taken {
			return err
		}
	}
	return p.sender.Send(ctx, mail.Message{
		To: m.Address, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Unsubscribe: m.Unsubscribe,
		ID: fmt.Sprintf("%d.%s", m.ID, strconv.FormatInt(m.CreatedAt.UnixMicro(), 36)), Date: m.CreatedAt,
	})
}

// settle notes what became of a message and reports whether to go on. While
// the store cannot take the note it is offered again, until the claim ends:
// forgetting that a message was sent would send it twice.
func (p *post) settle(ctx context.Context, m news.OutMail, failure error) bool {
	fault, permanent := "", false
	if failure != nil {
		fault, permanent = mail.Clean(failure.Error(), m.Address), mail.IsPermanent(failure)
	}
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for end := time.Now().Add(news.MailLease - p.within); ; {
		err := p.note(m.ID, failure == nil, fault, permanent)
		switch {
		case errors.Is(err, news.ErrNotFound): // gone with its member
			return true
		case err == nil && failure == nil:
			p.log.Info("mail sent", "mail", m.ID, "kind", m.Kind, "attempt", m.Attempts+1)
			return true
		case err == nil:
			p.log.Warn("mail failed", "mail", m.ID, "kind", m.Kind, "attempt", m.Attempts+1,
				"fault", fault, "permanent", permanent)
			return true
		}
		p.log.Error("mail: cannot note the outcome", "mail", m.ID, "sent", failure == nil, "error", err.Error())
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
			if time.Now().After(end) {
				return false
			}
		}
	}
}

// note tells the store once. It does so even at the end, when the message has
// just been handed over.
func (p *post) note(id int64, sent bool, fault string, permanent bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	at := news.Instant(p.now())
	if sent {
		return p.db.MailSent(ctx, id, at)
	}
	return p.db.MailFailed(ctx, id, fault, permanent, at)
}
