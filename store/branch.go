package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/news"
)

// lockThread makes everybody else who changes comments of an article wait
// until the transaction ends. It comes after the lock of a member and before
// that of a comment; whoever needs several threads locks them all at once with
// lockThreads. It returns news.ErrNotFound when there is no such article.
func (db *DB) lockThread(ctx context.Context, articleID int64) error {
	return db.lockThreads(ctx, articleID)
}

// lockThreads is lockThread for several articles, in the one order in which
// nobody waits for somebody who waits for them.
func (db *DB) lockThreads(ctx context.Context, articles ...int64) error {
	articles = slices.Compact(slices.Sorted(slices.Values(articles)))
	if len(articles) == 0 {
		return nil
	}
	for first := true; ; first = false {
		var locked []int64
		err := db.listText(ctx, &locked, new(sqlText).addIDs(`SELECT article_id FROM threads WHERE article_id IN`, articles).
			add(`ORDER BY article_id`+db.dialect.lockRow))
		if err != nil || len(locked) == len(articles) {
			return err
		}
		if !first {
			return news.ErrNotFound
		}
		q := new(sqlText).addIDs(`INSERT INTO threads (article_id) SELECT id FROM articles WHERE id IN`, articles).
			add(`ORDER BY id ON CONFLICT DO NOTHING`)
		if _, err := db.exec(ctx, q.text.String(), q.args...); err != nil {
			return err
		}
	}
}

// lockComment returns a comment that nobody else can change until the
// transaction ends, whatever its state, or news.ErrNotFound. Whoever is going
// to change its state calls lockThread first.
func (db *DB) lockComment(ctx context.Context, id int64) (news.Comment, error) {
	var c news.Comment
	err := db.get(ctx, &c, selectComment+`WHERE id = ?`+db.dialect.lockRow, id)
	return c, err
}

// changeComment is the one way in which a stored comment comes into another
// state, or changes within the one it has: every count that readers see is
// right after it. set and args are further columns to set, such as
// "held_at = ?, holds = ?", or "" for none; never state, stands, place,
// replies, branch or recommends, which are its own business. (Recommendations
// of a comment that is not visible are kept, but not counted.)
//
// It must run inside Atomically. It locks the thread and the comment itself;
// who changes several comments locks their threads with lockThreads before the
// first. c must be as it is in the store, and gets its new State and
// Recommends; what set sets is the caller's to note there. It returns
// news.ErrConflict when the comment is no longer in c.State, and
// news.ErrNotFound when there is none. It writes no notice and no act, and
// leaves picks and reports as they are unless set says otherwise.
func (db *DB) changeComment(ctx context.Context, c *news.Comment, to news.CommentState, set string, args ...any) error {
	if err := db.lockThread(ctx, c.ArticleID); err != nil {
		return err
	}
	var was struct {
		State  news.CommentState
		Stands bool
	}
	err := db.get(ctx, &was, `SELECT state, stands FROM comments WHERE id = ?`+db.dialect.lockRow, c.ID)
	if err != nil {
		return err
	}
	if was.State != c.State {
		return fmt.Errorf("store: comment %d is %s by now: %w", c.ID, was.State, news.ErrConflict)
	}
	stands := public(to)
	if !stands {
		if stands, err = db.carries(ctx, c.ID); err != nil {
			return err
		}
	}
	recommends := 0
	if to == news.CommentVisible {
		err := db.get(ctx, &recommends, `SELECT COUNT(*) FROM recommendations WHERE comment_id = ?`, c.ID)
		if err != nil {
			return err
		}
	}
	if set != "" {
		set = ", " + set
	}
	_, err = db.exec(ctx, `UPDATE comments SET state = ?, stands = ?, recommends = ?`+set+` WHERE id = ?`,
		append(append([]any{to, stands, recommends}, args...), c.ID)...)
	if err != nil {
		return err
	}
	visible := count(to == news.CommentVisible) - count(was.State == news.CommentVisible)
	c.State, c.Recommends = to, recommends
	return db.settle(ctx, c, visible, count(stands)-count(was.Stands))
}

// public says whether everybody sees a comment in that state, with or without
// its words.
func public(s news.CommentState) bool {
	return s == news.CommentVisible || s == news.CommentRemoved
}

