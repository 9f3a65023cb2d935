package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"runtime"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
)

// An attempt is one form at the gate and how long it took.
func attempt(s *Server, path string, form url.Values) (*httptest.ResponseRecorder, time.Duration) {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	start := time.Now()
	s.ServeHTTP(w, r)
	return w, time.Since(start)
}

// auc is the chance that one of a is greater than one of b: one half when
// they cannot be told apart (Mann–Whitney).
func auc(a, b []time.Duration) float64 {
	type one struct {
		d time.Duration
		a bool
	}
	var list []one
	for _, d := range a {
		list = append(list, one{d, true})
	}
	for _, d := range b {
		list = append(list, one{d, false})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].d < list[j].d })
	var sum, below float64
	for _, o := range list {
		if o.a {
			sum += below
		} else {
			below++
		}
	}
	return sum / float64(len(a)) / float64(len(b))
}

// Whether an address has an account shows neither in the answer nor in the
// time it takes.
func TestKnownAndUnknownAlike(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("a statistical test takes its time, and the race detector adds its own: make unit runs it apart")
	}
	s, clock := testServer(t)
	s.cfg.Unlimited = true
	const tries = 200
	for _, c := range []struct {
		path string
		form func(email string, i int) url.Values
	}{
		{"/login", func(email string, _ int) url.Values {
			return url.Values{"email": {email}, "password": {"not the password"}}
		}},
		{"/login/forgotten", func(email string, _ int) url.Values { return url.Values{"email": {email}} }},
		{"/login/link", func(email string, _ int) url.Values { return url.Values{"email": {email}} }},
		{"/join", func(email string, i int) url.Values {
			return url.Values{"email": {email}, "name": {joinerName(i)}, "password": {"twelve letters"}}
		}},
	} {
		var known, unknown []time.Duration
		for i := range tries {
			clock.advance(time.Minute) // beyond what would be counted together
			a, ta := attempt(s, c.path, c.form("ada@paper.example", 2*i))
			b, tb := attempt(s, c.path, c.form(fmt.Sprintf("nobody%d@paper.example", i), 2*i+1))
			known, unknown = append(known, ta), append(unknown, tb)
			if i == 0 {
				same(t, c.path, a, b)
			}
			if a.Code != b.Code || a.Header().Get("Location") != b.Header().Get("Location") {
				t.Fatalf("%s: %d %s and %d %s", c.path, a.Code, a.Header().Get("Location"), b.Code, b.Header().Get("Location"))
			}
		}
		got := auc(known, unknown)
		t.Logf("%s: chance that a known address takes longer: %.3f over %d tries of each", c.path, got, tries)
		if got < 0.35 || got > 0.65 {
			t.Errorf("%s: known and unknown addresses can be told apart by time: %.3f", c.path, got)
		}
	}
}

// same compares two answers but for the addresses in them.
func same(t *testing.T, path string, a, b *httptest.ResponseRecorder) {
	t.Helper()
	for name := range a.Header() {
		if av, bv := a.Header().Get(name), b.Header().Get(name); av != bv && name != "Content-Length" {
			t.Errorf("%s: header %s is %q and %q", path, name, av, bv)
		}
	}
	mask := func(s string) string {
		return strings.NewReplacer("ada@paper.example", "X", "nobody0@paper.example", "X").Replace(s)
	}
	if mask(a.Body.String()) != mask(b.Body.String()) {
		t.Errorf("%s: the answers differ", path)
	}
}

