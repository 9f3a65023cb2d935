package rule

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

var (
	newcomer = news.Standing{}
	known    = news.Standing{Accepted: news.KnownAfter}
	staff    = news.Standing{Staff: true, MemberHeld: true, CategoryHeld: true, ArticleHeld: true, LastDay: 99}
)

// words writes a verdict in one line.
func words(v news.Verdict) string {
	var parts []string
	for _, list := range []struct {
		name  string
		holds []news.Hold
	}{{"refused", v.Refused}, {"held", v.Held}} {
		if len(list.holds) > 0 {
			parts = append(parts, list.name+": "+strings.ReplaceAll(news.FormatHolds(list.holds), "\n", ", "))
		}
	}
	return strings.Join(parts, "; ")
}

func TestJudge(t *testing.T) {
	lists := news.CommentRules{RefuseWords: []string{"scum"}, HoldWords: []string{"spam", "buy now"},
		AllowedHosts: []string{"example.org", "https://Beispiel.example/x", "*.star.example"}}
	for _, tt := range []struct {
		rules news.CommentRules
		st    news.Standing
		body  string
		want  string
	}{
		{news.CommentRules{}, newcomer, "Hello", ""},
		{news.CommentRules{}, newcomer, "See https://a.example and [b](http://b.example/)", "held: link a.example, link b.example"},
		{news.CommentRules{}, known, "See https://a.example", ""},
		{news.CommentRules{}, newcomer, "See https://paper.example/x and https://www.paper.example", ""},
		{news.CommentRules{LinksFromAnybody: true}, newcomer, "See https://a.example", ""},
		{lists, newcomer, "https://example.org https://www.Example.org/x https://beispiel.example https://a.star.example", ""},
		{lists, newcomer, "https://evil-example.org", "held: link evil-example.org"},
		{lists, newcomer, "https://example.org.evil.example", "held: link example.org.evil.example"},
		{lists, newcomer, "https://exampLe.org:444/x", ""},
		{lists, newcomer, "https://еxample.org", "held: link xn--xample-2of.org"}, // a Cyrillic е
		{news.CommentRules{HoldAll: true, HoldFirst: 2}, newcomer, "Hello", "held: site , first "},
		{news.CommentRules{HoldAll: true, HoldFirst: 2}, known, "Hello", "held: site "},
		{news.CommentRules{}, news.Standing{MemberHeld: true, CategoryHeld: true, ArticleHeld: true}, "Hello", "held: category , article , member "},
		{news.CommentRules{HoldAll: true, HoldFirst: 2, RefuseWords: []string{"x"}, NewPerDay: 1}, staff, "x https://a.example", ""},
		{news.CommentRules{NewPerDay: 3}, news.Standing{LastDay: 2}, "Hello", ""},
		{news.CommentRules{NewPerDay: 3}, news.Standing{LastDay: 3}, "Hello", "refused: per-day "},
		{news.CommentRules{NewPerDay: 3}, news.Standing{LastDay: 3, Accepted: 2}, "Hello", ""},
		{lists, known, "Spam, scum! Buy  now: spam", "refused: refused-word scum; held: word spam, word buy now"},
		{lists, known, "sp*a*m and s&#112;am", "held: word spam"},
		{lists, known, "s&#112;am", "held: word spam"},
		{lists, known, "s\\pam", ""}, // shows as typed
		{lists, known, "sp**am**", "held: word spam"},
		{lists, known, "spamming Scunthorpe", ""},
	} {
		s := New(tt.rules, "paper.example:8080")
		if got := words(s.Judge(tt.body)(tt.st)); got != tt.want {
			t.Errorf("%q by %+v: %q, want %q", tt.body, tt.st, got, tt.want)
		}
	}
}

func TestTrust(t *testing.T) {
	for _, tt := range []struct {
		st   news.Standing
		want news.Trust
	}{
		{news.Standing{}, news.TrustNew},
		{news.Standing{Accepted: 1}, news.TrustNew},
		{news.Standing{Accepted: 2}, news.TrustKnown},
		{news.Standing{Accepted: 20}, news.TrustRegular},
		{news.Standing{Accepted: 20, Removed: 1}, news.TrustKnown},
		{news.Standing{Accepted: 200, Removed: 3}, news.TrustNew},
		{news.Standing{Staff: true, Removed: 9}, news.TrustRegular},
	} {
		if got := tt.st.Trust(news.CommentRules{}); got != tt.want {
			t.Errorf("%+v: %v, want %v", tt.st, got, tt.want)
		}
	}
}

func TestExpect(t *testing.T) {
	s := New(news.CommentRules{HoldFirst: 1, HoldWords: []string{"x"}}, "paper.example")
	if got := words(s.Expect(newcomer)); got != "held: first " {
		t.Errorf("newcomer: %q", got)
	}
	if got := words(s.Expect(known)); got != "" {
		t.Errorf("known: %q", got)
	}
	if !s.HoldsLinks(newcomer) || s.HoldsLinks(known) || s.HoldsLinks(staff) {
		t.Error("links")
	}
	if New(news.CommentRules{LinksFromAnybody: true}, "").HoldsLinks(newcomer) {
		t.Error("links from anybody")
	}
}

func TestMarks(t *testing.T) {
	s := New(news.CommentRules{RefuseWords: []string{"scum", "buy"}, HoldWords: []string{"buy now", "ähm"}}, "")
	body := "Ähm: SCUM buy now, ähmm"
	var got []string
	for _, m := range s.Marks(body) {
		got = append(got, body[m.From:m.To])
	}
	if diff := cmp.Diff([]string{"Ähm", "SCUM", "buy now"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRehearsal(t *testing.T) {
	inForce := New(news.CommentRules{HoldWords: []string{"spam"}}, "paper.example")
	next := New(news.CommentRules{RefuseWords: []string{"spam"}, HoldFirst: 2}, "paper.example")
	r := next.Rehearse(inForce)
	for i := range 40 {
		c := news.PastComment{ID: int64(100 - i), Body: fmt.Sprint("words ", i), Standing: known}
		switch {
		case i%10 == 0: // 4: held by both lists, now refused
			c.Body = "this is spam"
		case i%2 == 0: // 16: of newcomers, now held
			c.Standing = newcomer
		case i == 39: // a link by a newcomer: held before and after
			c.Standing, c.Body = newcomer, "https://a.example"
		}
		if err := r.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	got := []int{r.Seen, r.Shown, r.Held, r.Refused, r.WasShown, r.WasHeld, r.WasRefused, len(r.Examples)}
	if diff := cmp.Diff([]int{40, 19, 17, 4, 35, 5, 0, 14}, got); diff != "" {
		t.Error(diff)
	}
	if e := r.Examples[0]; e.ID != 100 || words(e.Now) != "held: word spam" || words(e.Then) != "refused: refused-word spam" {
		t.Errorf("first example %+v", e)
	}
}
