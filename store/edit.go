package store

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/news"
)

// EditComment changes what a comment says, as its author and with the rules of
// CreateComment but those about doubles and pace, and keeps what it said
// before. c is as it is then. The same words again change nothing.
//
// It returns news.ErrNotFound when the comment is not theirs or cannot be read
// any more, news.ErrEditOver after news.CommentEditSpan or once it is answered
// or decided about, and the errors of CreateComment about who may write where.
func (db *DB) EditComment(ctx context.Context, v news.Viewpoint, id int64, body string, judge news.Judge) (c news.Comment, err error) {
	err = db.Atomically(ctx, func(tx *DB) error {
		c, err = tx.editComment(ctx, v, id, body, judge)
		return err
	})
	if err != nil {
		return news.Comment{}, err
	}
	return c, nil
}

func (db *DB) editComment(ctx context.Context, v news.Viewpoint, id int64, body string, judge news.Judge) (news.Comment, error) {
	if err := db.lockWriter(ctx, v.Reader.MemberID, v.At); err != nil {
		return news.Comment{}, err
	}
	c, err := db.lockOwn(ctx, v, id)
	if err != nil {
		return c, err
	}
	rules, err := db.CommentRules(ctx)
	if err != nil {
		return c, err
	}
	if c.Body == body && (c.State == news.CommentVisible || c.State == news.CommentHeld) {
		return c, nil
	}
	if _, err := db.openArticle(ctx, c.ArticleID, v.At, &rules); err != nil {
		return c, err
	}
	var answered bool
	if err := db.get(ctx, &answered, `SELECT EXISTS (SELECT 1 FROM comments WHERE parent_id = ?)`, id); err != nil {
		return c, err
	}
	if answered || c.Decisions > 0 || c.State == news.CommentRemoved || !v.At.Before(c.EditableUntil()) {
		return c, news.ErrEditOver
	}
	was := c
	if judge != nil {
		standing, err := db.Standing(ctx, c.MemberID, c.ArticleID, v.At)
		if err != nil {
			return c, err
		}
		// It counted when it was written, and is not one more now.
		standing.LastDay = max(0, standing.LastDay-1)
		if c.State == news.CommentVisible {
			standing.Accepted = max(0, standing.Accepted-1)
		}
		if err := pass(&c, judge, standing, rules, v.At); err != nil {
			return c, err
		}
	} else {
		c.State, c.Holds = news.CommentVisible, ""
	}
	_, err = db.exec(ctx, `INSERT INTO comment_versions (comment_id, body, until) VALUES (?, ?, ?)`, id, was.Body, v.At)
	if err != nil {
		return c, err
	}
	at, to := news.Instant(v.At), c.State
	c.Body, c.EditedAt, c.State = body, &at, was.State
	var held *time.Time
	if to == news.CommentHeld {
		held = &at
		if was.State == news.CommentHeld { // it has waited since
			held = &c.CreatedAt
		}
	}
	err = db.changeComment(ctx, &c, to, `body = ?, edited_at = ?, reviewed_at = ?, holds = ?, held_at = ?`,
		body, at, c.ReviewedAt, c.Holds, held)
	if err != nil || was.State == to {
		return c, err
	}
	if to == news.CommentVisible {
		return c, db.noticeReply(ctx, &c, v.At)
	}
	_, err = db.exec(ctx, `DELETE FROM notices WHERE comment_id = ? AND kind = ?`, id, news.NoticeReply)
	return c, err
}

// lockOwn returns a comment of the reader's with its thread and itself locked,
// whatever its state but deleted. It returns news.ErrNotFound when it is not
// theirs.
func (db *DB) lockOwn(ctx context.Context, v news.Viewpoint, id int64) (news.Comment, error) {
	var article int64
	err := db.get(ctx, &article, `SELECT article_id FROM comments WHERE id = ? AND member_id = ?`, id, v.Reader.MemberID)
	if err != nil {
		return news.Comment{}, err
	}
	if err := db.lockThread(ctx, article); err != nil {
		return news.Comment{}, err
	}
	c, err := db.lockComment(ctx, id)
	if err == nil && c.State == news.CommentDeleted {
		err = fmt.Errorf("store: comment %d is deleted: %w", id, news.ErrNotFound)
	}
	return c, err
}

// DeleteComment takes a comment down as its author: it stays as a stub as long
// as something shown stands under it. It returns news.ErrNotFound when it is
// not theirs, or is gone already. What it said is kept for moderators until
// SweepDeleted; counts, picks, reports and notices are as without it. Whoever
// is suspended may take down what they wrote.
func (db *DB) DeleteComment(ctx context.Context, v news.Viewpoint, id int64) (news.Comment, error) {
	var c news.Comment
	err := db.Atomically(ctx, func(tx *DB) error {
		if _, err := tx.lockMember(ctx, v.Reader.MemberID); err != nil {
			return err
		}
		var err error
		if c, err = tx.lockOwn(ctx, v, id); err != nil {
			return err
		}
		if c.State == news.CommentRemoved {
			return fmt.Errorf("store: comment %d is removed: %w", id, news.ErrNotFound)
		}
		return tx.takeDown(ctx, &c, v.At)
	})
	if err != nil {
		return news.Comment{}, err
	}
	return c, nil
}

// takeDown makes a locked comment one that its author deleted.
func (db *DB) takeDown(ctx context.Context, c *news.Comment, at time.Time) error {
	err := db.changeComment(ctx, c, news.CommentDeleted,
		`removed_at = ?, held_at = NULL, picked_at = NULL, reports = 0, reported_at = NULL`, at)
	if err != nil {
		return err
	}
	c.PickedAt = nil
	if _, err := db.exec(ctx, `UPDATE reports SET closed_at = ? WHERE comment_id = ? AND closed_at IS NULL`, at, c.ID); err != nil {
		return err
	}
	_, err = db.exec(ctx, `DELETE FROM notices WHERE comment_id = ?`, c.ID)
	return err
}

// CommentVersions returns what a comment said before its author changed it,
// oldest first; for moderators.
func (db *DB) CommentVersions(ctx context.Context, id int64) ([]news.CommentVersion, error) {
	var versions []news.CommentVersion
	err := db.list(ctx, &versions, `SELECT comment_id, body, until FROM comment_versions WHERE comment_id = ? ORDER BY id`, id)
	return versions, err
}

// DeletedKept is how long moderators can read what members took down.
const DeletedKept = 30 * 24 * time.Hour

// SweepDeleted removes the words of comments that their authors deleted more
// than DeletedKept ago, and what they said before, and says of how many.
func (db *DB) SweepDeleted(ctx context.Context, at time.Time) (int, error) {
	const old = `state = 'deleted' AND body <> '' AND removed_at <= ?`
	n := 0
	err := db.Atomically(ctx, func(tx *DB) error {
		before := at.Add(-DeletedKept)
		_, err := tx.exec(ctx, `DELETE FROM comment_versions WHERE comment_id IN (SELECT id FROM comments WHERE `+old+`)`, before)
		if err != nil {
			return err
		}
		n, err = tx.exec(ctx, `UPDATE comments SET body = '', form_key = '' WHERE `+old, before)
		return err
	})
	return n, err
}
