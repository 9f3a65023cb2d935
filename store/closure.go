package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/news"
)

// undoThread is what a thread was before a decision, and what it became.
type undoThread struct {
	ArticleID int64
	Act       int64
	Was, To   threadBars
}

// threadBars are what moderators can set about a thread.
type threadBars struct {
	CommentsClosedAt *time.Time `json:",omitempty"`
	CommentsKeptOpen bool       `json:",omitempty"`
	CommentsHeld     bool       `json:",omitempty"`
}

// words are how the record says it.
func (b threadBars) words() string {
	switch {
	case b.CommentsClosedAt != nil:
		return "closed"
	case b.CommentsKeptOpen:
		return "kept open"
	}
	return "open"
}

// DecideThread closes or reopens a thread, or has all its comments held first
// or no longer (kind), as a batch that can be undone. It returns
// news.ErrForbidden when the actor may not moderate, and news.ErrNotFound also
// outside the actor's categories.
func (db *DB) DecideThread(ctx context.Context, actor news.Member, articleID int64, kind news.ActKind, reason string, at time.Time) (news.Batch, error) {
	var b news.Batch
	err := db.Atomically(ctx, func(tx *DB) error {
		var err error
		b, err = tx.decideThread(ctx, actor, articleID, kind, reason, at)
		return err
	})
	if err != nil {
		return news.Batch{}, err
	}
	return b, nil
}

func (db *DB) decideThread(ctx context.Context, actor news.Member, articleID int64, kind news.ActKind, reason string, at time.Time) (b news.Batch, err error) {
	if err := mayModerate(&actor, at); err != nil {
		return b, err
	}
	var category int64
	was, err := db.lockBars(ctx, articleID, &category)
	if err != nil {
		return b, err
	}
	if err := db.mayReach(ctx, actor.ID, category); err != nil {
		return b, err
	}
	u := undoThread{ArticleID: articleID, Was: was, To: was}
	act := news.Act{At: at, ActorID: &actor.ID, ArticleID: &articleID, Kind: kind, Reason: reason}
	switch kind {
	case news.ActClose, news.ActReopen:
		u.To.CommentsClosedAt, u.To.CommentsKeptOpen = nil, kind == news.ActReopen
		if kind == news.ActClose {
			now := news.Instant(at)
			u.To.CommentsClosedAt = &now
		}
		act.Before, act.After = was.words(), u.To.words()
	case news.ActHoldThread, news.ActFreeThread:
		u.To.CommentsHeld = kind == news.ActHoldThread
		act.Before, act.After = heldText(was.CommentsHeld), heldText(u.To.CommentsHeld)
	default:
		return b, fmt.Errorf("store: decision %q: %w", kind, news.ErrForbidden)
	}
	if err := db.setThread(ctx, articleID, u.To); err != nil {
		return b, err
	}
	if u.Act, err = db.addAct(ctx, act); err != nil {
		return b, err
	}
	if b, err = db.openBatch(ctx, actor, kind, 1, at); err != nil {
		return b, err
	}
	return b, db.keepUndo(ctx, b.ID, undo{Thread: &u})
}

// mayReach returns news.ErrNotFound for a category outside those that a
// moderator is limited to.
func (db *DB) mayReach(ctx context.Context, actorID, category int64) error {
	categories, err := db.ModeratorCategories(ctx, actorID)
	if err == nil && categories != nil && !slices.Contains(categories, category) {
		err = news.ErrNotFound
	}
	return err
}

// lockBars returns what is set about a thread, locked, and its category.
func (db *DB) lockBars(ctx context.Context, articleID int64, category *int64) (threadBars, error) {
	if err := db.lockThread(ctx, articleID); err != nil {
		return threadBars{}, err
	}
	var row struct {
		threadBars
		CategoryID int64
	}
	err := db.get(ctx, &row, `SELECT category_id, comments_closed_at, comments_kept_open, comments_held FROM articles WHERE id = ?`+
		db.dialect.lockRow, articleID)
	*category = row.CategoryID
	return row.threadBars, err
}

