package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

const selectComment = `SELECT id, article_id, member_id, parent_id, COALESCE(root_id, id) AS root_id,
	depth, body, state, reason, form_key, created_at, article_version, edited_at, picked_at, reviewed_at,
	recommends, holds, decisions, replies FROM comments `

// CreateComment stores what a member wrote under an article, in one
// transaction with all rules about it, and sets ID, RootID and Depth; an
// answer too deep to be nested moves up beside the one it answers. Sent twice,
// by the same form or in the same words soon after, c becomes the comment that
// is there already and created is false. With keptHash it also removes the
// kept comment that c was made from.
//
// judge decides from what is known of the member and the place whether it is
// shown, held or refused, and sets State, Holds and ReviewedAt; nil shows
// everything. Who is answered by a comment that is shown gets a notice.
//
// It returns news.ErrUnconfirmed, a *news.SuspendedError and a
// *news.WarnedError when the member may not write at c.CreatedAt,
// news.ErrNotFound or news.ErrGone when the article is not visible then,
// news.ErrThreadClosed, news.ErrParentGone, a *news.TooManyError when the
// member writes too fast, and a *news.RefusedError.
func (db *DB) CreateComment(ctx context.Context, c *news.Comment, keptHash []byte, judge news.Judge) (created bool, err error) {
	row := *c
	err = db.Atomically(ctx, func(tx *DB) error {
		created, err = tx.createComment(ctx, &row, judge)
		if err != nil || keptHash == nil {
			return err
		}
		return tx.DropKept(ctx, keptHash)
	})
	if err != nil {
		return false, err
	}
	*c = row
	return created, nil
}

func (db *DB) createComment(ctx context.Context, c *news.Comment, judge news.Judge) (created bool, err error) {
	// What follows looks at what the member wrote before; locked, two forms of
	// one member wait for each other instead of both finding nothing.
	if err := db.lockWriter(ctx, c.MemberID, c.CreatedAt); err != nil {
		return false, err
	}
	if c.FormKey != "" {
		sent := *c
		found, err := db.become(ctx, c, `WHERE member_id = ? AND form_key = ? AND form_key <> ''`,
			c.MemberID, c.FormKey)
		if err != nil {
			return false, err
		}
		if found {
			same, err := db.said(ctx, c, &sent)
			if same || err != nil {
				return false, err
			}
			// Somebody went back to the form and wrote something else: that is
			// another comment, and its words must not be lost.
			*c = sent
			c.FormKey = ""
		}
	}
	if err := db.lockThread(ctx, c.ArticleID); err != nil {
		return false, err
	}
	rules, err := db.CommentRules(ctx)
	if err != nil {
		return false, err
	}
	if err := db.threadOpen(ctx, c, &rules); err != nil {
		return false, err
	}
	if err := db.attach(ctx, c, true); err != nil {
		return false, err
	}
	var parent int64
	if c.ParentID != nil {
		parent = *c.ParentID
	}
	found, err := db.become(ctx, c, `WHERE member_id = ? AND created_at > ? AND article_id = ?
			AND COALESCE(parent_id, 0) = ? AND body = ? AND state <> 'deleted'
		ORDER BY created_at DESC, id DESC LIMIT 1`,
		c.MemberID, c.CreatedAt.Add(-news.CommentRepeatSpan), c.ArticleID, parent, c.Body)
	if found || err != nil {
		return false, err
	}
	if err := db.paced(ctx, c); err != nil {
		return false, err
	}
	c.State, c.Reason, c.Holds, c.EditedAt, c.PickedAt, c.ReviewedAt = news.CommentVisible, "", "", nil, nil, nil
	if judge != nil {
		standing, err := db.Standing(ctx, c.MemberID, c.ArticleID, c.CreatedAt)
		if err != nil {
			return false, err
		}
		if err := pass(c, judge, standing, rules, c.CreatedAt); err != nil {
			return false, err
		}
	}
	if err := db.insertComment(ctx, c); err != nil {
		return false, err
	}
	return true, db.noticeReply(ctx, c, c.CreatedAt)
}

// pass sets what the rules make of a comment: State, Holds and ReviewedAt. It
// returns a *news.RefusedError.
func pass(c *news.Comment, judge news.Judge, standing news.Standing, rules news.CommentRules, at time.Time) error {
	verdict := judge(standing)
	if len(verdict.Refused) > 0 {
		return &news.RefusedError{Reasons: verdict.Refused}
	}
	c.State, c.Holds, c.ReviewedAt = news.CommentVisible, "", nil
	switch {
	case len(verdict.Held) > 0:
		c.State, c.Holds = news.CommentHeld, news.FormatHolds(verdict.Held)
	case standing.Trust(rules) == news.TrustRegular:
		c.ReviewedAt = &at
	}
	return nil
}

