package storetest

import (
	"errors"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

func written(s news.Story, m news.Member, body, key string, at time.Time) news.Comment {
	return news.Comment{ArticleID: s.ID, MemberID: m.ID, Body: body, FormKey: key,
		State: news.CommentVisible, CreatedAt: at}
}

// post writes a comment that must be new.
func (p *paper) post(c *news.Comment) {
	p.Helper()
	created, err := p.CreateComment(p.ctx, c, nil, nil)
	if err != nil || !created {
		p.Fatalf("CreateComment: created %v, %v", created, err)
	}
}

func testComment(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	root := written(s, ann, "First", "k1", ago(time.Minute))
	p.post(&root)
	if root.ID == 0 || root.RootID != root.ID || root.Depth != 0 {
		p.Errorf("top-level comment: %+v", root)
	}
	reply := written(s, bob, "Second", "k1", noon) // keys are unique for each member only
	reply.ParentID = &root.ID
	p.post(&reply)
	if reply.RootID != root.ID || reply.Depth != 1 {
		p.Errorf("reply: %+v", reply)
	}
	got, err := p.CommentByID(p.ctx, now, reply.ID)
	p.must(err)
	want := news.Remark{Comment: reply, Name: bob.Name, Handle: bob.Handle, Role: bob.Role,
		ParentName: ann.Name, ParentState: news.CommentVisible}
	want.FormKey = ""
	if diff := cmp.Diff(want, got); diff != "" {
		p.Errorf("read (+) is not what was written (-):\n%s", diff)
	}
	_, err = p.CommentByID(p.ctx, now, reply.ID+99)
	p.wants(news.ErrNotFound, err, "unknown comment")

	if n, err := p.CommentCount(p.ctx, now, s.ID); err != nil || n != 2 {
		p.Errorf("%d comments, %v; want 2", n, err)
	}
	if story, err := p.ArticleByID(p.ctx, now, s.ID); err != nil || story.CommentCount != 2 {
		p.Errorf("%d comments on the article, %v; want 2", story.CommentCount, err)
	}

	s.WithdrawnAt = &noon
	p.must(p.UpdateArticle(p.ctx, &s))
	_, err = p.CommentByID(p.ctx, now, reply.ID)
	p.wants(news.ErrNotFound, err, "comment under a withdrawn article")
}

func testCommentRules(p *paper) {
	open, m := p.article(ago(time.Hour)), p.member()
	other := p.article(ago(time.Hour))
	future := p.article(ago(-time.Hour))
	gone := p.article(ago(time.Hour), func(s *news.Story) { s.WithdrawnAt = &noon })
	closed := p.article(ago(time.Hour), func(s *news.Story) { s.CommentsClosedAt = &noon })
	parents := make(map[news.CommentState]news.Comment)
	for _, st := range []news.CommentState{news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted} {
		parents[st] = p.comment(open, m, ago(50*time.Minute), state(st))
	}
	for _, test := range []struct {
		what   string
		s      news.Story
		parent int64
		at     time.Time
		want   error
	}{
		{"article not public yet", future, 0, noon, news.ErrNotFound},
		{"unknown article", news.Story{}, 0, noon, news.ErrNotFound},
		{"withdrawn article", gone, 0, noon, news.ErrGone},
		{"article just before its withdrawal", gone, 0, ago(1000), nil},
		{"closed thread", closed, 0, noon, news.ErrThreadClosed},
		{"thread just before it closed", closed, 0, ago(1000), nil},
		{"unknown parent", open, 1 << 40, noon, news.ErrParentGone},
		{"parent of another article", other, parents[news.CommentVisible].ID, noon, news.ErrParentGone},
		{"held parent", open, parents[news.CommentHeld].ID, noon, news.ErrParentGone},
		{"removed parent", open, parents[news.CommentRemoved].ID, noon, news.ErrParentGone},
		{"deleted parent", open, parents[news.CommentDeleted].ID, noon, news.ErrParentGone},
		{"visible parent", open, parents[news.CommentVisible].ID, noon, nil},
	} {
		key := []byte("kept " + test.what)
		p.must(p.KeepComment(p.ctx, news.KeptComment{TokenHash: key, ArticleID: open.ID, Body: "B",
			CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}))
		c := written(test.s, p.member(), test.what, test.what, test.at)
		if test.parent != 0 {
			c.ParentID = &test.parent
		}
		created, err := p.CreateComment(p.ctx, &c, key, nil)
		p.wants(test.want, err, test.what)
		if created != (test.want == nil) || (c.ID != 0) != created {
			p.Errorf("%s: created %v, id %d", test.what, created, c.ID)
		}
		wantKept := error(nil)
		if created {
			wantKept = news.ErrNotFound
		}
		_, err = p.KeptComment(p.ctx, key, noon, 0)
		p.wants(wantKept, err, test.what+": kept comment")
	}
	nobody := written(open, news.Member{ID: 1 << 40}, "words", "k", noon)
	_, err := p.CreateComment(p.ctx, &nobody, nil, nil)
	p.wants(news.ErrNotFound, err, "comment by nobody")

	early := written(open, p.member(), "early", "k", ago(55*time.Minute)) // by a clock that is behind
	early.ParentID = ptr(parents[news.CommentVisible].ID)
	p.post(&early)
	if !early.CreatedAt.Equal(ago(50 * time.Minute)) {
		p.Errorf("an answer older than what it answers: %v", early.CreatedAt)
	}
}

func testCommentTwice(p *paper) {
	s, other, m := p.article(ago(time.Hour)), p.article(ago(time.Hour)), p.member()
	first := written(s, m, "Same words", "k1", ago(30*time.Minute))
	p.post(&first)
	again := func(what string, c news.Comment, want bool) {
		p.Helper()
		created, err := p.CreateComment(p.ctx, &c, nil, nil)
		if err != nil || created != want {
			p.Fatalf("%s: created %v, %v; want %v", what, created, err, want)
		}
		c.Replies = 0 // there may be some by now
		if !created && cmp.Diff(first, c) != "" {
			p.Errorf("%s: became %+v", what, c)
		}
	}
	at := first.CreatedAt
	span := news.CommentRepeatSpan
	again("same form", written(s, m, "Same words", "k1", at.Add(time.Second)), false)
	// Going back to a form and writing something else loses no words.
	other2 := written(s, m, "Other", "k1", at.Add(25*time.Minute))
	p.post(&other2)
	twice := written(s, m, "Other", "k1", at.Add(25*time.Minute+time.Second))
	if created, err := p.CreateComment(p.ctx, &twice, nil, nil); err != nil || created || twice.ID != other2.ID {
		p.Errorf("same form, other words, sent twice: created %v, %d, %v", created, twice.ID, err)
	}
	again("same words soon", written(s, m, "Same words", "k2", at.Add(span-1000)), false)
	again("same words by another", written(s, p.member(), "Same words", "k2", at.Add(time.Second)), true)
	again("same words elsewhere", written(other, m, "Same words", "k3", at.Add(time.Second)), true)
	reply := written(s, m, "Same words", "k4", at.Add(2*time.Second))
	reply.ParentID = &first.ID
	again("same words as an answer", reply, true)
	again("same words after the span", written(s, m, "Same words", "k5", at.Add(span)), true)

	s.CommentsClosedAt = ptr(ago(time.Minute))
	p.must(p.UpdateArticle(p.ctx, &s))
	again("same form after the thread closed", written(s, m, "Same words", "k1", noon), false)

	open := p.article(ago(time.Hour))
	p.comment(open, m, ago(11*time.Minute), func(c *news.Comment) { c.Body, c.State = "Back", news.CommentDeleted })
	again("same words after deleting them", written(open, m, "Back", "k6", ago(10*time.Minute)), true)
	if n, err := p.CommentCount(p.ctx, now, open.ID); err != nil || n != 1 {
		p.Errorf("%d comments, %v", n, err)
	}
}

func testCommentPace(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	start := ago(30 * time.Minute)
	for i := range news.CommentBurst {
		c := written(s, m, p.name("words"), p.name("key"), start.Add(time.Duration(i)*time.Second))
		p.post(&c)
	}
	last := start.Add(10 * time.Second)
	c := written(s, m, "one more", "more", last)
	_, err := p.CreateComment(p.ctx, &c, nil, nil)
	var many *news.TooManyError
	if want := news.CommentBurstSpan - 10*time.Second; !errors.As(err, &many) || many.RetryAfter != want {
		p.Fatalf("%v, want RetryAfter %v", err, want)
	}
	c.CreatedAt = last.Add(many.RetryAfter - time.Microsecond)
	if _, err := p.CreateComment(p.ctx, &c, nil, nil); !errors.As(err, &many) || many.RetryAfter != time.Microsecond {
		p.Errorf("just too early: %v", err)
	}
	c.CreatedAt = start.Add(news.CommentBurstSpan)
	p.post(&c)
	other := written(s, p.member(), "mine", "k", last)
	p.post(&other) // others are not held up
}

func testCommentDepth(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	parent := p.comment(s, m, ago(time.Hour))
	root := parent
	for range news.CommentDepthMax {
		parent = p.comment(s, m, ago(time.Hour), under(parent))
	}
	if parent.Depth != news.CommentDepthMax {
		p.Fatalf("depth %d", parent.Depth)
	}
	c := written(s, m, "deeper", "k", noon)
	c.ParentID = &parent.ID
	p.post(&c)
	if c.Depth != news.CommentDepthMax || *c.ParentID != *parent.ParentID || c.RootID != root.ID {
		p.Errorf("too deep: %+v", c)
	}
	again := written(s, m, "deeper", "k2", noon)
	again.ParentID = &parent.ID
	if created, err := p.CreateComment(p.ctx, &again, nil, nil); err != nil || created || again.ID != c.ID {
		p.Errorf("the same words as deep again: created %v, %v", created, err)
	}
	page, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: news.OrderNewest, Page: 1})
	if err != nil || len(page.Remarks)+page.More[root.ID] != news.CommentDepthMax+2 {
		p.Errorf("a thread of %d, %v", len(page.Remarks), err)
	}
}

