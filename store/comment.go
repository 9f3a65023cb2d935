package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

const selectComment = `SELECT id, article_id, member_id, parent_id, COALESCE(root_id, id) AS root_id,
	depth, body, state, reason, form_key, created_at FROM comments `

// CreateComment stores what a member wrote under an article, in one
// transaction with all rules about it, and sets ID, RootID and Depth; an
// answer too deep to be nested moves up beside the one it answers. Sent twice,
// by the same form or in the same words soon after, c becomes the comment that
// is there already and created is false. With keptHash it also removes the
// kept comment that c was made from.
//
// It returns news.ErrUnconfirmed and a *news.SuspendedError when the member may
// not write at c.CreatedAt, news.ErrNotFound or news.ErrGone when the article
// is not visible then, news.ErrThreadClosed, news.ErrParentGone, and a
// *news.TooManyError when the member writes too fast.
func (db *DB) CreateComment(ctx context.Context, c *news.Comment, keptHash []byte) (created bool, err error) {
	row := *c
	err = db.Atomically(ctx, func(tx *DB) error {
		created, err = tx.createComment(ctx, &row)
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

func (db *DB) createComment(ctx context.Context, c *news.Comment) (created bool, err error) {
	// What follows looks at what the member wrote before; locked, two forms of
	// one member wait for each other instead of both finding nothing.
	member, err := db.lockMember(ctx, c.MemberID)
	if err != nil {
		return false, err
	}
	if err := mayWrite(&member, c.CreatedAt); err != nil {
		return false, err
	}
	if c.FormKey != "" {
		found, err := db.become(ctx, c, `WHERE member_id = ? AND form_key = ? AND form_key <> ''`,
			c.MemberID, c.FormKey)
		if found || err != nil {
			return false, err
		}
	}
	if err := db.threadOpen(ctx, c); err != nil {
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
	return true, db.insertComment(ctx, c)
}

// mayWrite returns why a member may not write at that instant, or nil.
func mayWrite(m *news.Member, at time.Time) error {
	if !m.Confirmed() {
		return news.ErrUnconfirmed
	}
	if m.Suspended(at) {
		return &news.SuspendedError{Until: *m.SuspendedUntil, Reason: m.SuspendedReason}
	}
	return nil
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

// threadOpen returns why nobody can comment on the article, or nil.
func (db *DB) threadOpen(ctx context.Context, c *news.Comment) error {
	var a news.Article
	err := db.get(ctx, &a, `SELECT published_at, withdrawn_at, expires_at, comments_closed_at
		FROM articles WHERE id = ?`, c.ArticleID)
	if err != nil {
		return err
	}
	if err := shown(&a, news.Now(c.CreatedAt)); err != nil {
		return err
	}
	if a.CommentsClosed(c.CreatedAt) {
		return news.ErrThreadClosed
	}
	return nil
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

func (db *DB) insertComment(ctx context.Context, c *news.Comment) error {
	var root *int64
	if c.ParentID != nil {
		root = &c.RootID
	}
	err := db.get(ctx, &c.ID, `INSERT INTO comments (article_id, member_id, parent_id, root_id, depth,
			body, state, reason, form_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, c.ArticleID, c.MemberID, c.ParentID, root,
		c.Depth, c.Body, c.State, c.Reason, c.FormKey, c.CreatedAt)
	if err == nil && root == nil {
		c.RootID = c.ID
	}
	return err
}

// A MemberComment is a comment for its author to see, and where it stands.
type MemberComment struct {
	news.Remark
	Day      string // of the article
	Slug     string
	Headline string
}

// MemberComments returns what a member has written, whatever became of it,
// newest first, and how much there is in all. A limit of 0 means
// news.PageSize.
func (db *DB) MemberComments(ctx context.Context, memberID int64, limit, offset int) ([]MemberComment, int, error) {
	var total int
	err := db.get(ctx, &total, `SELECT COUNT(*) FROM comments WHERE member_id = ?`, memberID)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	if limit <= 0 {
		limit = news.PageSize
	}
	// Whom a comment answers is nobody's business while it waits for a
	// moderator.
	var comments []MemberComment
	err = db.list(ctx, &comments, `SELECT c.id, c.article_id, c.member_id, c.parent_id,
			COALESCE(c.root_id, c.id) AS root_id, c.depth, c.body, c.state, c.reason, c.created_at,
			m.name, m.handle, m.role,
			CASE WHEN p.state = 'held' THEN '' ELSE COALESCE(pm.name, '') END AS parent_name,
			COALESCE(p.state, '') AS parent_state, a.day, a.slug, a.headline
		FROM comments c JOIN members m ON m.id = c.member_id JOIN articles a ON a.id = c.article_id
			LEFT JOIN comments p ON p.id = c.parent_id LEFT JOIN members pm ON pm.id = p.member_id
		WHERE c.member_id = ?
		ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?`, memberID, limit, max(0, offset))
	return comments, total, err
}

// CommentCount returns how many visible comments an article had at v.At.
func (db *DB) CommentCount(ctx context.Context, v news.Viewpoint, articleID int64) (int, error) {
	counts, err := db.commentCounts(ctx, v, []int64{articleID})
	return counts[articleID], err
}

// commentCounts is the one way comments are counted, for cards as for threads.
func (db *DB) commentCounts(ctx context.Context, v news.Viewpoint, articles []int64) (map[int64]int, error) {
	var rows []struct {
		ArticleID int64
		N         int
	}
	err := db.listText(ctx, &rows, new(sqlText).add(`SELECT article_id, COUNT(*) AS n FROM comments
		WHERE state = 'visible' AND created_at <= ?`, v.At).addIDs(`AND article_id IN`, articles).
		add(`GROUP BY article_id`))
	counts := make(map[int64]int, len(rows))
	for _, row := range rows {
		counts[row.ArticleID] = row.N
	}
	return counts, err
}
