package store

import (
	"context"
	"errors"
	"fmt"

	"broadsheet/internal/news"
)

// Recommend notes that the reader recommends a comment, or with on false no
// longer does, and returns how many do then. Doing it twice is doing it once.
// It returns news.ErrNotFound for a comment that is not visible to them,
// news.ErrOwn for their own, and news.ErrUnconfirmed, a *news.SuspendedError
// and a *news.WarnedError when they may not write.
func (db *DB) Recommend(ctx context.Context, v news.Viewpoint, id int64, on bool) (int, error) {
	n := 0
	err := db.Atomically(ctx, func(tx *DB) error {
		if err := tx.lockWriter(ctx, v.Reader.MemberID, v.At); err != nil {
			return err
		}
		c, err := tx.lockOther(ctx, v, id)
		if err != nil {
			return err
		}
		change, by := `INSERT INTO recommendations (comment_id, member_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, 1
		args := []any{id, v.Reader.MemberID, v.At}
		if !on {
			change, by, args = `DELETE FROM recommendations WHERE comment_id = ? AND member_id = ?`, -1, args[:2]
		}
		changed, err := tx.exec(ctx, change, args...)
		if err != nil {
			return err
		}
		n = c.Recommends + by*changed
		if changed == 0 {
			return nil
		}
		_, err = tx.exec(ctx, `UPDATE comments SET recommends = ? WHERE id = ?`, n, id)
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// lockOther returns a visible comment of somebody else on a visible article,
// which nobody can change until the transaction ends. It returns
// news.ErrNotFound, and news.ErrOwn for the reader's own.
func (db *DB) lockOther(ctx context.Context, v news.Viewpoint, id int64) (news.Comment, error) {
	c, err := db.lockComment(ctx, id)
	if err != nil {
		return c, err
	}
	own := c.MemberID == v.Reader.MemberID
	if c.State != news.CommentVisible && !(own && c.State == news.CommentHeld) {
		return c, fmt.Errorf("store: comment %d is %s: %w", id, c.State, news.ErrNotFound)
	}
	if _, err := db.openArticle(ctx, c.ArticleID, v.At, &news.CommentRules{}); err != nil && !errors.Is(err, news.ErrThreadClosed) {
		return c, fmt.Errorf("store: article of comment %d: %w", id, news.ErrNotFound)
	}
	if own {
		return c, news.ErrOwn
	}
	return c, nil
}
