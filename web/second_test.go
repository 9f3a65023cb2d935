package web

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/news"
)

func TestSecondStep(t *testing.T) {
	p := factorSite(t)
	p.logIn("ada@paper.example")
	secret, codes := p.setUp()
	device := func() *person { return newPerson(t, p.site, p.clock, p.url) }

	q := device()
	challenge := q.logIn("ada@paper.example")
	second := q.is(q.get("/login/second?challenge="+challenge), 200, "One more step", challenge, "Begin again")
	if len(second.Header.Values("Set-Cookie")) > 0 || second.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("second step: %v", second.Header)
	}
	q.is(q.get("/account"), 303)
	q.is(q.post("/login/second", "challenge", challenge, "code", ""), 422, "Enter a code", challenge)
	q.is(q.post("/login/second", "challenge", challenge, "code", "12345"), 422, "not right", challenge)
	q.is(q.post("/login/second", "challenge", "made-up", "code", p.code(secret)), 410, "took too long")
	code := p.code(secret)
	in := q.is(q.post("/login/second", "challenge", challenge, "code", code[:3]+" "+code[3:]), 303)
	if in.Header.Get("Location") != "/latest" || len(in.Header.Values("Set-Cookie")) != 1 {
		t.Errorf("second step leads to %v", in.Header)
	}
	q.is(q.get("/account"), 200)

	// The challenge is spent, and so is the code.
	q = device()
	q.is(q.post("/login/second", "challenge", challenge, "code", code), 410)
	challenge = q.logIn("ada@paper.example")
	q.is(q.post("/login/second", "challenge", challenge, "code", code), 422)
	// A recovery code works once, however it is typed.
	q.is(q.post("/login/second", "challenge", challenge, "code", strings.ToUpper(strings.ReplaceAll(codes[0], " ", "-"))), 303)
	q.is(q.get("/account/second-factor"), 200, "9 codes left of 10")
	q = device()
	challenge = q.logIn("ada@paper.example")
	q.is(q.post("/login/second", "challenge", challenge, "code", codes[0]), 422)
	// Half a log-in ends after five minutes.
	p.clock.advance(news.ChallengeFor)
	q.is(q.post("/login/second", "challenge", challenge, "code", codes[1]), 410)
	q.is(q.get("/login/second?challenge="+challenge), 410)
	// A code of one member is nothing to another.
	bo := device()
	if bo.logIn("bo@paper.example") != "" {
		t.Error("a second step for a member without a factor")
	}
	// Somebody else's site to return to.
	res := q.is(q.post("/login", "email", "ada@paper.example", "password", testPassword, "next", "//evil.example/"), 303)
	challenge = must(url.Parse(res.Header.Get("Location"))).Query().Get("challenge")
	if to := q.is(q.post("/login/second", "challenge", challenge, "code", codes[2], "next", "https://evil.example"), 303).Header.Get("Location"); to != "/" {
		t.Errorf("leads to %s", to)
	}
}

// Fifty log-ins show the same code at once: one gets in.
func TestCodeOnce(t *testing.T) {
	p := factorSite(t)
	p.site.cfg.Unlimited = true
	p.logIn("ada@paper.example")
	secret, codes := p.setUp()
	for _, code := range []string{p.code(secret), codes[3]} {
		var in, refused atomic.Int32
		var all sync.WaitGroup
		ada := p.member("ada@paper.example")
		for range 50 {
			token := must(p.site.challenge(t.Context(), challengeSecond, ada.ID, []byte("{}")))
			all.Go(func() {
				q := newPerson(t, p.site, p.clock, p.url)
				switch got := q.post("/login/second", "challenge", token, "code", code); got.StatusCode {
				case 303:
					in.Add(1)
				case 422:
					refused.Add(1)
				default:
					t.Errorf("status %d", got.StatusCode)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 || refused.Load() != 49 {
			t.Errorf("%s: %d got in, %d were refused", code, in.Load(), refused.Load())
		}
	}
}

// Five wrong codes are looked at; then not even the right one, until later.
func TestCodeLimit(t *testing.T) {
	p := factorSite(t)
	p.logIn("ada@paper.example")
	secret, _ := p.setUp()
	ada := p.member("ada@paper.example")
	var refused, limited atomic.Int32
	var all sync.WaitGroup
	for i := range 40 {
		token := must(p.site.challenge(t.Context(), challengeSecond, ada.ID, []byte("{}")))
		all.Go(func() {
			q := newPerson(t, p.site, p.clock, p.url)
			switch got := q.post("/login/second", "challenge", token, "code", fmt.Sprintf("zz%04d", i)); got.StatusCode {
			case 422:
				refused.Add(1)
			case 429:
				limited.Add(1)
				if got.Header.Get("Retry-After") == "" || !strings.Contains(got.body, token) {
					t.Error("429 without a time, or without the way on")
				}
			default:
				t.Errorf("status %d", got.StatusCode)
			}
		})
	}
	all.Wait()
	if refused.Load() != 5 || limited.Load() != 35 {
		t.Errorf("%d wrong codes looked at, %d not", refused.Load(), limited.Load())
	}
	token := must(p.site.challenge(t.Context(), challengeSecond, ada.ID, []byte("{}")))
	p.is(p.post("/login/second", "challenge", token, "code", p.code(secret)), 429)
	p.clock.advance(15 * time.Minute)
	q := newPerson(t, p.site, p.clock, p.url)
	q.is(q.post("/login/second", "challenge", q.logIn("ada@paper.example"), "code", p.code(secret)), 303)
}
