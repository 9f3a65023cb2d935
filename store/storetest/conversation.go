package storetest

import (
	"errors"
	"sync"
	"time"

	"broadsheet/internal/news"
)

func at(m news.Member, t time.Time) news.Viewpoint {
	v := as(m)
	v.At = t
	return v
}

// testEdit wants authors to change what they said for ten minutes, or until
// somebody answers or decides, and what it said before to stay.
func testEdit(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	c := written(s, ann, "First words", "k1", noon)
	p.post(&c)
	edit := func(by news.Member, t time.Time, body string) error {
		_, err := p.EditComment(p.ctx, at(by, t), c.ID, body, nil)
		return err
	}
	last := noon.Add(news.CommentEditSpan - time.Microsecond)
	p.wants(news.ErrNotFound, edit(bob, noon, "Bob’s words"), "editing another's comment")
	p.must(edit(ann, noon.Add(time.Minute), "Second words"))
	p.must(edit(ann, last, "Second words")) // changes nothing
	p.wants(news.ErrEditOver, edit(ann, last.Add(time.Microsecond), "Too late"), "editing after ten minutes")
	got, err := p.CommentByID(p.ctx, at(bob, last), c.ID)
	p.must(err)
	if got.Body != "Second words" || got.EditedAt == nil || !got.EditedAt.Equal(noon.Add(time.Minute)) {
		p.Errorf("after editing: %q, edited at %v", got.Body, got.EditedAt)
	}
	versions, err := p.CommentVersions(p.ctx, c.ID)
	if err != nil || len(versions) != 1 || versions[0].Body != "First words" {
		p.Errorf("versions %+v, %v", versions, err)
	}
	// Rules judge an edit as they judge a comment.
	hold := func(news.Standing) news.Verdict {
		return news.Verdict{Held: []news.Hold{{Kind: news.HoldWord, Detail: "x"}}}
	}
	if held, err := p.EditComment(p.ctx, at(ann, last), c.ID, "Third words", hold); err != nil || held.State != news.CommentHeld {
		p.Errorf("an edit that is held: %s, %v", held.State, err)
	}
	answered := written(s, ann, "Answer me", "k2", noon)
	p.post(&answered)
	reply := written(s, bob, "Here", "k3", noon.Add(time.Second))
	reply.ParentID = &answered.ID
	p.post(&reply)
	_, err = p.EditComment(p.ctx, at(ann, noon.Add(time.Minute)), answered.ID, "Changed after the answer", nil)
	p.wants(news.ErrEditOver, err, "editing what was answered")
}

// testRecommendation wants one recommendation for each member and comment,
// that can be taken back, and none of one's own.
func testRecommendation(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	c := p.comment(s, ann, ago(time.Minute))
	held := p.comment(s, ann, ago(time.Minute), state(news.CommentHeld))
	press := func(by news.Member, id int64, on bool, want int) {
		p.Helper()
		if n, err := p.Recommend(p.ctx, as(by), id, on); err != nil || n != want {
			p.Errorf("recommending (%v): %d, %v; want %d", on, n, err, want)
		}
	}
	press(bob, c.ID, true, 1)
	press(bob, c.ID, true, 1)
	press(p.member(), c.ID, true, 2)
	press(bob, c.ID, false, 1)
	press(bob, c.ID, false, 1)
	_, err := p.Recommend(p.ctx, as(ann), c.ID, true)
	p.wants(news.ErrOwn, err, "recommending one's own")
	_, err = p.Recommend(p.ctx, as(bob), held.ID, true)
	p.wants(news.ErrNotFound, err, "recommending what one cannot read")
	press(bob, c.ID, true, 2)
	if r, err := p.CommentByID(p.ctx, as(bob), c.ID); err != nil || !r.Recommended || r.Recommends != 2 {
		p.Errorf("who recommended reads %+v, %v", r, err)
	}
	if r, err := p.CommentByID(p.ctx, now, c.ID); err != nil || r.Recommended {
		p.Errorf("a signed-out reader recommended: %v", err)
	}
	members := make([]news.Member, 20)
	for i := range members {
		members[i] = p.member()
	}
	parallel(p.T, 40, func(i int) { // each twice
		if _, err := p.Recommend(p.ctx, as(members[i/2]), c.ID, true); err != nil {
			p.Error(err)
		}
	})
	press(bob, c.ID, true, 22)
}

