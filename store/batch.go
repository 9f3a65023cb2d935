package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/news"
)

// An undo is what each thing in a batch was before.
type undo struct {
	Comments []undoComment `json:",omitempty"`
	Thread   *undoThread   `json:",omitempty"`
	Member   *undoMember   `json:",omitempty"`
	Category *undoCategory `json:",omitempty"`
}

type undoComment struct {
	CommentID  int64
	Act        int64
	State      news.CommentState
	Reason     string     `json:",omitempty"`
	PickedAt   *time.Time `json:",omitempty"`
	ReviewedAt *time.Time `json:",omitempty"`
	Holds      string     `json:",omitempty"`
	HeldAt     *time.Time `json:",omitempty"`
	RemovedAt  *time.Time `json:",omitempty"`
	ReportedAt *time.Time `json:",omitempty"`
	Reports    []int64    `json:",omitempty"` // that it closed
	// What it became: with something else there, more has happened since.
	To        news.CommentState
	Decisions int
}

const selectBatch = `SELECT id, actor_id, at, kind, acts, undone_at FROM batches WHERE id = ? AND actor_id = ?`

// openBatch begins a batch of so many acts.
func (db *DB) openBatch(ctx context.Context, actor news.Member, kind news.ActKind, acts int, at time.Time) (news.Batch, error) {
	b := news.Batch{ActorID: actor.ID, At: news.Instant(at), Kind: kind, Acts: acts}
	err := db.get(ctx, &b.ID, `INSERT INTO batches (actor_id, at, kind, acts) VALUES (?, ?, ?, ?) RETURNING id`,
		b.ActorID, b.At, b.Kind, b.Acts)
	return b, err
}

func (db *DB) keepUndo(ctx context.Context, batchID int64, u undo) error {
	text, err := json.Marshal(u)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	_, err = db.exec(ctx, `UPDATE batches SET undo = ? WHERE id = ?`, string(text), batchID)
	return err
}

// BatchByID returns a batch of a moderator's, or news.ErrNotFound.
func (db *DB) BatchByID(ctx context.Context, actorID, id int64) (news.Batch, error) {
	var b news.Batch
	err := db.get(ctx, &b, selectBatch, id, actorID)
	return b, err
}

// SweepBatches forgets what batches need to be undone once their time is over,
// and says of how many.
func (db *DB) SweepBatches(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `UPDATE batches SET undo = '' WHERE undo <> '' AND at <= ?`, at.Add(-news.UndoFor))
}

// Undo takes a batch back: everything is as it was, its notices never appear,
// and the record says so. What its author took down meanwhile stays so, and
// decisions stay counted, so that no form from before passes. Only who did it
// can. It returns news.ErrNotFound, and news.ErrUndoOver when the time is over,
// when it was taken back already, and when somebody has decided since about
// anything in it.
func (db *DB) Undo(ctx context.Context, actor news.Member, batchID int64, at time.Time) (news.Batch, error) {
	var b news.Batch
	err := db.Atomically(ctx, func(tx *DB) error {
		var err error
		b, err = tx.undo(ctx, actor, batchID, at)
		return err
	})
	if err != nil {
		return news.Batch{}, err
	}
	return b, nil
}

func (db *DB) undo(ctx context.Context, actor news.Member, batchID int64, at time.Time) (news.Batch, error) {
	if err := mayModerate(&actor, at); err != nil {
		return news.Batch{}, err
	}
	b, u, err := db.undoable(ctx, actor, batchID, at)
	if err != nil {
		return b, err
	}
	// The things themselves are locked in the order in which deciding locks
	// them, and the batch last.
	switch {
	case u.Member != nil:
		err = db.undoMember(ctx, &b, u.Member, at)
	case u.Thread != nil:
		err = db.undoThread(ctx, &b, u.Thread, at)
	case u.Category != nil:
		err = db.undoCategory(ctx, &b, u.Category, at)
	default:
		err = db.undoComments(ctx, &b, u.Comments, at)
	}
	if err != nil {
		return b, err
	}
	if _, err := db.exec(ctx, `DELETE FROM notices WHERE batch_id = ?`, b.ID); err != nil {
		return b, err
	}
	n, err := db.exec(ctx, `UPDATE batches SET undone_at = ?, undo = '' WHERE id = ? AND undone_at IS NULL AND undo <> ''`, at, b.ID)
	if err != nil {
		return b, err
	}
	if n == 0 {
		return b, news.ErrUndoOver
	}
	undone := news.Instant(at)
	b.UndoneAt = &undone
	return b, nil
}

// undoable returns a batch and what undoing it takes.
func (db *DB) undoable(ctx context.Context, actor news.Member, id int64, at time.Time) (b news.Batch, u undo, err error) {
	if b, err = db.BatchByID(ctx, actor.ID, id); err != nil {
		return b, u, err
	}
	var text string
	if err := db.get(ctx, &text, `SELECT undo FROM batches WHERE id = ?`, id); err != nil {
		return b, u, err
	}
	if b.UndoneAt != nil || text == "" || !at.Before(b.UndoableUntil()) {
		return b, u, news.ErrUndoOver
	}
	if err := json.Unmarshal([]byte(text), &u); err != nil {
		return b, u, fmt.Errorf("store: batch %d: %w", id, err)
	}
	return b, u, nil
}

func (db *DB) undoComments(ctx context.Context, b *news.Batch, list []undoComment, at time.Time) error {
	slices.SortFunc(list, func(a, b undoComment) int { return cmp.Compare(a.CommentID, b.CommentID) })
	ds := make([]news.Decision, len(list))
	for i := range list {
		ds[i].CommentID = list[i].CommentID
	}
	cases, err := db.lockCases(ctx, ds)
	if err != nil {
		return err
	}
	for i := range list {
		was := &list[i]
		c := cases[was.CommentID]
		switch {
		case c == nil:
			continue // the article has gone with all that was said about it
		case c.Decisions != was.Decisions:
			return news.ErrUndoOver
		case c.State == news.CommentDeleted:
			continue
		case c.State != was.To:
			return news.ErrUndoOver
		}
		if err := db.undoComment(ctx, b, c, was, at); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) undoComment(ctx context.Context, b *news.Batch, c *caseFile, was *undoComment, at time.Time) error {
	if was.PickedAt != nil && c.PickedAt == nil && db.roomForPick(ctx, c.ArticleID) != nil {
		return news.ErrUndoOver // its place among the picks is taken
	}
	if len(was.Reports) > 0 {
		q := new(sqlText).addIDs(`UPDATE reports SET closed_at = NULL WHERE id IN`, was.Reports)
		n, err := db.exec(ctx, q.text.String(), q.args...)
		if err != nil {
			return err
		}
		c.Reports += n
	}
	if was.ReportedAt != nil && c.Reports > 0 {
		c.ReportedAt = was.ReportedAt
	}
	c.Reason, c.PickedAt, c.ReviewedAt, c.Holds = was.Reason, was.PickedAt, was.ReviewedAt, was.Holds
	c.HeldAt, c.RemovedAt = was.HeldAt, was.RemovedAt
	c.Decisions++
	if err := db.putCase(ctx, c, was.State); err != nil {
		return err
	}
	return db.RecordAct(ctx, news.Act{At: at, ActorID: &b.ActorID, SubjectID: c.MemberID, CommentID: &c.ID, ArticleID: &c.ArticleID,
		Kind: news.ActUndo, Before: strconv.FormatInt(was.Act, 10), After: string(was.State)})
}
