package store

import (
	"context"
	"strings"

	"broadsheet/internal/news"
)

// shownComment is which comments, in a query that calls them c, a reader sees
// with or without answers; shownCommentArgs are its arguments and shows is the
// same rule for a comment in hand.
//
// All others stand in the thread as stubs as long as a shown comment stands
// under them, lest it hang in the air.
const shownComment = `c.created_at <= ?
	AND (c.state IN ('visible', 'removed') OR (c.state = 'held' AND c.member_id = ?))`

func shownCommentArgs(v news.Viewpoint) []any { return []any{v.At, v.Reader.MemberID} }

func shows(v news.Viewpoint, c *news.Comment) bool {
	switch c.State {
	case news.CommentVisible, news.CommentRemoved:
		return true
	case news.CommentHeld:
		return c.MemberID == v.Reader.MemberID
	}
	return false
}

// selectRemark reads comments c with their authors. The form key stays behind:
// no reader needs it.
const selectRemark = `SELECT c.id, c.article_id, c.member_id, c.parent_id,
	COALESCE(c.root_id, c.id) AS root_id, c.depth, c.body, c.state, c.reason, c.created_at,
	m.name, m.handle, m.role
	FROM comments c JOIN members m ON m.id = c.member_id`

// rootsOf appends the condition for the top-level comments of an article that
// have a place in the thread: those shown and those with a shown comment under
// them.
func (q *sqlText) rootsOf(v news.Viewpoint, articleID int64) *sqlText {
	return q.add(`c.article_id = ? AND c.parent_id IS NULL AND c.created_at <= ? AND ((`, articleID, v.At).
		add(shownComment, shownCommentArgs(v)...).
		add(`) OR EXISTS (SELECT 1 FROM comments d WHERE d.root_id = c.id AND `+
			strings.ReplaceAll(shownComment, "c.", "d.")+`))`, shownCommentArgs(v)...)
}

// CommentPage returns one page of the thread under an article: top-level
// comments in the order, each followed by its answers, oldest first and
// parents before children. Comments that this reader may not read, but which
// others answer, stand there as stubs without their words. It returns
// news.ErrNotFound for a page beyond the last; the first is always there.
func (db *DB) CommentPage(ctx context.Context, v news.Viewpoint, articleID int64, o news.CommentOrder, page int) (news.CommentPage, error) {
	p := news.CommentPage{Page: page, Order: reading(o)}
	q := new(sqlText).add(`SELECT COUNT(*) FROM comments c WHERE`).rootsOf(v, articleID)
	err := db.get(ctx, &p.Roots, q.text.String(), q.args...)
	if err != nil {
		return news.CommentPage{}, err
	}
	p.Pages = max(1, (p.Roots+news.CommentsPerPage-1)/news.CommentsPerPage)
	if page < 1 || page > p.Pages {
		return news.CommentPage{}, news.ErrNotFound
	}
	if p.Count, err = db.CommentCount(ctx, v, articleID); err != nil || p.Roots == 0 {
		return p, err
	}
	q = new(sqlText).add(selectRemark+` WHERE`).rootsOf(v, articleID)
	if p.Order == news.OrderOldest {
		q.add(`ORDER BY c.created_at, c.id`)
	} else {
		q.add(`ORDER BY c.created_at DESC, c.id DESC`)
	}
	q.add(`LIMIT ? OFFSET ?`, news.CommentsPerPage, (page-1)*news.CommentsPerPage)
	var roots []news.Remark
	if err := db.listText(ctx, &roots, q); err != nil {
		return news.CommentPage{}, err
	}
	p.Remarks, err = db.branches(ctx, v, roots)
	return p, err
}

// CommentByID returns a comment as the thread shows it. It returns
// news.ErrNotFound also when this reader may not see it or its article.
func (db *DB) CommentByID(ctx context.Context, v news.Viewpoint, id int64) (news.Remark, error) {
	_, remark, err := db.remark(ctx, v, id)
	return remark, err
}