// testCommentRace sends one form fifty times at once, then ten forms of one
// member.
func testCommentRace(p *paper) {
	s, m := p.article(ago(time.Hour)), p.member()
	var created atomic.Int32
	first := make(chan int64, 50)
	parallel(p.T, 50, func(i int) {
		c := written(s, m, "words", "one form", noon.Add(time.Duration(i)*time.Hour))
		is, err := p.CreateComment(p.ctx, &c, nil, nil)
		if err != nil {
			p.Error(err)
		}
		if is {
			created.Add(1)
		}
		first <- c.ID
	})
	close(first)
	id := <-first
	for other := range first {
		if other != id {
			p.Errorf("one form became comments %d and %d", id, other)
		}
	}
	v := news.Now(noon.AddDate(1, 0, 0))
	if n, err := p.CommentCount(p.ctx, v, s.ID); err != nil || n != 1 || created.Load() != 1 {
		p.Errorf("%d comments, %d said to be new, %v", n, created.Load(), err)
	}

	fast := p.member()
	var passed atomic.Int32
	parallel(p.T, 20, func(i int) {
		c := written(s, fast, "words"+string(rune('a'+i)), "k"+string(rune('a'+i)), noon)
		_, err := p.CreateComment(p.ctx, &c, nil, nil)
		var many *news.TooManyError
		switch {
		case err == nil:
			passed.Add(1)
		case !errors.As(err, &many):
			p.Error(err)
		}
	})
	if n := passed.Load(); n != news.CommentBurst {
		p.Errorf("%d of 20 comments at once passed, want %d", n, news.CommentBurst)
	}
}