// count is how much a thing adds to a number.
func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// carries reports whether a comment that is not shown must stand because of
// what stands under it.
func (db *DB) carries(ctx context.Context, id int64) (bool, error) {
	var is bool
	err := db.get(ctx, &is, `SELECT EXISTS (SELECT 1 FROM comments WHERE parent_id = ? AND stands)`, id)
	return is, err
}

// settle carries it on to those above and to the thread that a comment became
// visible (1) or no longer is (-1), and that it got a place or lost it. The
// thread is locked.
func (db *DB) settle(ctx context.Context, c *news.Comment, visible, stands int) error {
	roots, branch := 0, 0
	for change, parent := stands, c.ParentID; change != 0; {
		if parent == nil {
			roots += change
			break
		}
		branch += change
		var p struct {
			State    news.CommentState
			Stands   bool
			ParentID *int64
		}
		err := db.get(ctx, &p, `SELECT state, stands, parent_id FROM comments WHERE id = ?`, *parent)
		if err != nil {
			return err
		}
		is := public(p.State) || change > 0
		if !is {
			if is, err = db.carries(ctx, *parent); err != nil {
				return err
			}
		}
		if is == p.Stands {
			break
		}
		if _, err := db.exec(ctx, `UPDATE comments SET stands = ? WHERE id = ?`, is, *parent); err != nil {
			return err
		}
		parent = p.ParentID
	}
	if c.ParentID != nil && (visible != 0 || branch != 0) {
		_, err := db.exec(ctx, `UPDATE comments SET replies = replies + ?, branch = branch + ? WHERE id = ?`,
			visible, branch, c.RootID)
		if err != nil {
			return err
		}
	}
	if visible == 0 && roots == 0 {
		return nil
	}
	_, err := db.exec(ctx, `UPDATE threads SET comments = comments + ?, roots = roots + ? WHERE article_id = ?`,
		visible, roots, c.ArticleID)
	return err
}

// insertComment stores a comment whose RootID and Depth are set, and counts
// it. The thread is locked.
func (db *DB) insertComment(ctx context.Context, c *news.Comment) error {
	var root, held, removed any
	if c.ParentID != nil {
		root = c.RootID
	}
	switch c.State {
	case news.CommentHeld:
		held = c.CreatedAt
	case news.CommentRemoved, news.CommentDeleted:
		removed = c.CreatedAt
	}
	c.Recommends, c.Decisions, c.Replies = 0, 0, 0
	stands := public(c.State)
	err := db.get(ctx, &c.ID, `INSERT INTO comments (article_id, member_id, parent_id, root_id, depth, body, state,
			reason, form_key, created_at, article_version, edited_at, picked_at, reviewed_at, holds, held_at, removed_at, stands)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		c.ArticleID, c.MemberID, c.ParentID, root, c.Depth, c.Body, c.State, c.Reason, c.FormKey, c.CreatedAt,
		c.ArticleVersion, c.EditedAt, c.PickedAt, c.ReviewedAt, c.Holds, held, removed, stands)
	if err != nil {
		return err
	}
	if root == nil {
		c.RootID = c.ID
	} else {
		_, err := db.exec(ctx, `UPDATE comments SET place = (SELECT p.place FROM comments p WHERE p.id = ?) || ?
			WHERE id = ?`, *c.ParentID, placeDigits(c.ID), c.ID)
		if err != nil {
			return err
		}
	}
	return db.settle(ctx, c, count(c.State == news.CommentVisible), count(stands))
}

// placeWidth is how many digits of a place one comment takes.
const placeWidth = 13

// placeDigits is what a reply adds to the place of its parent.
func placeDigits(id int64) string { return fmt.Sprintf("%0*d", placeWidth, id) }

// placeIDs returns the comments that a place leads through, the last being the
// reply itself. The top-level one has no digits in it.
func placeIDs(place string) []int64 {
	var ids []int64
	for ; len(place) >= placeWidth; place = place[placeWidth:] {
		var id int64
		for _, digit := range strings.TrimLeft(place[:placeWidth], "0") {
			id = id*10 + int64(digit-'0')
		}
		ids = append(ids, id)
	}
	return ids
}
