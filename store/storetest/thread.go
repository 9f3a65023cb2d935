package storetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"

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
	page, err := p.CommentPage(p.ctx, now, s.ID, news.OrderNewest, 1)
	if err != nil || len(page.Remarks) != 0 || page.Pages != 1 || page.Page != 1 || page.Count != 0 || page.Roots != 0 {
		p.Errorf("empty thread: %+v, %v", page, err)
	}
	for _, beyond := range []int{-1, 0, 2} {
		_, err := p.CommentPage(p.ctx, now, s.ID, news.OrderNewest, beyond)
		p.wants(news.ErrNotFound, err, fmt.Sprint("page ", beyond))
	}
	a := p.comment(s, m, ago(50*time.Minute), body("a"))
	b := p.comment(s, m, ago(40*time.Minute), body("b"))
	tie := p.comment(s, m, ago(40*time.Minute), body("c"))
	a2 := p.comment(s, m, ago(20*time.Minute), body("a2"), under(a))
	a1 := p.comment(s, m, ago(30*time.Minute), body("a1"), under(a))
	p.comment(s, m, ago(5*time.Minute), body("a11"), under(a1))
	p.comment(s, m, ago(10*time.Minute), body("b1"), under(b))
	p.comment(p.article(ago(time.Hour)), m, ago(time.Minute), body("elsewhere"))
	_, _ = tie, a2
	for order, want := range map[news.CommentOrder]string{
		news.OrderOldest: "a -a1 --a11 -a2 b -b1 c",
		news.OrderNewest: "c b -b1 a -a1 --a11 -a2",
	} {
		page, err := p.CommentPage(p.ctx, now, s.ID, order, 1)
		p.must(err)
		if got := outline(page); got != want || page.Order != order || page.Count != 7 || page.Roots != 3 {
			p.Errorf("%s: %q, want %q (%+v)", order, got, want, page)
		}
	}
	page, err = p.CommentPage(p.ctx, now, s.ID, "odd", 1)
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
		page, err := p.CommentPage(p.ctx, test.v, s.ID, news.OrderOldest, 1)
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
			page, err := p.CommentPage(p.ctx, now, s.ID, order, n)
			p.must(err)
			for _, r := range page.Remarks {
				if place, err := p.CommentPlace(p.ctx, now, r.ID, order); err != nil || place != n {
					p.Errorf("%s: %q stands on page %d, CommentPlace says %d, %v", order, r.Body, n, place, err)
				}
			}
		}
		page, err := p.CommentPage(p.ctx, now, s.ID, order, 1)
		p.must(err)
		if page.Pages != 3 || page.Roots != roots || len(page.Remarks) != news.CommentsPerPage || page.Remarks[0].Body != first {
			p.Errorf("%s: %d pages, %d roots, %d here, first %q", order, page.Pages, page.Roots, len(page.Remarks), page.Remarks[0].Body)
		}
		if last, err := p.CommentPage(p.ctx, now, s.ID, order, 3); err != nil || len(last.Remarks) != 1 {
			p.Errorf("%s: last page holds %d, %v", order, len(last.Remarks), err)
		}
		_, err = p.CommentPage(p.ctx, now, s.ID, order, 4)
		p.wants(news.ErrNotFound, err, "page beyond the last")
	}
}

// testThreadTime wants comments of the future nowhere.
func testThreadTime(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	root := p.comment(s, m, ago(time.Minute), body("now"), state(news.CommentDeleted))
	p.comment(s, m, ago(-time.Microsecond), body("later"), under(root))
	p.comment(s, m, ago(-time.Hour), body("much later"))
	page, err := p.CommentPage(p.ctx, now, s.ID, news.OrderNewest, 1)
	if err != nil || page.Roots != 0 || page.Count != 0 || len(page.Remarks) != 0 {
		p.Errorf("at noon: %+v, %v", page, err)
	}
	page, err = p.CommentPage(p.ctx, news.Now(noon.Add(time.Microsecond)), s.ID, news.OrderNewest, 1)
	if got := outline(page); err != nil || got != "(deleted) -later" || page.Count != 1 {
		p.Errorf("a moment later: %q, %v", got, err)
	}
}

// testThreadProperties makes trees at random and wants of both orders: every
// comment that must be shown is there exactly once and nothing else, parents
// come before children, and every comment stands on the page that CommentPlace
// names.
func testThreadProperties(p *paper) {
	members := []news.Member{p.member(), p.member()}
	states := rapid.SampledFrom([]news.CommentState{news.CommentVisible, news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted})
	rapid.Check(p.T, func(t *rapid.T) {
		s := p.article(ago(time.Hour))
		all := make(map[int64]news.Comment)
		var order []int64
		for i := range rapid.IntRange(0, 60).Draw(t, "comments") {
			var change []func(*news.Comment)
			// Half of the instants are shared, and some lie beyond noon.
			at := ago(time.Duration(rapid.IntRange(-2, 20).Draw(t, "age")) * time.Second)
			if len(order) > 0 && rapid.IntRange(0, 9).Draw(t, "answers") < 4 {
				parent := all[rapid.SampledFrom(order).Draw(t, "parent")]
				if at.Before(parent.CreatedAt) {
					at = parent.CreatedAt
				}
				change = append(change, under(parent))
			}
			m := members[i%2]
			c := p.comment(s, m, at, append(change, state(states.Draw(t, "state")))...)
			all[c.ID] = c
			order = append(order, c.ID)
		}
		v := now
		if rapid.Bool().Draw(t, "signed in") {
			v = as(members[0])
		}

		// What must be shown, by the words of the specification.
		want := make(map[int64]bool)
		visible := 0
		for _, c := range all {
			if c.CreatedAt.After(v.At) {
				continue
			}
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

		for _, o := range []news.CommentOrder{news.OrderNewest, news.OrderOldest} {
			var seen []int64
			roots := 0
			for n := 1; ; n++ {
				page, err := p.CommentPage(p.ctx, v, s.ID, o, n)
				if err != nil {
					t.Fatal(err)
				}
				if page.Count != visible {
					t.Fatalf("%s: counted %d visible comments, there are %d", o, page.Count, visible)
				}
				here := 0
				for _, r := range page.Remarks {
					if r.ParentID == nil {
						here++
					} else if !slices.Contains(seen, *r.ParentID) {
						t.Fatalf("%s: %d stands before its parent", o, r.ID)
					}
					if !want[r.ID] {
						t.Fatalf("%s: %d is shown: %+v", o, r.ID, r)
					}
					seen = append(seen, r.ID)
					if place, err := p.CommentPlace(p.ctx, v, r.ID, o); err != nil || place != n {
						t.Fatalf("%s: %d stands on page %d, CommentPlace says %d, %v", o, r.ID, n, place, err)
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
	})
}
