package storetest

import (
	"time"

	"broadsheet/internal/news"
)

// testUndoBars is when a batch cannot be taken back.
func testUndoBars(p *paper) {
	story, mod, other := p.article(ago(time.Hour)), p.member(role(news.RoleModerator)), p.member(role(news.RoleModerator))
	m := p.member()
	a, b := p.comment(story, m, ago(time.Minute)), p.comment(story, m, ago(time.Minute))
	batch, _ := p.decide(mod, news.ActRemove, a, b)
	if got, err := p.BatchByID(p.ctx, mod.ID, batch.ID); err != nil || got != batch {
		p.Errorf("%+v, %v", got, err)
	}
	_, err := p.BatchByID(p.ctx, other.ID, batch.ID)
	p.wants(news.ErrNotFound, err, "another's batch")
	_, err = p.Undo(p.ctx, other, batch.ID, noon)
	p.wants(news.ErrNotFound, err, "undoing another's batch")
	_, err = p.Undo(p.ctx, mod, batch.ID, after)
	p.wants(news.ErrUndoOver, err, "too late")
	p.decide(other, news.ActRestore, b)
	_, err = p.Undo(p.ctx, mod, batch.ID, noon)
	p.wants(news.ErrUndoOver, err, "decided since")
	if p.item(a).State != news.CommentRemoved || p.item(b).State != news.CommentVisible {
		p.Error("half undone")
	}

	// Decided again to the same end.
	same := p.comment(story, m, ago(time.Minute), state(news.CommentHeld))
	batch, _ = p.decide(mod, news.ActApprove, same)
	p.decide(other, news.ActApprove, same)
	_, err = p.Undo(p.ctx, mod, batch.ID, noon)
	p.wants(news.ErrUndoOver, err, "approved again by another")

	// Taken down by its author meanwhile: that stays.
	c := p.comment(story, m, ago(time.Minute), state(news.CommentHeld))
	batch, _ = p.decide(mod, news.ActApprove, c, p.comment(story, m, ago(time.Minute), state(news.CommentHeld)))
	_, err = p.DeleteComment(p.ctx, as(m), c.ID)
	p.must(err)
	_, err = p.Undo(p.ctx, mod, batch.ID, noon)
	p.must(err)
	if got := p.item(c).State; got != news.CommentDeleted {
		p.Errorf("undoing brought back what its author took down: %s", got)
	}
	p.counted()

	// Reported again between the decision and the undoing.
	d := p.comment(story, m, ago(time.Minute), reviewed)
	p.report(d, news.ReportSpam, ago(30*time.Second))
	batch, _ = p.decide(mod, news.ActApprove, d)
	p.report(d, news.ReportAbuse, noon)
	_, err = p.Undo(p.ctx, mod, batch.ID, noon)
	p.must(err)
	if item := p.item(d); len(item.Reports) != 2 || !item.Since.Equal(ago(30*time.Second)) {
		p.Errorf("reports after undoing: %+v since %v", item.Reports, item.Since)
	}
	p.counted()

	// What undoing takes is forgotten when the time is over.
	n, err := p.SweepBatches(p.ctx, after.Add(-time.Microsecond))
	if err != nil || n != 0 {
		p.Errorf("swept %d too early, %v", n, err)
	}
	p.decide(mod, news.ActApprove, d)
	n, err = p.SweepBatches(p.ctx, after)
	p.must(err)
	if again, _ := p.SweepBatches(p.ctx, after); n == 0 || again != 0 {
		p.Errorf("swept %d, then %d", n, again)
	}
}
