package storetest

import (
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

func (p *paper) found(q news.CommentSearch) []int64 {
	p.Helper()
	list, err := p.SearchComments(p.ctx, q)
	if err != nil {
		p.Fatalf("%q: %v", q.Words, err)
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids
}

func testSearch(p *paper) {
	story := p.article(ago(99 * 24 * time.Hour))
	sport := p.category("Sport")
	match := p.article(ago(99*24*time.Hour), in(sport))
	m, other := p.member(), p.member()
	texts := []string{
		"The ferry was late again.",                      // 0
		"Élodie said: the FERRY is never late!",          // 1
		"Late? The ferries are fine, *don't* fret.",      // 2
		"Naïve café-goers (100 %) paid 12,50 € — “wow”.", // 3
		"Мэр сказал: ПАРОМ опоздал",                      // 4
		"Ο ΔΗΜΑΡΧΟΣ ΜΊΛΗΣΕ",                              // 5
		"joe@example.org wrote https://example.org/path", // 6
		"NOT a OR b AND c; a:b x_y 5 NEAR(q)",            // 7
		"Straße und Øre 🎉party🎉 time",                    // 8
		"dog's re\u0301sume\u0301 e\u0301",               // 9
	}
	var cs []news.Comment
	for i, text := range texts {
		s := story
		if i%2 == 1 {
			s = match
		}
		cs = append(cs, p.comment(s, m, ago(time.Duration(100-i)*time.Minute), body(text)))
	}
	for _, tt := range []struct {
		words string
		want  []int // newest first
	}{
		{"ferry", []int{1, 0}},
		{"FERRY late", []int{1, 0}},
		{"late ferry", []int{1, 0}},
		{`"ferry was late"`, []int{0}},
		{`"late ferry"`, nil},
		{`"the ferry" never`, []int{1}},
		{`“ferry was”`, []int{0}},
		{`"ferry was`, []int{0}}, // a quote that was not closed
		{"ferr", nil},
		{"ferries", []int{2}},
		{"elodie", []int{1}},
		{"ÉLODIE", []int{1}},
		{"naive cafe", []int{3}},
		{"NAÏVE", []int{3}},
		{"cafe-goers", []int{3}},
		{"wow", []int{3}},
		{"100", []int{3}},
		{"100%", []int{3}},
		{"12,50", []int{3}},
		{"don't", []int{2}},
		{"паром", []int{4}},
		{"ПАРОМ мэр", []int{4}},
		{"ΔΗΜΑΡΧΟΣ", []int{5}},
		{"δημαρχοσ", []int{5}},
		{"μίλησε", []int{5}},
		{"μιλησε", nil}, // accents count beyond Latin letters
		{"example.org", []int{6}},
		{"joe@example.org", []int{6}},
		{"https://example.org/path", []int{6}},
		{"path", []int{6}},
		{"not", []int{7}},
		{"NOT", []int{7}},
		{"ferry NOT late", nil},
		{"ferry OR wow", nil},
		{"a:b", []int{7}},
		{"body:ferry", nil},
		{"x_y", []int{7}},
		{"NEAR(q)", []int{7}},
		{"fer*", nil},
		{"*", nil}, {"%", nil}, {"_", nil}, {`"`, nil}, {`""`, nil}, {`"" ferry`, []int{1, 0}}, {"(", nil}, {"^ferry", []int{1, 0}}, {"-ferry", []int{1, 0}},
		{"+ferry % late", []int{1, 0}},
		{"straße", []int{8}}, {"STRASSE", nil},
		{"party", []int{8}}, {"🎉", nil},
		{"resume", []int{9}}, {"dog", []int{9}}, {"dog's", []int{9}},
		{"ferry\x00late", []int{1, 0}}, {"ferry\xfflate", []int{1, 0}}, {"'; DROP TABLE comments; --", nil}, {"➊", nil}, {"² x", nil},
		{strings.Repeat("ferry ", 1000), []int{1, 0}},
		{strings.Repeat("f", 1000), nil},
		{strings.Repeat(`"`, 1000), nil},
	} {
		var want []int64
		for _, i := range tt.want {
			want = append(want, cs[i].ID)
		}
		if got := p.found(news.CommentSearch{Words: tt.words}); !slices.Equal(got, want) {
			p.Errorf("%.40q: found %v, want %v", tt.words, got, want)
		}
	}
	for _, text := range awkward {
		p.found(news.CommentSearch{Words: text})
	}

	// The other ways to restrict, alone and with words.
	held := p.comment(match, other, ago(5*time.Minute), body("the ferry, held"), state(news.CommentHeld))
	id := func(list ...news.Comment) []int64 {
		var ids []int64
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return ids
	}
	for _, tt := range []struct {
		what string
		q    news.CommentSearch
		want []int64
	}{
		{"state", news.CommentSearch{State: news.CommentHeld}, id(held)},
		{"member", news.CommentSearch{MemberID: other.ID}, id(held)},
		{"member, words", news.CommentSearch{MemberID: m.ID, Words: "ferry"}, id(cs[1], cs[0])},
		{"article", news.CommentSearch{ArticleID: match.ID, Words: "ferry"}, id(held, cs[1])},
		{"categories", news.CommentSearch{Categories: []int64{sport.ID}, Words: "ferry"}, id(held, cs[1])},
		{"no categories", news.CommentSearch{Categories: []int64{}, Words: "ferry"}, nil},
		{"from", news.CommentSearch{From: cs[9].CreatedAt}, id(held, cs[9])},
		{"from and to", news.CommentSearch{From: cs[1].CreatedAt, To: cs[3].CreatedAt}, id(cs[2], cs[1])},
		{"to, words", news.CommentSearch{To: cs[1].CreatedAt, Words: "ferry"}, id(cs[0])},
		{"limit", news.CommentSearch{Limit: 2}, id(held, cs[9])},
		{"after", news.CommentSearch{Limit: 2, AfterAt: cs[9].CreatedAt, AfterID: cs[9].ID}, id(cs[8], cs[7])},
		{"after, words", news.CommentSearch{Words: "ferry", Limit: 1, AfterAt: held.CreatedAt, AfterID: held.ID}, id(cs[1])},
	} {
		if got := p.found(tt.q); !slices.Equal(got, tt.want) {
			p.Errorf("%s: %v, want %v", tt.what, got, tt.want)
		}
	}
	list, err := p.SearchComments(p.ctx, news.CommentSearch{State: news.CommentHeld})
	p.must(err)
	if c := list[0]; c.Name != other.Name || c.Headline != match.Headline || c.Slug != match.Slug || c.Body != "the ferry, held" {
		p.Errorf("%+v", c)
	}

	// Words follow what becomes of comments.
	c := p.comment(story, m, noon, body("zanzibar"))
	if len(p.found(news.CommentSearch{Words: "zanzibar"})) != 1 {
		p.Error("a new comment is not found")
	}
	mod := p.member(role(news.RoleModerator))
	batch, _ := p.decide(mod, news.ActRemove, c)
	if len(p.found(news.CommentSearch{Words: "zanzibar", State: news.CommentRemoved})) != 1 {
		p.Error("a removed comment is not found")
	}
	_, err = p.Undo(p.ctx, mod, batch.ID, noon)
	p.must(err)
	e := p.comment(story, m, noon, body("madagascar"))
	_, err = p.EditComment(p.ctx, as(m), e.ID, "mauritius", nil)
	p.must(err)
	if len(p.found(news.CommentSearch{Words: "madagascar"})) != 0 || len(p.found(news.CommentSearch{Words: "mauritius"})) != 1 {
		p.Error("an edited comment is found by what it said")
	}
	_, err = p.DeleteComment(p.ctx, as(m), c.ID)
	p.must(err)
	if len(p.found(news.CommentSearch{Words: "zanzibar"})) != 0 {
		p.Error("what its author took down is found")
	}
	if got := p.found(news.CommentSearch{State: news.CommentDeleted}); !slices.Equal(got, id(c)) {
		p.Errorf("by state: %v", got)
	}
}

// testSearchPages reads a long answer page by page, beyond what is looked
// through first.
func testSearchPages(p *paper) {
	story, m := p.article(ago(99*24*time.Hour)), p.member()
	want := make(map[int64]bool)
	p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		q := &paper{T: p.T, DB: tx, ctx: p.ctx, made: p.made}
		for i := range 6000 {
			words := "ordinary words"
			if i%100 == 0 || i < 40 {
				words = "a rare word"
			}
			c := q.comment(story, m, ago(time.Duration(6000-i/3)*time.Second), body(words))
			if strings.Contains(words, "rare") {
				want[c.ID] = true
			}
		}
		return nil
	}))
	got := make(map[int64]bool)
	f := news.CommentSearch{Words: "rare", Limit: 30}
	for range 10 {
		list, err := p.SearchComments(p.ctx, f)
		p.must(err)
		for _, c := range list {
			if got[c.ID] || !want[c.ID] {
				p.Fatalf("comment %d twice, or not to be found", c.ID)
			}
			got[c.ID] = true
			f.AfterAt, f.AfterID = c.CreatedAt, c.ID
		}
	}
	if len(got) != len(want) {
		p.Errorf("found %d of %d", len(got), len(want))
	}
}
