package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/news"
)

// A caseFile is a comment that is being decided about, with what only deciding
// needs to know.
type caseFile struct {
	news.Comment
	HeldAt     *time.Time
	RemovedAt  *time.Time
	Reports    int
	ReportedAt *time.Time
	AuthorRole news.Role
	CategoryID int64
}

const selectCase = `SELECT id, article_id, member_id, parent_id, COALESCE(root_id, id) AS root_id, depth, body, state, reason,
	created_at, picked_at, reviewed_at, recommends, holds, decisions, held_at, removed_at, reports, reported_at FROM comments`

// Decide carries out decisions about comments as one batch: states, stubs,
// counts, reports, picks, the record, and the notices to the authors, which
// appear after news.UndoFor. Of two about one comment the first counts.
// Comments that somebody decided about first, and those that their authors took
// down meanwhile, are left as they are and returned as refused; the others are
// done. An act that changes nothing (approving what is public and reviewed) is
// done too. batch.ID is 0 when nothing was done. Approve and restore notify
// whoever is answered.
//
// For all of it, it returns news.ErrForbidden when the actor may not moderate,
// wrote one of them, or one is by a higher rank; news.ErrNotFound when one does
// not exist or is outside the actor's categories, or when the house rule does
// not exist; news.ErrConflict for a sixth pick of an article and for picking
// what is not public.
func (db *DB) Decide(ctx context.Context, actor news.Member, ds []news.Decision, at time.Time) (batch news.Batch, refused []*news.DecidedError, err error) {
	// In the order in which everybody locks them.
	ds = slices.Clone(ds)
	slices.SortStableFunc(ds, func(a, b news.Decision) int { return cmp.Compare(a.CommentID, b.CommentID) })
	ds = slices.CompactFunc(ds, func(a, b news.Decision) bool { return a.CommentID == b.CommentID })
	if len(ds) == 0 || len(ds) > news.BulkMax {
		return batch, nil, fmt.Errorf("store: %d decisions at once: %w", len(ds), news.ErrForbidden)
	}
	err = db.Atomically(ctx, func(tx *DB) error {
		batch, refused, err = tx.decide(ctx, actor, ds, at)
		return err
	})
	if err != nil {
		return news.Batch{}, nil, err
	}
	return batch, refused, nil
}

func (db *DB) decide(ctx context.Context, actor news.Member, ds []news.Decision, at time.Time) (batch news.Batch, refused []*news.DecidedError, err error) {
	if err := mayModerate(&actor, at); err != nil {
		return batch, nil, err
	}
	cases, err := db.lockCases(ctx, ds)
	if err != nil {
		return batch, nil, err
	}
	categories, err := db.ModeratorCategories(ctx, actor.ID)
	if err != nil {
		return batch, nil, err
	}
	var todo []news.Decision
	var late []int64
	for _, d := range ds {
		c := cases[d.CommentID]
		switch {
		case c == nil || categories != nil && !slices.Contains(categories, c.CategoryID):
			return batch, nil, news.ErrNotFound
		case c.MemberID == actor.ID || c.AuthorRole.Rank() > actor.Role.Rank():
			return batch, nil, news.ErrForbidden
		case c.State == news.CommentDeleted || c.Decisions != d.Seen:
			late = append(late, c.ID)
			refused = append(refused, &news.DecidedError{CommentID: c.ID, State: c.State, Decisions: c.Decisions})
		default:
			todo = append(todo, d)
		}
	}
	earlier, err := db.lastActs(ctx, late)
	if err != nil {
		return batch, nil, err
	}
	for _, r := range refused {
		r.Earlier = earlier[r.CommentID]
	}
	if len(todo) == 0 {
		return batch, refused, nil
	}
	if batch, err = db.openBatch(ctx, actor, todo[0].Kind, len(todo), at); err != nil {
		return batch, nil, err
	}
	var u undo
	for _, d := range todo {
		done, err := db.decideOne(ctx, &batch, cases[d.CommentID], d, at)
		if err != nil {
			return batch, nil, err
		}
		u.Comments = append(u.Comments, done)
	}
	return batch, refused, db.keepUndo(ctx, batch.ID, u)
}

