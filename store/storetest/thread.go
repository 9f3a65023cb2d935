package storetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"pgregory.net/rapid"
)

// outline writes a page of a thread as one line: bodies indented by dashes,
// stubs as their state.
func outline(page news.CommentPage) string {
	var lines []string
	for _, r := range page.Remarks {
		words := r.Body
		if words == "" {
			words = "(" + string(r.State) + ")"
		}
		lines = append(lines, strings.Repeat("-", r.Depth)+words)
	}
	return strings.Join(lines, " ")
}

func body(words string) func(*news.Comment) { return func(c *news.Comment) { c.Body = words } }

func testThread(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	page, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: news.OrderNewest, Page: 1})
	if err != nil || len(page.Remarks) != 0 || page.Pages != 1 || page.Page != 1 || page.Count != 0 || page.Roots != 0 {
		p.Errorf("empty thread: %+v, %v", page, err)
	}
	for _, beyond := range []int{-1, 2} {
		_, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: news.OrderNewest, Page: beyond})
		p.wants(news.ErrNotFound, err, fmt.Sprint("page ", beyond))
	}
	a := p.comment(s, m, ago(50*time.Minute), body("a"))
	b := p.comment(s, m, ago(40*time.Minute), body("b"))
	tie := p.comment(s, m, ago(40*time.Minute), body("c"))
	a1 := p.comment(s, m, ago(30*time.Minute), body("a1"), under(a))
	p.comment(s, m, ago(20*time.Minute), body("a2"), under(a))
	p.comment(s, m, ago(5*time.Minute), body("a11"), under(a1))
	p.comment(s, m, ago(10*time.Minute), body("b1"), under(b))
	p.comment(p.article(ago(time.Hour)), m, ago(time.Minute), body("elsewhere"))
	_ = tie
	for order, want := range map[news.CommentOrder]string{
		news.OrderOldest: "a -a1 --a11 -a2 b -b1 c",
		news.OrderNewest: "c b -b1 a -a1 --a11 -a2",
	} {
		page, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: order, Page: 1})
		p.must(err)
		if got := outline(page); got != want || page.Order != order || page.Count != 7 || page.Roots != 3 {
			p.Errorf("%s: %q, want %q (%+v)", order, got, want, page)
		}
	}
	page, err = p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: "odd", Page: 1})
	if err != nil || page.Order != news.OrderNewest {
		p.Errorf("an order that is none: %v, %v", page.Order, err)
	}
}

// testThreadStubs goes through who sees what of comments in each state.
func testThreadStubs(p *paper) {
	s, author, other := p.article(ago(time.Hour)), p.member(), p.member()
	visible, held, removed, deleted := state(news.CommentVisible), state(news.CommentHeld), state(news.CommentRemoved), state(news.CommentDeleted)
	at := ago(time.Hour)
	add := func(words string, st func(*news.Comment), more ...func(*news.Comment)) news.Comment {
		at = at.Add(time.Second)
		return p.comment(s, author, at, append(more, body(words), st)...)
	}
	add("a", visible)
	add("b", held)
	rb := add("c", removed, func(c *news.Comment) { c.Reason = "rude" })
	add("d", deleted)
	e := add("e", deleted)
	e1 := add("e1", held, under(e))
	add("e11", visible, under(e1))
	f := add("f", deleted)
	add("f1", deleted, under(f))
	g := add("g", deleted)
	add("g1", held, under(g))
	h := add("h", held)
	add("h1", visible, under(h))
	i := add("i", visible)
	add("i1", deleted, under(i))
	add("i2", removed, under(i))
	for _, test := range []struct {
		what string
		v    news.Viewpoint
		want string
	}{
		{"signed out", now, "a (removed) (deleted) -(held) --e11 (held) -h1 i -(removed)"},
		{"another member", as(other), "a (removed) (deleted) -(held) --e11 (held) -h1 i -(removed)"},
		{"the author", as(author), "a b (removed) (deleted) -e1 --e11 (deleted) -g1 h -h1 i -(removed)"},
	} {
		page, err := p.CommentPage(p.ctx, test.v, s.ID, news.ThreadFilter{Order: news.OrderOldest, Page: 1})
		p.must(err)
		if got := outline(page); got != test.want {
			p.Errorf("%s sees\n%s, want\n%s", test.what, got, test.want)
		}
		if page.Count != 4 {
			p.Errorf("%s: counted %d visible comments, want 4", test.what, page.Count)
		}
		for _, r := range page.Remarks {
			hidden := r.State == news.CommentHeld && r.Body == ""
			if hidden && (r.Name != "" || r.Handle != "" || r.MemberID != 0) {
				p.Errorf("%s learns who waits for a moderator: %+v", test.what, r)
			}
			if r.ID == rb.ID && r.Reason != "rude" {
				p.Error("the stub of a removed comment lacks the reason")
			}
			if r.Body == "e11" && r.ParentState != news.CommentHeld {
				p.Errorf("parent of e11 is %q", r.ParentState)
			}
			one, err := p.CommentByID(p.ctx, test.v, r.ID)
			if err != nil || one.Body != r.Body || one.Name != r.Name || one.ParentName != r.ParentName {
				p.Errorf("%s: comment %d alone is %+v, %v", test.what, r.ID, one, err)
			}
		}
	}
	for _, id := range []int64{f.ID, g.ID, g.ID + 1} {
		_, err := p.CommentByID(p.ctx, now, id)
		p.wants(news.ErrNotFound, err, "comment that is not shown")
		_, err = p.CommentPlace(p.ctx, now, id, news.OrderNewest)
		p.wants(news.ErrNotFound, err, "place of a comment that is not shown")
	}
}