// CommentPlace returns on which page of its thread a comment stands. It
// returns news.ErrNotFound also when this reader may not see it or its
// article.
func (db *DB) CommentPlace(ctx context.Context, v news.Viewpoint, id int64, o news.CommentOrder) (int, error) {
	root, _, err := db.remark(ctx, v, id)
	if err != nil {
		return 0, err
	}
	q := new(sqlText).add(`SELECT COUNT(*) FROM comments c WHERE`).rootsOf(v, root.ArticleID)
	if reading(o) == news.OrderOldest {
		q.add(`AND (c.created_at, c.id) < (?, ?)`, root.CreatedAt, root.ID)
	} else {
		q.add(`AND (c.created_at, c.id) > (?, ?)`, root.CreatedAt, root.ID)
	}
	var before int
	err = db.get(ctx, &before, q.text.String(), q.args...)
	return before/news.CommentsPerPage + 1, err
}

// remark returns a comment as the thread shows it, and the top-level comment
// it stands under.
func (db *DB) remark(ctx context.Context, v news.Viewpoint, id int64) (root, remark news.Remark, err error) {
	args := append([]any{id, v.At}, visibleArgs(v)...)
	err = db.get(ctx, &root, selectRemark+` JOIN articles a ON a.id = c.article_id
		WHERE c.id = (SELECT COALESCE(root_id, id) FROM comments WHERE id = ?)
			AND c.created_at <= ? AND `+visible, args...)
	if err != nil {
		return root, remark, err
	}
	branch, err := db.branches(ctx, v, []news.Remark{root})
	if err != nil {
		return root, remark, err
	}
	for _, r := range branch {
		if r.ID == id {
			return root, r, nil
		}
	}
	return root, remark, news.ErrNotFound
}

// branches loads what stands under top-level comments and returns all that v
// shows of them, in the order in which it is read.
func (db *DB) branches(ctx context.Context, v news.Viewpoint, roots []news.Remark) ([]news.Remark, error) {
	ids := make([]int64, len(roots))
	for i := range roots {
		ids[i] = roots[i].ID
	}
	var replies []news.Remark
	err := db.listText(ctx, &replies, new(sqlText).add(selectRemark+` WHERE c.created_at <= ?`, v.At).
		addIDs(`AND c.root_id IN`, ids).add(`ORDER BY c.created_at, c.id`))
	if err != nil {
		return nil, err
	}
	return arrange(v, roots, replies), nil
}

// arrange puts each reply behind its parent, leaves out what v does not show,
// and makes stubs of what it does not show but must stand.
func arrange(v news.Viewpoint, roots, replies []news.Remark) []news.Remark {
	under := make(map[int64][]*news.Remark)
	for i := range replies {
		parent := *replies[i].ParentID
		under[parent] = append(under[parent], &replies[i])
	}
	var thread []news.Remark
	var place func(r, parent *news.Remark)
	place = func(r, parent *news.Remark) {
		shown := shows(v, &r.Comment)
		if !shown || r.State == news.CommentRemoved {
			stub(r)
		}
		if parent != nil {
			r.ParentName, r.ParentState = parent.Name, parent.State
		}
		start := len(thread)
		thread = append(thread, *r)
		for _, reply := range under[r.ID] {
			place(reply, r)
		}
		if len(thread) == start+1 && !shown {
			thread = thread[:start]
		}
	}
	for i := range roots {
		place(&roots[i], nil)
	}
	return thread
}

// stub takes from a comment what is not to be read. That somebody has a comment
// waiting for a moderator is nobody's business either, so a held one loses its
// author too.
func stub(r *news.Remark) {
	r.Body = ""
	if r.State == news.CommentHeld {
		r.MemberID, r.Name, r.Handle, r.Role = 0, "", "", ""
	}
}

// reading returns the order to read a thread in: newest first unless oldest is
// asked for.
func reading(o news.CommentOrder) news.CommentOrder {
	if o == news.OrderOldest {
		return o
	}
	return news.OrderNewest
}