// mayModerate returns news.ErrForbidden when somebody may not moderate at that
// instant.
func mayModerate(actor *news.Member, at time.Time) error {
	if !actor.Role.May(news.ActModerate) || actor.Suspended(at) {
		return news.ErrForbidden
	}
	return nil
}

// lockCases returns the comments that are decided about by number, with their
// threads and themselves locked in the order of their numbers.
func (db *DB) lockCases(ctx context.Context, ds []news.Decision) (map[int64]*caseFile, error) {
	ids := make([]int64, len(ds))
	for i, d := range ds {
		ids[i] = d.CommentID
	}
	var articles []int64
	err := db.listText(ctx, &articles, new(sqlText).addIDs(`SELECT DISTINCT article_id FROM comments WHERE id IN`, ids))
	if err != nil || len(articles) == 0 {
		return nil, err
	}
	if err := db.lockThreads(ctx, articles...); err != nil {
		return nil, err
	}
	var cases []caseFile
	if err := db.listText(ctx, &cases, new(sqlText).addIDs(selectCase+` WHERE id IN`, ids).add(`ORDER BY id`+db.dialect.lockRow)); err != nil {
		return nil, err
	}
	var about []struct {
		ID         int64
		Role       news.Role
		CategoryID int64
	}
	err = db.listText(ctx, &about, new(sqlText).addIDs(`SELECT c.id, m.role, a.category_id FROM comments c
		JOIN members m ON m.id = c.member_id JOIN articles a ON a.id = c.article_id WHERE c.id IN`, ids))
	found := byID(cases, func(c *caseFile) int64 { return c.ID })
	for _, row := range about {
		if c := found[row.ID]; c != nil {
			c.AuthorRole, c.CategoryID = row.Role, row.CategoryID
		}
	}
	return found, err
}

// decideOne carries out one decision about a locked comment, and returns what
// undoing it takes.
func (db *DB) decideOne(ctx context.Context, batch *news.Batch, c *caseFile, d news.Decision, at time.Time) (undoComment, error) {
	was := undoComment{CommentID: c.ID, State: c.State, Reason: c.Reason, PickedAt: c.PickedAt, ReviewedAt: c.ReviewedAt,
		Holds: c.Holds, HeldAt: c.HeldAt, RemovedAt: c.RemovedAt, ReportedAt: c.ReportedAt}
	o, err := db.outcome(ctx, c, d, at)
	if err != nil {
		return was, err
	}
	if o.closes {
		was.Reports, err = db.closeReports(ctx, c.ID, at)
		if err != nil {
			return was, err
		}
		c.Reports, c.ReportedAt = 0, nil
	}
	c.Decisions++
	if err := db.putCase(ctx, c, o.state); err != nil {
		return was, err
	}
	was.To, was.Decisions = o.state, c.Decisions
	was.Act, err = db.addAct(ctx, news.Act{At: at, ActorID: &batch.ActorID, SubjectID: c.MemberID, CommentID: &c.ID, ArticleID: &c.ArticleID,
		Kind: d.Kind, Before: o.before, After: o.after, Reason: o.words})
	if err != nil {
		return was, err
	}
	told := at.Add(news.UndoFor)
	if o.notice != "" {
		err := db.notify(ctx, notification{MemberID: c.MemberID, Kind: o.notice, At: told, CommentID: &c.ID, BatchID: &batch.ID, Words: o.words})
		if err != nil {
			return was, err
		}
	}
	if o.state == news.CommentVisible && was.State != news.CommentVisible {
		return was, db.noticeReplyIn(ctx, &c.Comment, told, &batch.ID)
	}
	return was, nil
}

// An outcome is what a decision makes of a comment, beside the fields of the
// comment that it sets at once.
type outcome struct {
	state         news.CommentState
	before, after string // as the record says it
	words         string // to the author and in the record
	notice        news.NoticeKind
	closes        bool // its reports
}