func testThreadPages(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	const roots = 2*news.CommentsPerPage + 1
	for i := range roots { // three of one instant, so that pages end within an instant
		at := ago(time.Duration(i/3) * time.Second)
		p.comment(s, m, at, body(fmt.Sprint(i)))
		p.comment(s, m, at, state(news.CommentDeleted)) // takes no place
	}
	for order, first := range map[news.CommentOrder]string{news.OrderNewest: "2", news.OrderOldest: "39"} {
		for n := 1; n <= 3; n++ {
			page, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: order, Page: n})
			p.must(err)
			for _, r := range page.Remarks {
				if place, err := p.CommentPlace(p.ctx, now, r.ID, order); err != nil || place.Page != n {
					p.Errorf("%s: %q stands on page %d, CommentPlace says %d, %v", order, r.Body, n, place, err)
				}
			}
		}
		page, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: order, Page: 1})
		p.must(err)
		if page.Pages != 3 || page.Roots != roots || len(page.Remarks) != news.CommentsPerPage || page.Remarks[0].Body != first {
			p.Errorf("%s: %d pages, %d roots, %d here, first %q", order, page.Pages, page.Roots, len(page.Remarks), page.Remarks[0].Body)
		}
		if last, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: order, Page: 3}); err != nil || len(last.Remarks) != 1 {
			p.Errorf("%s: last page holds %d, %v", order, len(last.Remarks), err)
		}
		_, err = p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: order, Page: 4})
		p.wants(news.ErrNotFound, err, "page beyond the last")
	}
}

