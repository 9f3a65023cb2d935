package storetest

import (
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"github.com/google/go-cmp/cmp"
)

func testRules(p *paper) {
	boss := p.member(role(news.RoleAdministrator))
	was, err := p.CommentRules(p.ctx)
	p.must(err)
	if diff := cmp.Diff(news.CommentRules{}.Usual(), was); diff != "" {
		p.Errorf("at first:\n%s", diff)
	}
	r := news.CommentRules{ClosedText: "Closed.", HoldFirst: 2, AllowedHosts: []string{"example.org"}, RefuseWords: []string{"ä\"b", "垃圾"},
		HoldWords: []string{"x y"}, StaffedFrom: "09:00", StaffedTo: "17:00", RecommendLabel: "Respect", DigestHours: 9}
	act := news.Act{At: noon, ActorID: &boss.ID, SubjectID: boss.ID, Kind: "x", Reason: "Trouble"}
	p.must(p.SetCommentRules(p.ctx, was, r, act))
	got, err := p.CommentRules(p.ctx)
	p.must(err)
	if diff := cmp.Diff(r.Usual(), got); diff != "" {
		p.Errorf("read (+), written (-):\n%s", diff)
	}
	p.wants(news.ErrConflict, p.SetCommentRules(p.ctx, was, news.CommentRules{HoldAll: true}, act), "from rules that are no longer")
	p.must(p.SetCommentRules(p.ctx, got, r, act)) // the same
	entries, _, err := p.Record(p.ctx, store.RecordFilter{Kinds: []news.ActKind{news.ActRules}})
	p.must(err)
	if len(entries) != 1 || entries[0].SubjectID != 0 || entries[0].Reason != "Trouble" || entries[0].Before == entries[0].After || entries[0].Before == "" {
		p.Errorf("record %+v", entries)
	}
	var passed atomic.Int32
	parallel(p.T, 8, func(i int) {
		next := got
		next.HoldFirst = 10 + i
		switch err := p.SetCommentRules(p.ctx, got, next, act); {
		case err == nil:
			passed.Add(1)
		case !errors.Is(err, news.ErrConflict):
			p.Error(err)
		}
	})
	if passed.Load() != 1 {
		p.Errorf("%d of 8 changes of the same rules passed", passed.Load())
	}
}

// testStanding follows a member's trust with the clock.
func testStanding(p *paper) {
	sport := p.category("Sport")
	story := p.article(ago(999*24*time.Hour), in(sport))
	m, mod := p.member(), p.member(role(news.RoleModerator))
	start := ago(200 * 24 * time.Hour)
	day := func(n int) time.Time { return start.AddDate(0, 0, n) }
	var rules news.CommentRules
	trust := func(n int, want news.Trust) {
		p.Helper()
		st, err := p.Standing(p.ctx, m.ID, story.ID, day(n))
		p.must(err)
		if got := st.Trust(rules); got != want {
			p.Errorf("day %d: %v, want %v: %+v", n, got, want, st)
		}
	}
	trust(0, news.TrustNew)
	var written []news.Comment
	for i := range 20 {
		written = append(written, p.comment(story, m, day(0).Add(time.Duration(i)*time.Minute)))
		if i == 1 {
			trust(1, news.TrustKnown)
		}
	}
	trust(1, news.TrustRegular)
	trust(89, news.TrustRegular)
	trust(91, news.TrustNew) // forgotten
	for range 5 {
		written = append(written, p.comment(story, m, day(89)))
	}
	trust(90, news.TrustRegular)
	trust(91, news.TrustKnown)
	p.decide(mod, news.ActRemove, written[20])
	trust(90, news.TrustKnown) // one removed takes a level
	p.decide(mod, news.ActRemove, written[21], written[22])
	trust(90, news.TrustNew) // three all of it
	p.decide(mod, news.ActRestore, written[20], written[21], written[22])
	trust(90, news.TrustRegular)

	st, err := p.Standing(p.ctx, m.ID, story.ID, day(89).Add(time.Hour))
	p.must(err)
	if diff := cmp.Diff(news.Standing{Accepted: 25, LastDay: 5}, st); diff != "" {
		p.Error(diff)
	}
	_, err = p.DecideMember(p.ctx, mod, m.ID, news.ActHoldMember, "", time.Time{}, noon)
	p.must(err)
	_, err = p.DecideThread(p.ctx, mod, story.ID, news.ActHoldThread, "", noon)
	p.must(err)
	_, err = p.DecideCategory(p.ctx, mod, sport.ID, news.ActHoldCategory, noon)
	p.must(err)
	st, err = p.Standing(p.ctx, m.ID, story.ID, noon)
	p.must(err)
	if diff := cmp.Diff(news.Standing{MemberHeld: true, CategoryHeld: true, ArticleHeld: true}, st); diff != "" {
		p.Error(diff)
	}
	for _, r := range []news.Role{news.RoleModerator, news.RoleWriter, news.RoleEditor} {
		if st, err := p.Standing(p.ctx, p.member(role(r)).ID, story.ID, noon); err != nil || !st.Staff {
			p.Errorf("%s: %+v, %v", r, st, err)
		}
	}
	_, err = p.Standing(p.ctx, 1<<40, story.ID, noon)
	p.wants(news.ErrNotFound, err, "nobody")
	_, err = p.Standing(p.ctx, m.ID, 1<<40, noon)
	p.wants(news.ErrNotFound, err, "nowhere")
}