// outcome sets the fields that a decision changes, but the state.
func (db *DB) outcome(ctx context.Context, c *caseFile, d news.Decision, at time.Time) (outcome, error) {
	o := outcome{state: c.State, before: string(c.State), words: d.Reason, closes: true}
	at = news.Instant(at)
	switch d.Kind {
	case news.ActApprove, news.ActRestore:
		switch c.State {
		case news.CommentHeld:
			o.notice = news.NoticeApproved
		case news.CommentRemoved:
			o.notice = news.NoticeRestored
		}
		o.state, c.ReviewedAt, c.Reason, c.RemovedAt = news.CommentVisible, &at, "", nil
	case news.ActRemove:
		rule, ok := news.HouseRuleByKey(d.Rule)
		if !ok {
			return o, fmt.Errorf("store: house rule %q: %w", d.Rule, news.ErrNotFound)
		}
		if o.words = rule.Title; d.Reason != "" {
			o.words += "\n" + d.Reason
		}
		o.state, o.notice, c.ReviewedAt, c.Reason, c.PickedAt = news.CommentRemoved, news.NoticeRemoved, &at, rule.Title, nil
		if c.RemovedAt == nil {
			c.RemovedAt = &at
		}
	case news.ActHold:
		o.closes = false // they wait with it
		if c.State != news.CommentHeld {
			o.notice, c.HeldAt, c.Holds = news.NoticeHeld, &at, news.FormatHolds([]news.Hold{{Kind: news.HoldByHand}})
		}
		o.state, c.ReviewedAt, c.Reason, c.PickedAt, c.RemovedAt = news.CommentHeld, nil, "", nil, nil
	case news.ActPick:
		if c.State != news.CommentVisible {
			return o, fmt.Errorf("store: comment %d is not public: %w", c.ID, news.ErrConflict)
		}
		if c.PickedAt == nil {
			if err := db.roomForPick(ctx, c.ArticleID); err != nil {
				return o, err
			}
			o.notice, c.PickedAt = news.NoticePicked, &at
		}
		c.ReviewedAt = &at
		o.after = "picked"
		return o, nil
	case news.ActUnpick:
		if c.PickedAt != nil {
			o.before = "picked"
		}
		c.PickedAt, c.ReviewedAt = nil, &at
	default:
		return o, fmt.Errorf("store: decision %q: %w", d.Kind, news.ErrForbidden)
	}
	o.after = string(o.state)
	return o, nil
}

// roomForPick returns news.ErrConflict when an article has all the picks it
// may have. The thread is locked.
func (db *DB) roomForPick(ctx context.Context, articleID int64) error {
	var picks int
	err := db.get(ctx, &picks, `SELECT COUNT(*) FROM comments WHERE article_id = ? AND picked_at IS NOT NULL`, articleID)
	if err == nil && picks >= news.PicksMax {
		err = fmt.Errorf("store: %d picks: %w", picks, news.ErrConflict)
	}
	return err
}

// putCase stores a comment as it is now, in another state.
func (db *DB) putCase(ctx context.Context, c *caseFile, to news.CommentState) error {
	return db.changeComment(ctx, &c.Comment, to, `reason = ?, picked_at = ?, reviewed_at = ?, holds = ?, held_at = ?,
			removed_at = ?, reports = ?, reported_at = ?, decisions = ?`,
		c.Reason, c.PickedAt, c.ReviewedAt, c.Holds, c.HeldAt, c.RemovedAt, c.Reports, c.ReportedAt, c.Decisions)
}

// closeReports closes what is reported about a comment and returns which.
func (db *DB) closeReports(ctx context.Context, commentID int64, at time.Time) (ids []int64, err error) {
	err = db.list(ctx, &ids, `UPDATE reports SET closed_at = ? WHERE comment_id = ? AND closed_at IS NULL RETURNING id`, at, commentID)
	return ids, err
}
