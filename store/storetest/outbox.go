package storetest

import (
	"errors"
	"sync"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"github.com/google/go-cmp/cmp"
)

// mail queues a message that is due at an instant, after changing it as said.
func (p *paper) mail(due time.Time, change ...func(*news.OutMail)) news.OutMail {
	p.Helper()
	m := news.OutMail{Address: p.name("reader") + "@example.org", Kind: "confirm", Subject: "Grüße 📰",
		Text: "Text with https://site.example/?token=x", HTML: "<p>Text</p>",
		Unsubscribe: "https://site.example/stop", DueAt: due, CreatedAt: noon}
	for _, f := range change {
		f(&m)
	}
	p.must(p.QueueMail(p.ctx, &m))
	return m
}

func (p *paper) noMail(at time.Time, when string) {
	p.Helper()
	m, err := p.ClaimMail(p.ctx, at)
	if !errors.Is(err, news.ErrNotFound) {
		p.Fatalf("%s: claimed %d, %v", when, m.ID, err)
	}
}

func (p *paper) claims(want news.OutMail, at time.Time, when string) news.OutMail {
	p.Helper()
	m, err := p.ClaimMail(p.ctx, at)
	if err != nil || m.ID != want.ID {
		p.Fatalf("%s: claimed %d, %v; want %d", when, m.ID, err, want.ID)
	}
	return m
}

const tick = time.Microsecond

func testMail(p *paper) {
	p.noMail(noon, "nothing queued")
	ann := p.member()
	second := p.mail(noon, func(m *news.OutMail) { m.MemberID = &ann.ID })
	first := p.mail(ago(time.Second))
	later := p.mail(noon.Add(time.Hour))
	p.noMail(ago(time.Second+tick), "before any is due")

	p.claims(first, noon, "the one due longest")
	got := p.claims(second, noon, "the next")
	if diff := cmp.Diff(second, got); diff != "" {
		p.Errorf("queued and claimed differ: %s", diff)
	}
	p.noMail(noon, "all claimed")

	p.must(p.MailSent(p.ctx, first.ID, noon))
	// second's sender dies: the claim ends by itself, to the microsecond.
	p.noMail(noon.Add(news.MailLease-tick), "while claimed")
	p.claims(second, noon.Add(news.MailLease), "after the lease")
	p.must(p.MailSent(p.ctx, second.ID, noon.Add(news.MailLease)))
	p.must(p.MailSent(p.ctx, second.ID, noon.Add(2*news.MailLease))) // said twice
	p.wants(news.ErrNotFound, p.MailFailed(p.ctx, second.ID, "late", false, noon), "failure after it was sent")
	p.claims(later, noon.Add(time.Hour), "the later one")
	p.noMail(noon.Add(time.Hour), "all sent or claimed")
	p.wants(news.ErrNotFound, p.MailSent(p.ctx, later.ID+99, noon), "an unknown message")

	// DueAt left out is at once.
	at := p.mail(time.Time{})
	p.claims(at, noon, "without DueAt")
}

func (p *paper) ages(at time.Time, queued int, oldest time.Duration, parked int) {
	p.Helper()
	q, o, n, err := p.MailAges(p.ctx, at)
	if err != nil || q != queued || o != oldest || n != parked {
		p.Errorf("queued %d, oldest %v, parked %d, %v; want %d, %v, %d", q, o, n, err, queued, oldest, parked)
	}
}