// testThreadBranch opens a long branch, part by part.
func testThreadBranch(p *paper) {
	s, m, other := p.article(ago(time.Hour)), p.member(), p.member()
	root := p.comment(s, m, ago(time.Hour), body("root"))
	small := p.comment(s, m, ago(time.Hour), body("small"))
	p.comment(s, m, ago(time.Hour), body("answer"), under(small))
	const replies = news.RepliesPerPart + 7
	for i := range replies {
		p.comment(s, m, ago(time.Minute), body(fmt.Sprint(i)), under(root))
		p.comment(s, m, ago(time.Minute), state(news.CommentDeleted), under(root)) // takes no place
	}
	read := func(v news.Viewpoint, f news.ThreadFilter) news.CommentPage {
		p.Helper()
		page, err := p.CommentPage(p.ctx, v, s.ID, f)
		p.must(err)
		return page
	}
	page := read(now, news.ThreadFilter{Order: news.OrderOldest})
	if got := outline(page); got != "root -0 -1 -2 small -answer" || page.More[root.ID] != replies-news.RepliesFirst || len(page.More) != 1 ||
		page.Open != 0 || page.Parts != 0 || page.Remarks[0].Replies != replies || page.Count != replies+3 {
		p.Errorf("closed: %q, %+v", got, page.More)
	}
	page = read(now, news.ThreadFilter{Order: news.OrderOldest, Open: root.ID})
	if len(page.Remarks) != news.RepliesPerPart+3 || page.More[root.ID] != 7 || page.Open != root.ID || page.Part != 1 || page.Parts != 2 {
		p.Errorf("opened: %d, %+v", len(page.Remarks), page.More)
	}
	page = read(now, news.ThreadFilter{Order: news.OrderOldest, Open: root.ID, Part: 2})
	if got := outline(page); got != "root -100 -101 -102 -103 -104 -105 -106 small -answer" || page.Part != 2 {
		p.Errorf("the second part: %q", got)
	}
	if page := read(now, news.ThreadFilter{Open: 1 << 40, Part: 9}); page.Open != 0 || page.Part != 0 || len(page.Remarks) != 6 {
		p.Errorf("opened what is not here: %+v", page)
	}
	for _, part := range []int{-1, 3} {
		_, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Open: root.ID, Part: part})
		p.wants(news.ErrNotFound, err, fmt.Sprint("part ", part))
	}

	// What waits is there for who wrote it, in its place.
	held := p.comment(s, other, ago(time.Second), body("mine"), under(root), state(news.CommentHeld))
	page = read(as(other), news.ThreadFilter{Order: news.OrderOldest, Open: root.ID, Part: 2})
	if got := outline(page); !strings.Contains(got, "-106 -mine small") {
		p.Errorf("with one's own: %q", got)
	}
	if place, err := p.CommentPlace(p.ctx, as(other), held.ID, news.OrderOldest); err != nil || place != (news.CommentPlace{Page: 1, Open: root.ID, Part: 2}) {
		p.Errorf("%+v, %v", place, err)
	}
	_, err := p.CommentPlace(p.ctx, as(m), held.ID, news.OrderOldest)
	p.wants(news.ErrNotFound, err, "place of another's that waits")
}

// testThreadRecommended wants what is recommended most first, and stubs last.
func testThreadRecommended(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	var made []news.Comment
	for i := range 4 {
		made = append(made, p.comment(s, m, ago(time.Hour-time.Duration(i)*time.Minute), body(fmt.Sprint(i))))
	}
	fans := []news.Member{p.member(), p.member()}
	for i, fan := range fans {
		for _, c := range made[i : i+2] {
			_, err := p.Recommend(p.ctx, as(fan), c.ID, true)
			p.must(err)
		}
	}
	want := "1 2 0 3"
	page, err := p.CommentPage(p.ctx, as(fans[0]), s.ID, news.ThreadFilter{Order: news.OrderRecommended})
	if got := outline(page); err != nil || got != want || page.Order != news.OrderRecommended {
		p.Errorf("%q, %v; want %q", got, err, want)
	}
	for _, r := range page.Remarks {
		if r.Recommended != (r.Body == "0" || r.Body == "1") {
			p.Errorf("%s recommended: %v", r.Body, r.Recommended)
		}
	}
	p.comment(s, fans[0], ago(time.Second), body("11"), under(made[1]))
	_, err = p.DeleteComment(p.ctx, as(m), made[1].ID)
	p.must(err)
	page, err = p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: news.OrderRecommended})
	if got := outline(page); err != nil || got != "2 0 3 (deleted) -11" {
		p.Errorf("%q, %v", got, err)
	}
}

// testThreadProperties makes trees at random and wants of every order: every
// comment that must be shown is there exactly once and nothing else, whatever
// pages and parts there are, parents come before children, every comment stands
// where CommentPlace says, and what is counted is what there is.
func testThreadProperties(p *paper) {
	members := []news.Member{p.member(), p.member()}
	states := rapid.SampledFrom([]news.CommentState{news.CommentVisible, news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted})
	rapid.Check(p.T, func(t *rapid.T) {
		s := p.article(ago(time.Hour))
		all := make(map[int64]news.Comment)
		var order []int64
		answers := rapid.IntRange(0, 10).Draw(t, "answers")
		p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
			q := &paper{T: p.T, DB: tx, ctx: p.ctx}
			for i := range rapid.IntRange(0, 70).Draw(t, "comments") {
				var change []func(*news.Comment)
				if len(order) > 0 && rapid.IntRange(0, 9).Draw(t, "answer") < answers {
					change = append(change, under(all[rapid.SampledFrom(order).Draw(t, "parent")]))
				}
				// Half of the instants are shared.
				at := ago(time.Duration(rapid.IntRange(0, 20).Draw(t, "age")) * time.Second)
				c := q.comment(s, members[i%2], at, append(change, state(states.Draw(t, "state")))...)
				all[c.ID] = c
				order = append(order, c.ID)
			}
			return nil
		}))
		v := now
		if rapid.Bool().Draw(t, "signed in") {
			v = as(members[0])
		}

		// What must be shown, by the words of the specification.
		want := make(map[int64]bool)
		visible := 0
		for _, c := range all {
			if c.State == news.CommentVisible {
				visible++
			}
			if c.State == news.CommentDeleted || c.State == news.CommentHeld && c.MemberID != v.Reader.MemberID {
				continue
			}
			for id := &c.ID; id != nil; id = all[*id].ParentID {
				want[*id] = true
			}
		}
		for _, o := range []news.CommentOrder{news.OrderNewest, news.OrderOldest, news.OrderRecommended} {
			walkThread(p, t, v, s.ID, o, want, visible)
		}
	})
}

