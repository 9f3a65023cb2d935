package storetest

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"github.com/google/go-cmp/cmp"
)

// after is when what moderators did at noon can no longer be undone.
var after = noon.Add(news.UndoFor)

// decide has a moderator decide at noon about comments as they are now.
func (p *paper) decide(actor news.Member, kind news.ActKind, comments ...news.Comment) (news.Batch, []*news.DecidedError) {
	p.Helper()
	batch, refused, err := p.Decide(p.ctx, actor, p.decisions(kind, comments...), noon)
	p.must(err)
	return batch, refused
}

func (p *paper) decisions(kind news.ActKind, comments ...news.Comment) []news.Decision {
	p.Helper()
	var ds []news.Decision
	for _, c := range comments {
		d := news.Decision{CommentID: c.ID, Seen: p.item(c).Decisions, Kind: kind}
		if kind == news.ActRemove {
			d.Rule, d.Reason = "attack", "Please don't."
		}
		ds = append(ds, d)
	}
	return ds
}

// item is a comment as moderators see it.
func (p *paper) item(c news.Comment) news.QueueItem {
	p.Helper()
	item, err := p.QueueItem(p.ctx, c.ID, nil, noon)
	p.must(err)
	return item
}

// told returns the kinds of what a member has been told at an instant.
func (p *paper) told(m news.Member, at time.Time) []news.NoticeKind {
	p.Helper()
	v := news.Now(at)
	v.Reader = news.Reader{MemberID: m.ID, Role: m.Role}
	list, _, _, err := p.Notices(p.ctx, v, 100, 0)
	p.must(err)
	var kinds []news.NoticeKind
	for _, n := range list {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

// counted fails when a count differs from what there is.
func (p *paper) counted() {
	p.Helper()
	faults, err := p.RecountThreads(p.ctx)
	p.must(err)
	for _, fault := range faults {
		p.Errorf("counts: %s", fault)
	}
}

// standsIn returns the queues that hold a comment.
func (p *paper) standsIn(c news.Comment) []news.Queue {
	p.Helper()
	var in []news.Queue
	for _, q := range news.Queues {
		items, err := p.Queue(p.ctx, news.QueueFilter{Queue: q}, noon)
		p.must(err)
		if slices.ContainsFunc(items, func(i news.QueueItem) bool { return i.ID == c.ID }) {
			in = append(in, q)
		}
	}
	return in
}

func (p *paper) report(c news.Comment, reason news.ReportReason, at time.Time) news.Report {
	p.Helper()
	m := p.member()
	v := news.Now(at)
	v.Reader = news.Reader{MemberID: m.ID, Role: m.Role}
	r := news.Report{CommentID: c.ID, MemberID: &m.ID, Reason: reason, Words: "Look", CreatedAt: at}
	_, err := p.ReportComment(p.ctx, v, &r)
	p.must(err)
	return r
}

func reviewed(c *news.Comment) { c.ReviewedAt = ptr(ago(time.Hour)) }

// testDecision goes through every act about a comment: what becomes of it, the
// record, the queues, who is told when, and that undoing leaves nothing.
func testDecision(p *paper) {
	story, mod := p.article(ago(time.Hour)), p.member(role(news.RoleModerator))
	for _, tt := range []struct {
		name   string
		from   news.CommentState
		picked bool
		kind   news.ActKind
		to     news.CommentState
		queues []news.Queue
		act    string // before → after
		told   []news.NoticeKind
		above  []news.NoticeKind // what the author of the comment above is told
	}{
		{"approve held", news.CommentHeld, false, news.ActApprove, news.CommentVisible, nil, "held→visible", []news.NoticeKind{news.NoticeApproved}, []news.NoticeKind{news.NoticeReply}},
		{"approve new", news.CommentVisible, false, news.ActApprove, news.CommentVisible, nil, "visible→visible", nil, nil},
		{"remove", news.CommentVisible, true, news.ActRemove, news.CommentRemoved, []news.Queue{news.QueueRemoved}, "visible→removed", []news.NoticeKind{news.NoticeRemoved}, nil},
		{"remove held", news.CommentHeld, false, news.ActRemove, news.CommentRemoved, []news.Queue{news.QueueRemoved}, "held→removed", []news.NoticeKind{news.NoticeRemoved}, nil},
		{"restore", news.CommentRemoved, false, news.ActRestore, news.CommentVisible, nil, "removed→visible", []news.NoticeKind{news.NoticeRestored}, []news.NoticeKind{news.NoticeReply}},
		{"hold", news.CommentVisible, true, news.ActHold, news.CommentHeld, []news.Queue{news.QueueHeld}, "visible→held", []news.NoticeKind{news.NoticeHeld}, nil},
		{"pick", news.CommentVisible, false, news.ActPick, news.CommentVisible, nil, "visible→picked", []news.NoticeKind{news.NoticePicked}, nil},
		{"unpick", news.CommentVisible, true, news.ActUnpick, news.CommentVisible, nil, "picked→visible", nil, nil},
	} {
		author, asker := p.member(), p.member()
		top := p.comment(story, asker, ago(time.Hour), reviewed)
		c := p.comment(story, author, ago(time.Minute), under(top), state(tt.from), func(c *news.Comment) {
			if tt.picked {
				c.PickedAt = ptr(ago(time.Minute))
			}
			if tt.from == news.CommentRemoved {
				c.Reason = "old rule"
			}
		})
		if tt.from == news.CommentVisible {
			p.report(c, news.ReportAbuse, ago(time.Second))
		}
		before, in := p.item(c), p.standsIn(c)
		batch, refused := p.decide(mod, tt.kind, c)
		now := p.item(c)
		if len(refused) > 0 || now.State != tt.to || now.Decisions != 1 || batch.Acts != 1 || batch.Kind != tt.kind || !batch.At.Equal(noon) {
			p.Errorf("%s: %s after %d decisions, batch %+v, refused %v", tt.name, now.State, now.Decisions, batch, refused)
		}
		if diff := cmp.Diff(tt.queues, p.standsIn(c)); diff != "" {
			p.Errorf("%s: queues:\n%s", tt.name, diff)
		}
		if picked := now.PickedAt != nil; picked != (tt.kind == news.ActPick || tt.picked && tt.to == news.CommentVisible && tt.kind != news.ActUnpick) {
			p.Errorf("%s: picked %v", tt.name, picked)
		}
		wantReason := ""
		if tt.kind == news.ActRemove {
			wantReason = "personal attack"
		}
		if now.Reason != wantReason {
			p.Errorf("%s: reason %q", tt.name, now.Reason)
		}
		entries, _, err := p.Record(p.ctx, store.RecordFilter{CommentID: c.ID})
		p.must(err)
		if len(entries) != 1 || entries[0].Before+"→"+entries[0].After != tt.act || entries[0].Kind != tt.kind || *entries[0].ActorID != mod.ID ||
			entries[0].SubjectID != author.ID || *entries[0].ArticleID != story.ID || !entries[0].At.Equal(noon) || entries[0].ActorName != mod.Name {
			p.Errorf("%s: record %+v", tt.name, entries)
		}
		if got := p.told(author, after.Add(-time.Microsecond)); len(got) > 0 {
			p.Errorf("%s: told too early: %v", tt.name, got)
		}
		if diff := cmp.Diff(tt.told, p.told(author, after)); diff != "" {
			p.Errorf("%s: told:\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.above, p.told(asker, after)); diff != "" {
			p.Errorf("%s: told above:\n%s", tt.name, diff)
		}
		p.counted()

		// Whoever saw it as it was comes second, and learns who was first.
		_, refused, err = p.Decide(p.ctx, p.member(role(news.RoleModerator)),
			[]news.Decision{{CommentID: c.ID, Seen: before.Decisions, Kind: news.ActApprove}}, noon)
		if err != nil || len(refused) != 1 || refused[0].Earlier.ActorName != mod.Name || refused[0].State != tt.to ||
			refused[0].Earlier.Kind != tt.kind || refused[0].Decisions != 1 || !errors.Is(refused[0], news.ErrConflict) {
			p.Errorf("%s: second decision: %+v, %v", tt.name, refused, err)
		}

		undone, err := p.Undo(p.ctx, mod, batch.ID, after.Add(-time.Microsecond))
		if err != nil || undone.UndoneAt == nil {
			p.Fatalf("%s: undo: %+v, %v", tt.name, undone, err)
		}
		again := p.item(c)
		if diff := cmp.Diff(in, p.standsIn(c)); diff != "" {
			p.Errorf("%s: queues after undoing:\n%s", tt.name, diff)
		}
		if again.Decisions != 2 {
			p.Errorf("%s: %d decisions after undoing: a form from before would pass", tt.name, again.Decisions)
		}
		again.Decisions = before.Decisions
		if diff := cmp.Diff(before, again); diff != "" {
			p.Errorf("%s: undone (+), before (-):\n%s", tt.name, diff)
		}
		if got := append(p.told(author, after.Add(time.Hour)), p.told(asker, after.Add(time.Hour))...); len(got) > 0 {
			p.Errorf("%s: told in spite of undoing: %v", tt.name, got)
		}
		entries, _, err = p.Record(p.ctx, store.RecordFilter{CommentID: c.ID})
		p.must(err)
		if len(entries) != 2 || entries[0].Kind != news.ActUndo || !entries[1].Undone || entries[0].Undone || entries[0].After != string(tt.from) {
			p.Errorf("%s: record after undoing %+v", tt.name, entries)
		}
		_, err = p.Undo(p.ctx, mod, batch.ID, noon)
		p.wants(news.ErrUndoOver, err, tt.name+": undone twice")
		p.counted()
	}
}

// testDecisionBars is who may not decide about what.
func testDecisionBars(p *paper) {
	story, mod, editor := p.article(ago(time.Hour)), p.member(role(news.RoleModerator)), p.member(role(news.RoleEditor))
	sport := p.article(ago(time.Hour), in(p.category("Sport")))
	m := p.member()
	c, own, higher := p.comment(story, m, ago(time.Minute)), p.comment(story, mod, ago(time.Minute)), p.comment(story, editor, ago(time.Minute))
	other := p.comment(sport, m, ago(time.Minute))
	p.must(p.SetModeratorCategories(p.ctx, mod.ID, []int64{story.CategoryID}, news.Act{At: noon}))
	suspended := mod
	suspended.SuspendedUntil = &news.Forever
	for _, tt := range []struct {
		what  string
		actor news.Member
		ds    []news.Decision
		want  error
	}{
		{"a member", m, p.decisions(news.ActRemove, higher), news.ErrForbidden},
		{"a writer", p.member(role(news.RoleWriter)), p.decisions(news.ActRemove, c), news.ErrForbidden},
		{"suspended", suspended, p.decisions(news.ActRemove, c), news.ErrForbidden},
		{"one's own", mod, p.decisions(news.ActRemove, c, own), news.ErrForbidden},
		{"a higher rank's", mod, p.decisions(news.ActRemove, c, higher), news.ErrForbidden},
		{"another category's", mod, p.decisions(news.ActRemove, c, other), news.ErrNotFound},
		{"none", mod, []news.Decision{{CommentID: 1 << 40, Kind: news.ActApprove}}, news.ErrNotFound},
		{"no rule", mod, []news.Decision{{CommentID: c.ID, Kind: news.ActRemove, Rule: "x"}}, news.ErrNotFound},
		{"no such act", mod, []news.Decision{{CommentID: c.ID, Kind: news.ActRole}}, news.ErrForbidden},
		{"too many", mod, make([]news.Decision, news.BulkMax+1), news.ErrForbidden},
	} {
		if tt.what == "too many" {
			for i := range tt.ds {
				tt.ds[i].CommentID = int64(i)
			}
		}
		_, _, err := p.Decide(p.ctx, tt.actor, tt.ds, noon)
		p.wants(tt.want, err, tt.what)
	}
	if got := p.item(c); got.State != news.CommentVisible || got.Decisions != 0 {
		p.Errorf("changed all the same: %+v", got)
	}
	entries, _, err := p.Record(p.ctx, store.RecordFilter{CommentID: c.ID})
	if err != nil || len(entries) != 0 {
		p.Errorf("recorded all the same: %+v, %v", entries, err)
	}
	p.decide(editor, news.ActRemove, own, other, c)

	// Two in one form, and what its author took down meanwhile.
	gone := p.comment(story, m, ago(time.Minute))
	_, err = p.DeleteComment(p.ctx, as(m), gone.ID)
	p.must(err)
	stays := p.comment(story, m, ago(time.Minute), state(news.CommentHeld))
	batch, refused := p.decide(editor, news.ActApprove, gone, stays, stays)
	if batch.Acts != 1 || len(refused) != 1 || refused[0].CommentID != gone.ID || refused[0].State != news.CommentDeleted ||
		p.item(stays).State != news.CommentVisible {
		p.Errorf("%+v, %+v", batch, refused)
	}
	if batch, refused := p.decide(editor, news.ActApprove, gone); batch.ID != 0 || len(refused) != 1 {
		p.Errorf("nothing done: %+v, %+v", batch, refused)
	}
}

func testPicks(p *paper) {
	story, mod := p.article(ago(time.Hour)), p.member(role(news.RoleModerator))
	m := p.member()
	var picks []news.Comment
	for i := range news.PicksMax {
		picks = append(picks, p.comment(story, m, ago(time.Duration(i+1)*time.Minute)))
	}
	p.decide(mod, news.ActPick, picks...)
	sixth := p.comment(story, m, ago(time.Minute))
	_, _, err := p.Decide(p.ctx, mod, p.decisions(news.ActPick, sixth), noon)
	p.wants(news.ErrConflict, err, "a sixth pick")
	_, _, err = p.Decide(p.ctx, mod, p.decisions(news.ActPick, p.comment(story, m, ago(time.Minute), state(news.CommentHeld))), noon)
	p.wants(news.ErrConflict, err, "picking what is held")
	p.decide(mod, news.ActPick, picks[0]) // is one already
	batch, _ := p.decide(mod, news.ActUnpick, picks[0])
	p.decide(mod, news.ActPick, sixth)
	_, err = p.Undo(p.ctx, mod, batch.ID, noon)
	p.wants(news.ErrUndoOver, err, "undoing when the place among the picks is taken")
}

// testDecisionRace has twenty moderators press at once.
func testDecisionRace(p *paper) {
	story := p.article(ago(time.Hour))
	c := p.comment(story, p.member(), ago(time.Minute), state(news.CommentHeld))
	var won, lost atomic.Int32
	mods := make([]news.Member, 20)
	for i := range mods {
		mods[i] = p.member(role(news.RoleModerator))
	}
	parallel(p.T, len(mods), func(i int) {
		kind := []news.ActKind{news.ActApprove, news.ActRemove}[i%2]
		batch, refused, err := p.Decide(p.ctx, mods[i], []news.Decision{{CommentID: c.ID, Kind: kind, Rule: "spam"}}, noon)
		switch {
		case err != nil:
			p.Error(err)
		case batch.ID != 0 && len(refused) == 0:
			won.Add(1)
		case batch.ID == 0 && len(refused) == 1 && refused[0].Earlier.ActorName != "":
			lost.Add(1)
		default:
			p.Errorf("%+v, %+v", batch, refused)
		}
	})
	entries, _, err := p.Record(p.ctx, store.RecordFilter{CommentID: c.ID})
	p.must(err)
	if won.Load() != 1 || lost.Load() != 19 || len(entries) != 1 || p.item(c).Decisions != 1 {
		p.Errorf("%d won, %d lost, %d entries", won.Load(), lost.Load(), len(entries))
	}
	p.counted()
}

// testDecisionBulk has two moderators decide the same hundred comments in
// bulk, in opposite orders and over several threads, while members write and
// one of the two takes some of it back.
func testDecisionBulk(p *paper) {
	var stories []news.Story
	for range 5 {
		stories = append(stories, p.article(ago(time.Hour)))
	}
	m := p.member()
	for round := range 3 {
		var comments []news.Comment
		for i := range 100 {
			comments = append(comments, p.comment(stories[i%5], m, ago(time.Minute), state(news.CommentHeld)))
		}
		var done sync.Map // by comment
		mods := []news.Member{p.member(role(news.RoleModerator)), p.member(role(news.RoleModerator))}
		authors := []news.Member{p.member(), p.member()}
		parallel(p.T, 4, func(who int) {
			if who >= 2 {
				for i := range 10 {
					c := news.Comment{ArticleID: stories[(i*who)%5].ID, MemberID: authors[who-2].ID, Body: "words", State: news.CommentVisible, CreatedAt: noon}
					if err := p.InsertComment(p.ctx, &c); err != nil {
						p.Error("writer:", err)
					}
				}
				return
			}
			mine := slices.Clone(comments)
			if who == 1 {
				slices.Reverse(mine)
			}
			for part := range slices.Chunk(mine, 30) {
				var ds []news.Decision
				for _, c := range part {
					ds = append(ds, news.Decision{CommentID: c.ID, Kind: []news.ActKind{news.ActApprove, news.ActRemove}[who], Rule: "spam"})
				}
				batch, refused, err := p.Decide(p.ctx, mods[who], ds, noon)
				if err != nil {
					p.Error("moderator:", err)
					return
				}
				if batch.ID != 0 && batch.Acts+len(refused) != len(ds) {
					p.Errorf("%d done and %d refused of %d", batch.Acts, len(refused), len(ds))
				}
				for _, d := range ds {
					if !slices.ContainsFunc(refused, func(r *news.DecidedError) bool { return r.CommentID == d.CommentID }) {
						if first, twice := done.LoadOrStore(d.CommentID, who); twice {
							p.Errorf("comment %d decided by %d and %d", d.CommentID, first, who)
						}
					}
				}
			}
		})
		for _, c := range comments {
			who, ok := done.Load(c.ID)
			item := p.item(c)
			if !ok || item.Decisions != 1 || (item.State == news.CommentRemoved) != (who == 1) {
				p.Fatalf("round %d: comment %d: %s after %d decisions, by %v", round, c.ID, item.State, item.Decisions, who)
			}
		}
		p.counted()
	}
}