func testInsertComment(p *paper) {
	s, other, m := p.article(ago(-time.Hour)), p.article(ago(time.Hour)), p.member()
	parent := p.comment(s, m, ago(48*time.Hour), state(news.CommentRemoved))
	reply := p.comment(s, m, ago(50*time.Hour), under(parent)) // no rules
	if reply.RootID != parent.ID || reply.Depth != 1 {
		p.Errorf("%+v", reply)
	}
	stray := written(other, m, "words", "", noon)
	stray.ParentID = &parent.ID
	p.wants(news.ErrParentGone, p.InsertComment(p.ctx, &stray), "parent under another article")
	for _, bad := range []news.Comment{
		{ArticleID: 1 << 40, MemberID: m.ID, State: news.CommentVisible, CreatedAt: noon},
		{ArticleID: s.ID, MemberID: 1 << 40, State: news.CommentVisible, CreatedAt: noon},
		{ArticleID: s.ID, MemberID: m.ID, State: "odd", CreatedAt: noon},
	} {
		if err := p.InsertComment(p.ctx, &bad); err == nil {
			p.Errorf("stored %+v", bad)
		}
	}
	keyed := func(c *news.Comment) { c.FormKey = "k" }
	p.comment(s, m, noon, keyed)
	twice := written(s, m, "words", "k", noon)
	p.wants(news.ErrConflict, p.InsertComment(p.ctx, &twice), "form key used twice")
}