func (db *DB) setThread(ctx context.Context, articleID int64, to threadBars) error {
	return one(db.exec(ctx, `UPDATE articles SET comments_closed_at = ?, comments_kept_open = ?, comments_held = ? WHERE id = ?`,
		to.CommentsClosedAt, to.CommentsKeptOpen, to.CommentsHeld, articleID))
}

func (db *DB) undoThread(ctx context.Context, b *news.Batch, u *undoThread, at time.Time) error {
	var category int64
	now, err := db.lockBars(ctx, u.ArticleID, &category)
	if err != nil {
		return err
	}
	same := []news.ActKind{news.ActClose, news.ActReopen}
	if b.Kind == news.ActHoldThread || b.Kind == news.ActFreeThread {
		same = []news.ActKind{news.ActHoldThread, news.ActFreeThread}
		now.CommentsHeld = u.Was.CommentsHeld
	} else {
		now.CommentsClosedAt, now.CommentsKeptOpen = u.Was.CommentsClosedAt, u.Was.CommentsKeptOpen
	}
	if err := db.decidedSince(ctx, u.Act, same, `article_id = ? AND comment_id IS NULL`, u.ArticleID); err != nil {
		return err
	}
	if err := db.setThread(ctx, u.ArticleID, now); err != nil {
		return err
	}
	return db.RecordAct(ctx, news.Act{At: at, ActorID: &b.ActorID, ArticleID: &u.ArticleID, Kind: news.ActUndo,
		Before: strconv.FormatInt(u.Act, 10)})
}

// undoCategory is what a category was before a decision.
type undoCategory struct {
	CategoryID int64
	Act        int64
	Was, To    bool
}

// DecideCategory has all comments in a category held first, or no longer
// (kind), as a batch that can be undone. It returns news.ErrForbidden when the
// actor may not moderate, and news.ErrNotFound also outside the actor's
// categories.
func (db *DB) DecideCategory(ctx context.Context, actor news.Member, categoryID int64, kind news.ActKind, at time.Time) (news.Batch, error) {
	var b news.Batch
	err := db.Atomically(ctx, func(tx *DB) error {
		if err := mayModerate(&actor, at); err != nil {
			return err
		}
		if kind != news.ActHoldCategory && kind != news.ActFreeCategory {
			return fmt.Errorf("store: decision %q: %w", kind, news.ErrForbidden)
		}
		if err := tx.mayReach(ctx, actor.ID, categoryID); err != nil {
			return err
		}
		u := undoCategory{CategoryID: categoryID, To: kind == news.ActHoldCategory}
		name, err := tx.setCategory(ctx, categoryID, u.To, &u.Was)
		if err != nil {
			return err
		}
		u.Act, err = tx.addAct(ctx, news.Act{At: at, ActorID: &actor.ID, Kind: kind, Before: heldText(u.Was), After: heldText(u.To), Reason: name})
		if err != nil {
			return err
		}
		if b, err = tx.openBatch(ctx, actor, kind, 1, at); err != nil {
			return err
		}
		return tx.keepUndo(ctx, b.ID, undo{Category: &u})
	})
	if err != nil {
		return news.Batch{}, err
	}
	return b, nil
}

// setCategory sets whether a category's comments are held, and returns its
// name and what was set before.
func (db *DB) setCategory(ctx context.Context, id int64, held bool, was *bool) (name string, err error) {
	var row struct {
		Name         string
		CommentsHeld bool
	}
	err = db.get(ctx, &row, `SELECT name, comments_held FROM categories WHERE id = ?`+db.dialect.lockRow, id)
	if err != nil {
		return "", err
	}
	*was = row.CommentsHeld
	_, err = db.exec(ctx, `UPDATE categories SET comments_held = ? WHERE id = ?`, held, id)
	return row.Name, err
}

func (db *DB) undoCategory(ctx context.Context, b *news.Batch, u *undoCategory, at time.Time) error {
	var now bool
	name, err := db.setCategory(ctx, u.CategoryID, u.Was, &now)
	if err != nil {
		return err
	}
	if now != u.To {
		return news.ErrUndoOver
	}
	return db.RecordAct(ctx, news.Act{At: at, ActorID: &b.ActorID, Kind: news.ActUndo, Before: strconv.FormatInt(u.Act, 10), Reason: name})
}