// walkThread reads all pages and parts of a thread.
func walkThread(p *paper, t *rapid.T, v news.Viewpoint, article int64, o news.CommentOrder, want map[int64]bool, visible int) {
	var seen []int64
	roots := 0
	read := func(f news.ThreadFilter) news.CommentPage {
		page, err := p.CommentPage(p.ctx, v, article, f)
		if err != nil {
			t.Fatal(err)
		}
		if page.Count != visible {
			t.Fatalf("%s: counted %d visible comments, there are %d", o, page.Count, visible)
		}
		return page
	}
	see := func(r news.Remark, place news.CommentPlace) {
		if r.ParentID != nil && !slices.Contains(seen, *r.ParentID) {
			t.Fatalf("%s: %d stands before its parent", o, r.ID)
		}
		if !want[r.ID] {
			t.Fatalf("%s: %d is shown: %+v", o, r.ID, r)
		}
		seen = append(seen, r.ID)
		if got, err := p.CommentPlace(p.ctx, v, r.ID, o); err != nil || got != place {
			t.Fatalf("%s: %d stands at %+v, CommentPlace says %+v, %v", o, r.ID, place, got, err)
		}
	}
	for n := 1; ; n++ {
		page := read(news.ThreadFilter{Order: o, Page: n})
		here := 0
		under := make(map[int64]int)
		for _, r := range page.Remarks {
			if r.ParentID == nil {
				here++
				see(r, news.CommentPlace{Page: n})
				under[r.ID] = 0
				if page.More[r.ID] == 0 {
					continue
				}
				// All under it, part by part, before the next.
				shown := 0
				for part := 1; ; part++ {
					opened := read(news.ThreadFilter{Order: o, Page: n, Open: r.ID, Part: part})
					inPart := 0
					for _, reply := range opened.Remarks {
						if reply.ParentID == nil || reply.RootID != r.ID {
							continue
						}
						place := news.CommentPlace{Page: n}
						if shown >= news.RepliesFirst {
							place.Open, place.Part = r.ID, part
						}
						see(reply, place)
						shown++
						inPart++
					}
					if part == opened.Parts {
						if shown != news.RepliesFirst+page.More[r.ID] || opened.More[r.ID] != shown-inPart {
							t.Fatalf("%s: %d replies under %d, More says %d and %d", o, shown, r.ID, page.More[r.ID], opened.More[r.ID])
						}
						break
					}
					if inPart != news.RepliesPerPart {
						t.Fatalf("%s: a part of %d", o, inPart)
					}
				}
			} else if under[r.RootID]++; page.More[r.RootID] == 0 {
				see(r, news.CommentPlace{Page: n})
			}
		}
		for root, n := range under {
			if n > news.RepliesFirst || n < news.RepliesFirst && page.More[root] > 0 {
				t.Fatalf("%s: %d replies under %d, and %d more", o, n, root, page.More[root])
			}
		}
		if here > news.CommentsPerPage {
			t.Fatalf("%s: %d top-level comments on a page", o, here)
		}
		roots += here
		if n == page.Pages {
			if roots != page.Roots {
				t.Fatalf("%s: %d top-level comments, Roots says %d", o, roots, page.Roots)
			}
			break
		}
	}
	if slices.Sort(seen); len(seen) != len(want) || len(slices.Compact(seen)) != len(want) {
		t.Fatalf("%s: shown %d, want each of %d once", o, len(seen), len(want))
	}
}
