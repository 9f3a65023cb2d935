package storetest

import (
	"sync/atomic"
	"time"

	"broadsheet/internal/news"
)

// take wants a limit to allow one more, or to say how long until it does.
func (p *paper) take(want time.Duration, l news.Limit, key string, at time.Time) {
	p.Helper()
	peek, err1 := p.Peek(p.ctx, l, key, at)
	wait, err2 := p.Take(p.ctx, l, key, at)
	if err1 != nil || err2 != nil || peek != want || wait != want {
		p.Errorf("%s %q %v after noon: peek %v, %v, take %v, %v; want %v",
			l.Name, key, at.Sub(noon), peek, err1, wait, err2, want)
	}
}

func testLimit(p *paper) {
	l := news.Limit{Name: "test", Burst: 5, Per: 15 * time.Minute}
	for range l.Burst {
		p.take(0, l, "a", noon)
	}
	for range 3 { // refusals do not count
		p.take(3*time.Minute, l, "a", noon)
	}
	p.take(time.Microsecond, l, "a", noon.Add(3*time.Minute-time.Microsecond))
	p.take(0, l, "a", noon.Add(3*time.Minute))
	p.take(3*time.Minute, l, "a", noon.Add(3*time.Minute))
	p.take(0, l, "a", noon.Add(9*time.Minute))
	p.take(0, l, "a", noon.Add(9*time.Minute))
	p.take(3*time.Minute, l, "a", noon.Add(9*time.Minute))
	for range l.Burst { // all is there again, and no more than all
		p.take(0, l, "a", noon.Add(24*time.Hour))
	}
	p.take(3*time.Minute, l, "a", noon.Add(24*time.Hour))

	for _, other := range []struct {
		l   news.Limit
		key string
	}{{l, "b"}, {l, "A"}, {l, ""}, {news.Limit{Name: "tes", Burst: 5, Per: l.Per}, "ta"}, {l, "a\x00\xff"}} {
		p.take(0, other.l, other.key, noon.Add(24*time.Hour))
	}

	p.must(p.Forgive(p.ctx, l, "a"))
	p.must(p.Forgive(p.ctx, l, "a"))
	p.take(0, l, "a", noon.Add(24*time.Hour))

	// Spans that the burst does not divide lose nothing by it.
	odd := news.Limit{Name: "odd", Burst: 7, Per: time.Minute}
	for range 7 {
		p.take(0, odd, "a", noon)
	}
	if wait, err := p.Take(p.ctx, odd, "a", noon); err != nil || wait <= 8*time.Second || wait > 9*time.Second {
		p.Errorf("wait %v, %v", wait, err)
	}
	for _, real := range []news.Limit{news.LimitLoginAccount, news.LimitLoginAny, news.LimitMailDay, news.LimitJoinNetwork} {
		for range real.Burst {
			p.take(0, real, "real", noon)
		}
		p.take(real.Per/time.Duration(real.Burst), real, "real", noon)
	}
}

// testLimitClock wants no clock that was wrong for a while to lock anybody
// out, and the clocks of nodes to be a little apart.
func testLimitClock(p *paper) {
	l := news.Limit{Name: "test", Burst: 2, Per: time.Hour}
	p.take(0, l, "a", noon.AddDate(0, 0, 5))
	p.take(0, l, "a", noon.AddDate(0, 0, 5))
	p.take(0, l, "a", noon) // five days back
	p.take(0, l, "a", noon)
	p.take(30*time.Minute, l, "a", noon)
	p.take(30*time.Minute+2*time.Second, l, "a", noon.Add(-2*time.Second)) // a node that is behind

	if n, err := p.SweepLimits(p.ctx, noon.Add(time.Hour-time.Microsecond)); err != nil || n != 0 {
		p.Errorf("swept %d, %v; want 0", n, err)
	}
	p.take(0, l, "b", noon.Add(time.Hour))
	if n, err := p.SweepLimits(p.ctx, noon.Add(time.Hour)); err != nil || n != 1 {
		p.Errorf("swept %d, %v; want 1", n, err)
	}
	p.take(0, l, "b", noon.Add(time.Hour))
	p.take(30*time.Minute, l, "b", noon.Add(time.Hour))
}

func testLimitRace(p *paper) {
	l := news.Limit{Name: "test", Burst: 10, Per: time.Hour}
	var allowed atomic.Int32
	parallel(p.T, 50, func(int) {
		switch wait, err := p.Take(p.ctx, l, "a", noon); {
		case err != nil:
			p.Error(err)
		case wait == 0:
			allowed.Add(1)
		case wait != 6*time.Minute:
			p.Errorf("wait %v", wait)
		}
	})
	if allowed.Load() != 10 {
		p.Errorf("%d allowed", allowed.Load())
	}
}

func testSetting(p *paper) {
	_, err := p.Setting(p.ctx, "secret")
	p.wants(news.ErrNotFound, err, "setting")
	got := make(chan string, 20)
	parallel(p.T, 20, func(i int) {
		value, err := p.EnsureSetting(p.ctx, "secret", string(rune('a'+i)))
		if err != nil {
			p.Error(err)
		}
		got <- value
	})
	close(got)
	first := <-got
	for value := range got {
		if value != first || value == "" {
			p.Errorf("one node got %q, another %q", first, value)
		}
	}
	p.must(p.SetSetting(p.ctx, "secret", "new"))
	if value, err := p.EnsureSetting(p.ctx, "secret", "late"); err != nil || value != "new" {
		p.Errorf("%q, %v", value, err)
	}
	for _, text := range awkward {
		p.must(p.SetSetting(p.ctx, "text", text))
		if value, err := p.Setting(p.ctx, "text"); err != nil || value != text {
			p.Errorf("wrote %q, read %q, %v", text, value, err)
		}
	}
}
