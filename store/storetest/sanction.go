package storetest

import (
	"errors"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"github.com/google/go-cmp/cmp"
)

func testSanction(p *paper) {
	mod, m := p.member(role(news.RoleModerator)), p.member()
	until := noon.Add(24 * time.Hour)
	for _, tt := range []struct {
		kind news.ActKind
		told []news.NoticeKind
		is   func(m news.Member) bool // in force at once
	}{
		{news.ActWarn, []news.NoticeKind{news.NoticeWarned}, nil},
		{news.ActNote, nil, nil},
		{news.ActSuspend, []news.NoticeKind{news.NoticeSuspended}, func(m news.Member) bool {
			return m.Suspended(noon) && m.SuspendedUntil.Equal(until) && m.SuspendedReason == "Because"
		}},
		{news.ActHoldMember, nil, func(m news.Member) bool { return m.HoldComments }},
	} {
		before := p.reread(m)
		batch, err := p.DecideMember(p.ctx, mod, m.ID, tt.kind, "Because", until, noon)
		p.must(err)
		if tt.is != nil && !tt.is(p.reread(m)) {
			p.Errorf("%s is not in force: %+v", tt.kind, p.reread(m))
		}
		if got := p.told(m, after.Add(-time.Microsecond)); len(got) > 0 {
			p.Errorf("%s: told too early: %v", tt.kind, got)
		}
		if diff := cmp.Diff(tt.told, p.told(m, after)); diff != "" {
			p.Errorf("%s: told:\n%s", tt.kind, diff)
		}
		_, early := p.OpenWarning(p.ctx, m.ID, after.Add(-time.Microsecond))
		w, err := p.OpenWarning(p.ctx, m.ID, after)
		if warned := err == nil && w.Reason == "Because"; warned != (tt.kind == news.ActWarn) || !errors.Is(early, news.ErrNotFound) {
			p.Errorf("%s: warning %+v, %v; before it cannot be undone: %v", tt.kind, w, err, early)
		}
		entries, _, err := p.Record(p.ctx, store.RecordFilter{MemberID: m.ID, Limit: 1})
		p.must(err)
		if e := entries[0]; e.Kind != tt.kind || e.Reason != "Because" || e.SubjectID != m.ID || e.ActorName != mod.Name || e.SubjectName != m.Name {
			p.Errorf("%s: record %+v", tt.kind, e)
		}

		_, err = p.Undo(p.ctx, mod, batch.ID, noon)
		p.must(err)
		if diff := cmp.Diff(before, p.reread(m)); diff != "" {
			p.Errorf("%s: undone (+), before (-):\n%s", tt.kind, diff)
		}
		if got := p.told(m, until); len(got) > 0 {
			p.Errorf("%s: told in spite of undoing: %v", tt.kind, got)
		}
		_, err = p.OpenWarning(p.ctx, m.ID, until)
		p.wants(news.ErrNotFound, err, "warning that was undone")
		_, err = p.Undo(p.ctx, mod, batch.ID, noon)
		p.wants(news.ErrUndoOver, err, "undone twice")
	}

	// Lifted, lifted in vain, and freed.
	_, err := p.DecideMember(p.ctx, mod, m.ID, news.ActSuspend, "Rude", until, noon)
	p.must(err)
	lift, err := p.DecideMember(p.ctx, mod, m.ID, news.ActUnsuspend, "Sorry", time.Time{}, noon)
	p.must(err)
	if p.reread(m).SuspendedUntil != nil {
		p.Error("still suspended")
	}
	_, err = p.Undo(p.ctx, mod, lift.ID, noon)
	p.must(err)
	if got := p.reread(m); got.SuspendedReason != "Rude" || !got.Suspended(noon) {
		p.Errorf("lifting undone: %+v", got)
	}
	hold, err := p.DecideMember(p.ctx, mod, m.ID, news.ActHoldMember, "", time.Time{}, noon)
	p.must(err)
	suspend, err := p.DecideMember(p.ctx, mod, m.ID, news.ActSuspend, "More", until, noon)
	p.must(err)
	// Somebody else has decided the same thing since, another one about another.
	boss := p.member(role(news.RoleAdministrator))
	p.must(p.Unsuspend(p.ctx, m.ID, news.Act{At: noon, ActorID: &boss.ID}))
	_, err = p.Undo(p.ctx, mod, suspend.ID, noon)
	p.wants(news.ErrUndoOver, err, "undoing what somebody decided since")
	_, err = p.Undo(p.ctx, mod, hold.ID, noon)
	p.must(err)
	if got := p.reread(m); got.HoldComments || got.SuspendedUntil != nil {
		p.Errorf("undone: %+v", got)
	}

	for what, try := range map[string]func() error{
		"oneself":     func() error { return second(p.DecideMember(p.ctx, mod, mod.ID, news.ActNote, "x", until, noon)) },
		"higher":      func() error { return second(p.DecideMember(p.ctx, mod, boss.ID, news.ActNote, "x", until, noon)) },
		"by a member": func() error { return second(p.DecideMember(p.ctx, m, p.member().ID, news.ActNote, "x", until, noon)) },
		"no such act": func() error { return second(p.DecideMember(p.ctx, mod, m.ID, news.ActRole, "x", until, noon)) },
		"by suspended": func() error {
			s := mod
			s.SuspendedUntil = &until
			return second(p.DecideMember(p.ctx, s, m.ID, news.ActNote, "x", until, noon))
		},
	} {
		p.wants(news.ErrForbidden, try(), what)
	}
	_, err = p.DecideMember(p.ctx, mod, 1<<40, news.ActNote, "x", until, noon)
	p.wants(news.ErrNotFound, err, "nobody")
	peer := p.member(role(news.RoleAdministrator))
	p.must(p.Suspend(p.ctx, peer.ID, news.Forever, "Away", news.Act{At: noon}))
	acting := peer
	_, err = p.DecideMember(p.ctx, acting, boss.ID, news.ActSuspend, "x", until, noon)
	p.wants(news.ErrConflict, err, "the last administrator")
}