// The limits at the gate: wrong passwords per account and network, without
// locking the owner out from elsewhere; what was typed stays.
func TestLoginLimits(t *testing.T) {
	s, clock := testServer(t)
	from := func(address, password string) *httptest.ResponseRecorder {
		form := url.Values{"email": {"ada@paper.example"}, "password": {password}}
		r := httptest.NewRequest("POST", "/login", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", "198.51.100.77, "+fmt.Sprint(clock.now().UnixNano()))
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	for i := range 5 {
		if w := from("192.0.2.1:1234", "wrong password"); w.Code != 422 {
			t.Fatalf("try %d: %d", i+1, w.Code)
		}
	}
	w := from("192.0.2.1:4321", testPassword)
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), `value="ada@paper.example"`) {
		t.Errorf("the sixth try: %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	if w := from("192.0.2.2:1234", testPassword); w.Code != http.StatusSeeOther {
		t.Errorf("the owner is locked out from elsewhere: %d", w.Code)
	}
	if w := from("[2001:db8::1]:1", "wrong password"); w.Code != 422 {
		t.Errorf("another network: %d", w.Code)
	}
	clock.advance(16 * time.Minute)
	if w := from("192.0.2.1:1234", testPassword); w.Code != http.StatusSeeOther {
		t.Errorf("after the wait: %d", w.Code)
	}
}

// Forwarded addresses count from our own proxies only, and then the right-most
// that is not one of them; IPv6 counts by the /64.
func TestClientAddress(t *testing.T) {
	s, _ := testServer(t)
	s.cfg.TrustedProxies = prefixes(t, "10.0.0.0/8", "fd00::/8")
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1:99", "", "192.0.2.1"},
		{"192.0.2.1:99", "203.0.113.5", "192.0.2.1"},
		{"10.0.0.1:99", "203.0.113.5", "203.0.113.5"},
		{"10.0.0.1:99", "198.51.100.1, 203.0.113.5", "203.0.113.5"},
		{"10.0.0.1:99", "198.51.100.1, 203.0.113.5, 10.2.3.4", "203.0.113.5"},
		{"10.0.0.1:99", "nonsense", "10.0.0.1"},
		{"10.0.0.1:99", "203.0.113.5, nonsense", "10.0.0.1"},
		{"[fd00::1]:99", "2001:db8::7", "2001:db8::7"},
		{"10.0.0.1:99", "::ffff:203.0.113.5", "203.0.113.5"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.clientAddress(r).String(); got != c.want {
			t.Errorf("%s forwarding %q: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
	key := func(peer string) string {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = peer
		return s.networkKey(r)
	}
	if key("[2001:db8::1]:1") != key("[2001:db8::ffff]:2") || key("[2001:db8::1]:1") == key("[2001:db8:0:1::1]:1") || key("192.0.2.1:1") == key("192.0.2.2:1") {
		t.Error("networks are counted wrongly")
	}
	if strings.Contains(key("192.0.2.1:1"), "192") && strings.Contains(key("192.0.2.1:1"), "0.2") {
		t.Error("the key shows the address")
	}
}

// A log-in never adopts a token from before it, and the one before is dead.
func TestNoFixation(t *testing.T) {
	s, _ := testServer(t)
	w, _ := attempt(s, "/login", url.Values{"email": {"ada@paper.example"}, "password": {testPassword}})
	first := w.Result().Cookies()[0]
	again := httptest.NewRequest("POST", "/login", strings.NewReader(url.Values{"email": {"bo@paper.example"}, "password": {testPassword}}.Encode()))
	again.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	again.AddCookie(first)
	second := httptest.NewRecorder()
	s.ServeHTTP(second, again)
	cookies := second.Result().Cookies()
	if len(cookies) != 1 || cookies[0].Value == first.Value {
		t.Fatalf("the second log-in: %d %v", second.Code, cookies)
	}
	for cookie, want := range map[*http.Cookie]int{first: http.StatusSeeOther, cookies[0]: http.StatusOK} {
		r := httptest.NewRequest("GET", "/account", nil)
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("with %.8s…: %d, want %d", cookie.Value, w.Code, want)
		}
	}
}

// Two hundred log-ins at once: each gets in or is told to wait, memory stays
// bounded, and pages are served meanwhile.
func TestLoginFlood(t *testing.T) {
	s, _ := testServer(t)
	s.cfg.Unlimited = true
	var wg sync.WaitGroup
	var mu sync.Mutex
	answers := map[int]int{}
	var peak uint64
	done := make(chan struct{})
	var pages []time.Duration
	reader := sync.WaitGroup{}
	reader.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			start := time.Now()
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("GET", "/20260310/bridge-opens", nil))
			if w.Code != 200 {
				t.Errorf("a page during the flood: %d", w.Code)
			}
			pages = append(pages, time.Since(start))
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
		}
	})
	for range 200 {
		wg.Go(func() {
			w, _ := attempt(s, "/login", url.Values{"email": {"ada@paper.example"}, "password": {testPassword}})
			mu.Lock()
			defer mu.Unlock()
			answers[w.Code]++
			if w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
				t.Error("told to wait, but not how long")
			}
		})
	}
	wg.Wait()
	close(done)
	reader.Wait()
	sort.Slice(pages, func(i, j int) bool { return pages[i] < pages[j] })
	t.Logf("answers %v; %d pages meanwhile, p99 %v; heap at most %d MB", answers, len(pages), pages[len(pages)*99/100], peak>>20)
	if answers[303] == 0 || answers[303]+answers[503] != 200 {
		t.Errorf("answers %v", answers)
	}
	if peak > 400<<20 {
		t.Errorf("the heap grew to %d MB", peak>>20)
	}
}

func prefixes(t *testing.T, list ...string) []netip.Prefix {
	t.Helper()
	var out []netip.Prefix
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// joinerName is a name that looks like no other.
func joinerName(i int) string {
	const letters = "bdfghjkpqvwxyz"
	n := len(letters)
	return "Joiner " + string([]byte{letters[i%n], letters[i/n%n], letters[i/n/n%n]}) + "aaa"
}