// testReport wants one report for each member and comment, in the queue at
// once, and none of one's own.
func testReport(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	c := p.comment(s, ann, ago(time.Minute))
	report := func(by news.Member) (bool, error) {
		return p.ReportComment(p.ctx, as(by), &news.Report{CommentID: c.ID, MemberID: &by.ID, Reason: news.ReportSpam, Words: "Look", CreatedAt: noon})
	}
	for i, want := range []bool{true, false} {
		if created, err := report(bob); err != nil || created != want {
			p.Errorf("report %d: created %v, %v", i+1, created, err)
		}
	}
	_, err := report(ann)
	p.wants(news.ErrOwn, err, "reporting oneself")
	items, err := p.Queue(p.ctx, news.QueueFilter{Queue: news.QueueReported}, noon)
	if err != nil || len(items) != 1 || items[0].ID != c.ID || len(items[0].Reports) != 1 || items[0].Reports[0].Words != "Look" {
		p.Errorf("the queue: %+v, %v", items, err)
	}
	if r, err := p.CommentByID(p.ctx, as(bob), c.ID); err != nil || !r.Reported {
		p.Errorf("who reported does not see that they did: %v", err)
	}
}

// testMute wants muting to be seen by nobody but who mutes.
func testMute(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	c := p.comment(s, ann, ago(time.Minute))
	p.wants(news.ErrOwn, p.Mute(p.ctx, as(bob), bob.ID, true), "muting oneself")
	p.wants(news.ErrNotFound, p.Mute(p.ctx, as(bob), 1<<40, true), "muting nobody")
	p.must(p.Mute(p.ctx, as(bob), ann.ID, true))
	p.must(p.Mute(p.ctx, as(bob), ann.ID, true))
	for who, want := range map[*news.Member]bool{&bob: true, &ann: false, {}: false} {
		if r, err := p.CommentByID(p.ctx, as(*who), c.ID); err != nil || r.Muted != want {
			p.Errorf("muted for %q: %v, %v", who.Name, r.Muted, err)
		}
	}
	if list, err := p.Mutes(p.ctx, bob.ID); err != nil || len(list) != 1 || list[0].MemberID != ann.ID {
		p.Errorf("muted: %+v, %v", list, err)
	}
	p.must(p.Mute(p.ctx, as(bob), ann.ID, false))
	if list, err := p.Mutes(p.ctx, bob.ID); err != nil || len(list) != 0 {
		p.Errorf("after unmuting: %+v, %v", list, err)
	}
}

// testVisit wants views within half an hour to be one visit, and what is new
// counted from the end of the one before.
func testVisit(p *paper) {
	s, ann, bob := p.article(ago(48*time.Hour)), p.member(), p.member()
	visit := func(t time.Time, before *time.Time) {
		p.Helper()
		v, err := p.Visit(p.ctx, bob.ID, s.ID, t)
		p.must(err)
		if (v.BeforeAt == nil) != (before == nil) || before != nil && !v.BeforeAt.Equal(*before) {
			p.Errorf("visit at %v: the one before ended at %v, want %v", t, v.BeforeAt, before)
		}
	}
	first, end := ago(30*time.Hour), ago(30*time.Hour).Add(20*time.Minute)
	visit(first, nil)
	visit(end, nil)
	visit(noon, &end)
	visit(noon.Add(time.Minute), &end)
	p.comment(s, ann, end.Add(-time.Second))
	fresh := p.comment(s, ann, end.Add(time.Second))
	p.comment(s, bob, end.Add(2*time.Second))
	p.comment(s, ann, end.Add(3*time.Second), state(news.CommentHeld))
	p.comment(s, ann, noon)
	if n, id, err := p.CommentsSince(p.ctx, as(bob), s.ID, end); err != nil || n != 2 || id != fresh.ID {
		p.Errorf("%d new, the first %d, %v; want 2 and %d", n, id, err, fresh.ID)
	}
}