func second[T any](_ T, err error) error { return err }

func testClosure(p *paper) {
	mod, limited := p.member(role(news.RoleModerator)), p.member(role(news.RoleModerator))
	story := p.article(ago(time.Hour))
	sport := p.category("Sport")
	p.must(p.SetModeratorCategories(p.ctx, limited.ID, []int64{sport.ID}, news.Act{At: noon}))
	read := func() news.Article {
		s, err := p.ArticleByID(p.ctx, now, story.ID)
		p.must(err)
		return s.Article
	}
	old := &news.CommentRules{CloseAfterDays: 1}
	late := noon.AddDate(0, 0, 2)
	for _, tt := range []struct {
		kind news.ActKind
		is   func(a news.Article) bool
	}{
		{news.ActClose, func(a news.Article) bool { return a.CommentsClosed(noon, &news.CommentRules{}) }},
		{news.ActReopen, func(a news.Article) bool { return !a.CommentsClosed(late, old) }},
		{news.ActHoldThread, func(a news.Article) bool { return a.CommentsHeld }},
		{news.ActFreeThread, func(a news.Article) bool { return !a.CommentsHeld }},
	} {
		before := read()
		batch, err := p.DecideThread(p.ctx, mod, story.ID, tt.kind, "Why", noon)
		p.must(err)
		if !tt.is(read()) {
			p.Errorf("%s did nothing: %+v", tt.kind, read())
		}
		_, err = p.Undo(p.ctx, mod, batch.ID, noon)
		p.must(err)
		if diff := cmp.Diff(before, read()); diff != "" {
			p.Errorf("%s undone (+), before (-):\n%s", tt.kind, diff)
		}
	}
	// Each undoes what they did, and not what another did since.
	closed, err := p.DecideThread(p.ctx, mod, story.ID, news.ActClose, "", noon)
	p.must(err)
	held, err := p.DecideThread(p.ctx, mod, story.ID, news.ActHoldThread, "", noon)
	p.must(err)
	_, err = p.DecideThread(p.ctx, p.member(role(news.RoleModerator)), story.ID, news.ActClose, "", noon)
	p.must(err)
	_, err = p.Undo(p.ctx, mod, closed.ID, noon)
	p.wants(news.ErrUndoOver, err, "closed again by another")
	_, err = p.Undo(p.ctx, mod, held.ID, noon)
	p.must(err)
	if a := read(); a.CommentsHeld || a.CommentsClosedAt == nil {
		p.Errorf("%+v", a)
	}
	p.wants(news.ErrNotFound, second(p.DecideThread(p.ctx, limited, story.ID, news.ActClose, "", noon)), "another category's thread")
	p.wants(news.ErrNotFound, second(p.DecideThread(p.ctx, mod, 1<<40, news.ActClose, "", noon)), "no article")
	p.wants(news.ErrForbidden, second(p.DecideThread(p.ctx, p.member(), story.ID, news.ActClose, "", noon)), "by a member")
	p.wants(news.ErrForbidden, second(p.DecideThread(p.ctx, mod, story.ID, news.ActRemove, "", noon)), "no such act")

	category := func() bool {
		c, err := p.CategoryBySlug(p.ctx, "sport")
		p.must(err)
		return c.CommentsHeld
	}
	batch, err := p.DecideCategory(p.ctx, limited, sport.ID, news.ActHoldCategory, noon)
	p.must(err)
	if !category() {
		p.Error("category is not held")
	}
	_, err = p.Undo(p.ctx, limited, batch.ID, noon)
	p.must(err)
	if category() {
		p.Error("category is still held")
	}
	p.wants(news.ErrNotFound, second(p.DecideCategory(p.ctx, limited, story.CategoryID, news.ActHoldCategory, noon)), "another category")
	p.wants(news.ErrNotFound, second(p.DecideCategory(p.ctx, mod, 1<<40, news.ActHoldCategory, noon)), "no category")
	p.wants(news.ErrForbidden, second(p.DecideCategory(p.ctx, p.member(), sport.ID, news.ActHoldCategory, noon)), "by a member")
}