func testPastComments(p *paper) {
	story := p.article(ago(999 * 24 * time.Hour))
	m, other := p.member(), p.member()
	var all []news.Comment
	p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		q := &paper{T: p.T, DB: tx, ctx: p.ctx, made: p.made}
		for i := range 620 {
			author := m
			if i%10 == 0 {
				author = other
			}
			all = append(all, q.comment(story, author, ago(time.Duration(620-i/2*2)*time.Minute), func(c *news.Comment) { // two at a time
				c.State = []news.CommentState{news.CommentVisible, news.CommentRemoved, news.CommentHeld, news.CommentDeleted}[i%4]
			}))
		}
		return nil
	}))
	from, to := all[0].CreatedAt, all[619].CreatedAt
	var got []news.PastComment
	total, err := p.PastComments(p.ctx, from, to, 1000, func(c news.PastComment) error { got = append(got, c); return nil })
	p.must(err)
	// The last two are at to itself, and a quarter was taken down by their
	// authors: 154 of the 618.
	if total != 464 || len(got) != total {
		p.Fatalf("%d seen of %d", len(got), total)
	}
	for i, c := range got {
		if i > 0 && (c.CreatedAt.After(got[i-1].CreatedAt) || c.ID == got[i-1].ID) {
			p.Fatalf("comment %d out of order", i)
		}
	}
	// What each author had by then, counted by hand.
	for _, i := range []int{0, 1, 100, 333, len(got) - 1} {
		c := got[i]
		var want news.Standing
		for _, w := range all {
			if w.MemberID != c.MemberID || !w.CreatedAt.Before(c.CreatedAt) {
				continue
			}
			want.LastDay++
			switch w.State {
			case news.CommentVisible:
				want.Accepted++
			case news.CommentRemoved:
				want.Removed++
			}
		}
		if diff := cmp.Diff(want, c.Standing); diff != "" || c.Headline != story.Headline || c.Body == "" || c.CategoryID != story.CategoryID || c.Name == "" {
			p.Errorf("%d: %+v\n%s", i, c, diff)
		}
	}
	n := 0
	total, err = p.PastComments(p.ctx, from, to, 7, func(news.PastComment) error { n++; return nil })
	if err != nil || total != 464 || n != 7 {
		p.Errorf("%d of %d, %v", n, total, err)
	}
	stop := errors.New("stop")
	_, err = p.PastComments(p.ctx, from, to, 7, func(news.PastComment) error { return stop })
	p.wants(stop, err, "stopped")
	if !slices.IsSortedFunc(got, func(a, b news.PastComment) int { return b.CreatedAt.Compare(a.CreatedAt) }) {
		p.Error("not newest first")
	}
}