// testNotices wants answers to be told at once, to nobody about themselves,
// and mailed as each member chose: every one once, by however many nodes.
func testNotices(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	p.must(p.SetNoticeMail(p.ctx, ann.ID, news.NoticeMailEach, true))
	root := p.comment(s, ann, ago(10*time.Minute))
	answer := func(by news.Member, key string, t time.Time) news.Comment {
		c := written(s, by, "Answer "+key, key, t)
		c.ParentID = &root.ID
		p.post(&c)
		return c
	}
	answer(ann, "own", ago(5*time.Minute))
	for _, key := range []string{"a", "b", "c"} {
		answer(bob, key, ago(4*time.Minute))
	}
	list, total, unread, err := p.Notices(p.ctx, as(ann), 10, 0)
	if err != nil || total != 3 || unread != 3 || list[0].Kind != news.NoticeReply || list[0].ActorName != bob.Name || list[0].Headline != s.Headline {
		p.Fatalf("notices: %d, %d unread, %+v, %v", total, unread, list, err)
	}
	if n, err := p.UnreadNotices(p.ctx, as(bob)); err != nil || n != 0 {
		p.Errorf("who answered is told too: %d, %v", n, err)
	}

	var mu sync.Mutex
	mailed := map[int64]int{}
	parallel(p.T, 8, func(int) {
		for range 4 {
			_, claimed, err := p.ClaimNotices(p.ctx, noon, false)
			mu.Lock()
			for _, n := range claimed {
				mailed[n.ID]++
			}
			mu.Unlock()
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				p.Error(err)
			}
		}
	})
	for _, n := range list {
		if mailed[n.ID] != 1 {
			p.Errorf("notice %d was mailed %d times", n.ID, mailed[n.ID])
		}
	}

	p.must(p.ReadNotices(p.ctx, as(ann), list[1].ID))
	if n, err := p.UnreadNotices(p.ctx, as(ann)); err != nil || n != 1 {
		p.Errorf("%d unread after reading all but the last, %v", n, err)
	}
	// Daily: together, and not again the same day.
	p.must(p.SetNoticeMail(p.ctx, ann.ID, news.NoticeMailDaily, true))
	for _, key := range []string{"d", "e"} {
		answer(p.member(), key, ago(time.Minute))
	}
	_, _, err = p.ClaimNotices(p.ctx, noon, false)
	p.wants(news.ErrNotFound, err, "a daily notice mailed by itself")
	if m, together, err := p.ClaimNotices(p.ctx, noon, true); err != nil || m.ID != ann.ID || len(together) != 2 {
		p.Errorf("digest of %d to %d, %v", len(together), m.ID, err)
	}
	answer(p.member(), "f", noon)
	_, _, err = p.ClaimNotices(p.ctx, noon.Add(time.Hour), true)
	p.wants(news.ErrNotFound, err, "a second digest on one day")
	// Muted members and those who asked for no mail are not mailed about.
	p.must(p.SetNoticeMail(p.ctx, ann.ID, news.NoticeMailOff, true))
	answer(p.member(), "g", noon)
	_, _, err = p.ClaimNotices(p.ctx, noon.AddDate(0, 0, 2), true)
	p.wants(news.ErrNotFound, err, "mail for who wants none")
	before, _, _, err := p.Notices(p.ctx, at(ann, noon.Add(time.Hour)), 50, 0)
	p.must(err)
	p.must(p.Mute(p.ctx, as(ann), bob.ID, true))
	answer(bob, "h", noon.Add(time.Minute))
	now, _, _, err := p.Notices(p.ctx, at(ann, noon.Add(time.Hour)), 50, 0)
	if err != nil || len(now) != len(before) {
		p.Errorf("a muted member's answer is told: %d notices, then %d, %v", len(before), len(now), err)
	}
	if n, err := p.SweepNotices(p.ctx, noon.Add(news.NoticesKept+time.Hour)); err != nil || n != len(now) {
		p.Errorf("%d notices swept of %d, %v", n, len(now), err)
	}
}

// testPublicComments wants a member's page to list what everybody can read.
func testPublicComments(p *paper) {
	s, gone, ann := p.article(ago(time.Hour)), p.article(ago(time.Hour), func(s *news.Story) { s.WithdrawnAt = &noon }), p.member()
	shown := p.comment(s, ann, ago(time.Minute))
	for _, st := range []news.CommentState{news.CommentHeld, news.CommentRemoved, news.CommentDeleted} {
		p.comment(s, ann, ago(time.Minute), state(st))
	}
	p.comment(gone, ann, ago(time.Minute))
	list, total, err := p.PublicComments(p.ctx, now, ann.ID, 10, 0)
	if err != nil || total != 1 || len(list) != 1 || list[0].ID != shown.ID || list[0].Headline != s.Headline {
		p.Errorf("%d comments, %+v, %v", total, list, err)
	}
}