// testCommentWriter wants only members to write who may.
func testCommentWriter(p *paper) {
	s := p.article(ago(time.Hour))
	post := func(m news.Member, at time.Time) error {
		c := written(s, m, p.name("words"), p.name("key"), at)
		_, err := p.CreateComment(p.ctx, &c, nil, nil)
		if err != nil && c.ID != 0 {
			p.Error("a comment that was refused has a number")
		}
		return err
	}
	m := p.member(func(m *news.Member) { m.ConfirmedAt = nil })
	p.wants(news.ErrUnconfirmed, post(m, noon), "comment by an unconfirmed member")
	p.must(p.ConfirmMember(p.ctx, m.ID, noon))
	p.must(post(m, noon))

	until := noon.Add(time.Hour)
	p.must(p.Suspend(p.ctx, m.ID, until, "Rude", news.Act{At: noon}))
	var suspended *news.SuspendedError
	err := post(m, until.Add(-time.Microsecond))
	if !errors.As(err, &suspended) || !suspended.Until.Equal(until) || suspended.Reason != "Rude" {
		p.Errorf("comment by a suspended member: %v", err)
	}
	p.must(post(m, until)) // it ends by itself
	p.must(p.Suspend(p.ctx, m.ID, news.Forever, "Ruder", news.Act{At: noon}))
	if err := post(m, noon.AddDate(100, 0, 0)); !errors.As(err, &suspended) || !suspended.Until.Equal(news.Forever) {
		p.Errorf("comment by a banned member: %v", err)
	}
	p.must(p.Unsuspend(p.ctx, m.ID, news.Act{At: noon}))
	p.must(post(m, noon))
}

func testMemberComments(p *paper) {
	s, m, other := p.article(ago(time.Hour)), p.member(), p.member()
	parent := p.comment(s, other, ago(30*time.Minute))
	var want []news.Comment
	for i, st := range []news.CommentState{news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted} {
		c := p.comment(s, m, ago(time.Duration(10-i)*time.Minute), state(st), under(parent),
			func(c *news.Comment) { c.Reason, c.FormKey = "Because", string(st) })
		c.FormKey = ""
		want = append([]news.Comment{c}, want...)
	}
	hidden := p.article(ago(time.Hour), func(s *news.Story) { s.WithdrawnAt = &noon })
	secret := p.comment(hidden, other, ago(time.Hour), state(news.CommentHeld))
	reply := p.comment(hidden, m, noon, under(secret))
	want = append([]news.Comment{reply}, want...)

	got, total, err := p.MemberComments(p.ctx, m.ID, 0, 0)
	p.must(err)
	if len(got) != len(want) || total != len(want) {
		p.Fatalf("%d of %d comments, want %d", len(got), total, len(want))
	}
	for i, c := range got {
		at, name := s, other.Name
		if i == 0 {
			at, name = hidden, ""
		}
		if diff := cmp.Diff(want[i], c.Comment); diff != "" {
			p.Errorf("read (+), wrote (-):\n%s", diff)
		}
		if c.Name != m.Name || c.Handle != m.Handle || c.Role != m.Role || c.ParentName != name ||
			c.Day != at.Day || c.Slug != at.Slug || c.Headline != at.Headline {
			p.Errorf("%+v", c)
		}
	}
	if page, total, err := p.MemberComments(p.ctx, m.ID, 2, 1); err != nil || total != len(want) || len(page) != 2 ||
		page[0].ID != want[1].ID || page[1].ID != want[2].ID {
		p.Errorf("a page: %+v of %d, %v", page, total, err)
	}
	if page, total, err := p.MemberComments(p.ctx, p.member().ID, 0, 0); err != nil || total != 0 || len(page) != 0 {
		p.Errorf("nothing: %+v of %d, %v", page, total, err)
	}
}