// testMailFailure follows one message through all its attempts.
func testMailFailure(p *paper) {
	m, at := p.mail(noon), noon
	p.ages(noon.Add(time.Minute), 1, time.Minute, 0)
	pause := news.MailPauseMin
	for n := 1; n < news.MailAttempts; n++ {
		got := p.claims(m, at, "attempt")
		if got.Attempts != n-1 {
			p.Errorf("attempt %d: %d before", n, got.Attempts)
		}
		p.must(p.MailFailed(p.ctx, m.ID, "451 later", false, at))
		p.noMail(at.Add(pause-tick), "within the pause")
		at = at.Add(pause + pause/10) // with the most that chance may add
		pause = min(2*pause, news.MailPauseMax)
	}
	got := p.claims(m, at, "the last attempt")
	if got.Fault != "451 later" || got.Text == "" {
		p.Errorf("before the last attempt: %+v", got)
	}
	p.must(p.MailFailed(p.ctx, m.ID, "451 still", false, at))
	p.noMail(at.Add(1000*time.Hour), "parked")
	p.ages(at, 0, 0, 1)

	refused := p.mail(at)
	p.claims(refused, at, "another")
	p.must(p.MailFailed(p.ctx, refused.ID, "550 unknown", true, at))
	p.wants(news.ErrNotFound, p.MailFailed(p.ctx, refused.ID, "again", true, at), "failure of a parked one")
	parked, err := p.ParkedMail(p.ctx)
	p.must(err)
	if len(parked) != 2 || parked[0].ID != refused.ID || parked[0].Fault != "550 unknown" || parked[0].Attempts != 1 ||
		parked[1].Attempts != news.MailAttempts || parked[1].State != news.MailParked || parked[1].Address != m.Address {
		p.Errorf("parked: %+v", parked)
	}
	for _, m := range parked {
		if m.Text != "" || m.HTML != "" || m.Unsubscribe != "" {
			p.Errorf("the list of parked ones holds %q", m.Text)
		}
	}

	p.must(p.RetryMail(p.ctx, m.ID, at.Add(time.Hour)))
	p.wants(news.ErrNotFound, p.RetryMail(p.ctx, m.ID, at), "retry of a queued one")
	p.noMail(at, "before the retry is due")
	got = p.claims(m, at.Add(time.Hour), "retry")
	if got.Attempts != 0 || got.Text != m.Text {
		p.Errorf("retried: %+v", got)
	}
	p.ages(at, 1, at.Sub(noon), 1)
}

// testMailCause wants mail to share the fate of what it is about.
func testMailCause(p *paper) {
	failure := errors.New("stop")
	var m news.OutMail
	err := p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		q := &paper{T: p.T, DB: tx, ctx: p.ctx}
		m = q.mail(noon)
		q.claims(m, noon, "inside its transaction")
		return failure
	})
	p.wants(failure, err, "Atomically")
	p.noMail(noon.Add(time.Hour), "after undoing")
	p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		m = (&paper{T: p.T, DB: tx, ctx: p.ctx}).mail(noon)
		return nil
	}))
	p.claims(m, noon, "after its transaction")
	bad := news.OutMail{Kind: "", CreatedAt: noon}
	if err := p.QueueMail(p.ctx, &bad); err == nil || bad.ID != 0 {
		p.Error("queued a message of no kind")
	}
	nobody := int64(1 << 40)
	if err := p.QueueMail(p.ctx, &news.OutMail{Kind: "x", MemberID: &nobody, CreatedAt: noon}); err == nil {
		p.Error("queued a message to an unknown member")
	}
}

// testMailRace has eight senders share four hundred messages.
func testMailRace(p *paper) {
	const mails, senders = 400, 8
	for range mails {
		p.mail(noon)
	}
	var mu sync.Mutex
	claimed := make(map[int64]int)
	parallel(p.T, senders, func(int) {
		for {
			m, err := p.ClaimMail(p.ctx, noon)
			if errors.Is(err, news.ErrNotFound) {
				return
			}
			if err != nil {
				p.Error(err)
				return
			}
			mu.Lock()
			claimed[m.ID]++
			mu.Unlock()
			if m.ID%3 == 0 {
				err = p.MailFailed(p.ctx, m.ID, "no", true, noon)
			} else {
				err = p.MailSent(p.ctx, m.ID, noon)
			}
			if err != nil {
				p.Error(err)
			}
		}
	})
	for id, n := range claimed {
		if n != 1 {
			p.Errorf("message %d was claimed %d times", id, n)
		}
	}
	if q, _, _, err := p.MailAges(p.ctx, noon); err != nil || q != 0 || len(claimed) != mails {
		p.Errorf("%d of %d claimed, %d still queued, %v", len(claimed), mails, q, err)
	}
}