// lockWriter locks a member and returns why they may not write at that
// instant: news.ErrNotFound, news.ErrUnconfirmed, a *news.SuspendedError or a
// *news.WarnedError. Whatever only those may do who may write begins with it.
func (db *DB) lockWriter(ctx context.Context, memberID int64, at time.Time) error {
	m, err := db.lockMember(ctx, memberID)
	if err != nil {
		return err
	}
	if !m.Confirmed() {
		return news.ErrUnconfirmed
	}
	if m.Suspended(at) {
		return &news.SuspendedError{Until: *m.SuspendedUntil, Reason: m.SuspendedReason}
	}
	w, err := db.OpenWarning(ctx, memberID, at)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &news.WarnedError{Warning: w}
}

// said reports whether a comment says, or said before its author changed it,
// what was sent.
func (db *DB) said(ctx context.Context, c, sent *news.Comment) (bool, error) {
	if c.Body == sent.Body && c.ArticleID == sent.ArticleID || c.State == news.CommentDeleted && c.Body == "" {
		return true, nil
	}
	var before bool
	err := db.get(ctx, &before, `SELECT EXISTS (SELECT 1 FROM comment_versions WHERE comment_id = ? AND body = ?)`,
		c.ID, sent.Body)
	return before, err
}

// become makes c the comment that a condition selects, if there is one.
func (db *DB) become(ctx context.Context, c *news.Comment, where string, args ...any) (bool, error) {
	var there news.Comment
	err := db.get(ctx, &there, selectComment+where, args...)
	if errors.Is(err, news.ErrNotFound) {
		return false, nil
	}
	if err == nil {
		*c = there
	}
	return err == nil, err
}

// threadOpen returns why nobody can comment on the article, or nil, and cuts
// c.ArticleVersion to those there were.
func (db *DB) threadOpen(ctx context.Context, c *news.Comment, rules *news.CommentRules) error {
	a, err := db.openArticle(ctx, c.ArticleID, c.CreatedAt, rules)
	c.ArticleVersion = min(max(c.ArticleVersion, 0), a.Version)
	return err
}

// openArticle returns what there is to know of an article for its thread. It
// returns news.ErrNotFound or news.ErrGone when it is not visible at that
// instant, and news.ErrThreadClosed.
func (db *DB) openArticle(ctx context.Context, id int64, at time.Time, rules *news.CommentRules) (news.Article, error) {
	var a news.Article
	err := db.get(ctx, &a, `SELECT version, published_at, withdrawn_at, expires_at, comments_closed_at, comments_kept_open
		FROM articles WHERE id = ?`, id)
	if err != nil {
		return a, err
	}
	if err := shown(&a, news.Now(at)); err != nil {
		return a, err
	}
	if a.CommentsClosed(at, rules) {
		return a, news.ErrThreadClosed
	}
	return a, nil
}

// attach sets RootID and Depth, and moves an answer that is too deep up to its
// parent's parent. With rules it returns news.ErrParentGone unless the parent
// stands visibly under the same article; without, only when there is none.
func (db *DB) attach(ctx context.Context, c *news.Comment, rules bool) error {
	c.RootID, c.Depth = 0, 0
	if c.ParentID == nil {
		return nil
	}
	var parent news.Comment
	err := db.get(ctx, &parent, selectComment+`WHERE id = ?`, *c.ParentID)
	if errors.Is(err, news.ErrNotFound) {
		return news.ErrParentGone
	}
	if err != nil {
		return err
	}
	if parent.ArticleID != c.ArticleID || rules && parent.State != news.CommentVisible {
		return news.ErrParentGone
	}
	if rules && c.CreatedAt.Before(parent.CreatedAt) {
		c.CreatedAt = parent.CreatedAt // the clocks of two nodes differ a little
	}
	c.RootID, c.Depth = parent.RootID, parent.Depth+1
	if c.Depth > news.CommentDepthMax {
		c.ParentID, c.Depth = parent.ParentID, parent.Depth
	}
	return nil
}

// paced returns a *news.TooManyError when the member has written
// news.CommentBurst comments within news.CommentBurstSpan before c.
func (db *DB) paced(ctx context.Context, c *news.Comment) error {
	if db.unpaced {
		return nil
	}
	var earliest news.Comment
	err := db.get(ctx, &earliest, selectComment+`WHERE member_id = ? AND created_at > ?
		ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?`,
		c.MemberID, c.CreatedAt.Add(-news.CommentBurstSpan), news.CommentBurst-1)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	// Once that one is as old as the span, one more is allowed.
	return &news.TooManyError{RetryAfter: earliest.CreatedAt.Add(news.CommentBurstSpan).Sub(c.CreatedAt)}
}

// InsertComment stores a comment as it is, for demonstrations and importers:
// without the rules of CreateComment, but never under a comment of another
// article (news.ErrParentGone). It sets ID, RootID and Depth.
func (db *DB) InsertComment(ctx context.Context, c *news.Comment) error {
	row := *c
	err := db.Atomically(ctx, func(tx *DB) error {
		if err := tx.lockThread(ctx, row.ArticleID); err != nil {
			return err
		}
		if err := tx.attach(ctx, &row, false); err != nil {
			return err
		}
		return tx.insertComment(ctx, &row)
	})
	if err == nil {
		*c = row
	}
	return err
}
