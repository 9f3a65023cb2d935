package store

import (
	"context"

	"broadsheet/internal/news"
)

// A remark is a comment as it is read for a thread: with its place among those
// under the same top-level comment, and how many stand there.
type remark struct {
	news.Remark
	Stands bool
	Place  string
	Branch int
}

// remarkFrom joins what a remark is made of to comments c.
const remarkFrom = ` JOIN members m ON m.id = c.member_id
	LEFT JOIN comments p ON p.id = c.parent_id LEFT JOIN members pm ON pm.id = p.member_id `

// remarkColumns appends what is read of comments c with remarkFrom: with what
// the reader of v has to do with each. Form keys are their owners' alone, and
// whom a comment answers is nobody's business while that waits for a moderator.
func (q *sqlText) remarkColumns(v news.Viewpoint) *sqlText {
	reader := v.Reader.MemberID
	q.add(`c.id, c.article_id, c.member_id, c.parent_id, COALESCE(c.root_id, c.id) AS root_id, c.depth,
		c.body, c.state, c.reason, c.created_at, c.article_version, c.edited_at, c.picked_at, c.reviewed_at,
		c.recommends, c.holds, c.decisions, c.replies, c.stands, c.place, c.branch, m.name, m.handle, m.role,
		COALESCE(p.state, '') AS parent_state,
		CASE WHEN p.state = 'held' AND p.member_id <> ? THEN '' ELSE COALESCE(pm.name, '') END AS parent_name`, reader)
	if reader == 0 {
		return q
	}
	return q.add(`, CASE WHEN c.member_id = ? THEN c.form_key ELSE '' END AS form_key,
		EXISTS (SELECT 1 FROM recommendations x WHERE x.comment_id = c.id AND x.member_id = ?) AS recommended,
		EXISTS (SELECT 1 FROM reports x WHERE x.comment_id = c.id AND x.member_id = ?) AS reported,
		EXISTS (SELECT 1 FROM mutes x WHERE x.member_id = ? AND x.muted_id = c.member_id) AS muted,
		EXISTS (SELECT 1 FROM comments x WHERE x.parent_id = c.id) AS answered`, reader, reader, reader, reader)
}

// remarks begins a query for remarks; what follows is its WHERE.
func remarks(v news.Viewpoint) *sqlText {
	return new(sqlText).add(`SELECT`).remarkColumns(v).add(`FROM comments c` + remarkFrom)
}

// face leaves of a comment what v may read of it: of one that is not shown
// only that something stands there.
func (r *remark) face(v news.Viewpoint) news.Remark {
	own := v.Reader.MemberID != 0 && r.MemberID == v.Reader.MemberID
	shown := r.State == news.CommentVisible || r.State == news.CommentHeld && own
	if !shown {
		r.Body, r.Recommends, r.EditedAt, r.PickedAt = "", 0, nil, nil
		r.Recommended, r.Reported = false, false
	}
	if r.State == news.CommentHeld && !own {
		// That somebody has a comment waiting for a moderator is nobody's
		// business either.
		r.MemberID, r.Name, r.Handle, r.Role, r.Muted, r.ArticleVersion = 0, "", "", "", false, 0
	}
	if r.State != news.CommentHeld || !own {
		r.Holds = "" // the words of the list are the newsroom's
	}
	return r.Remark
}

// CommentByID returns a comment as the thread shows it, with what the reader
// has to do with it, and with its FormKey when it is theirs. It returns
// news.ErrNotFound also when this reader may not see it or its article.
func (db *DB) CommentByID(ctx context.Context, v news.Viewpoint, id int64) (news.Remark, error) {
	r, _, err := db.remark(ctx, v, id)
	if err != nil {
		return news.Remark{}, err
	}
	return r.face(v), nil
}

// remark returns a comment that has a place in the thread for v, and all that
// has one for this reader only when it is one of those.
func (db *DB) remark(ctx context.Context, v news.Viewpoint, id int64) (remark, branches, error) {
	var r remark
	q := remarks(v).add(`JOIN articles a ON a.id = c.article_id WHERE c.id = ? AND `+visible, append([]any{id}, visibleArgs(v)...)...)
	if err := db.get(ctx, &r, q.text.String(), q.args...); err != nil {
		return r, branches{}, err
	}
	if r.Stands && v.Reader.MemberID == 0 {
		return r, branches{}, nil
	}
	own, err := db.ownBranches(ctx, v, r.ArticleID)
	if err != nil {
		return r, branches{}, err
	}
	if !r.Stands && !own.has(id) {
		return r, branches{}, news.ErrNotFound
	}
	return r, own, nil
}

// branches are the comments of an article that have a place for one reader
// only: their own that wait for a moderator, and what must stand above them.
type branches struct {
	roots   []remark
	replies map[int64][]remark // by their top-level comment
}

func (b *branches) has(id int64) bool {
	for _, r := range b.roots {
		if r.ID == id {
			return true
		}
	}
	for _, under := range b.replies {
		for _, r := range under {
			if r.ID == id {
				return true
			}
		}
	}
	return false
}

// ownBranches returns what has a place in a thread for the reader of v only;
// for almost everybody that is nothing, and one look at an index.
func (db *DB) ownBranches(ctx context.Context, v news.Viewpoint, articleID int64) (branches, error) {
	var b branches
	if v.Reader.MemberID == 0 {
		return b, nil
	}
	var own []remark
	err := db.listText(ctx, &own, remarks(v).add(`WHERE c.article_id = ? AND c.member_id = ? AND c.state = 'held'`,
		articleID, v.Reader.MemberID))
	if err != nil || len(own) == 0 {
		return b, err
	}
	seen := make(map[int64]bool, len(own))
	for i := range own {
		seen[own[i].ID] = true
	}
	var above []int64
	for i := range own {
		for _, id := range append(placeIDs(own[i].Place), own[i].RootID) {
			if !seen[id] {
				seen[id] = true
				above = append(above, id)
			}
		}
	}
	for len(above) > 0 {
		some := above[:min(len(above), aboveMax)]
		above = above[len(some):]
		var more []remark
		if err := db.listText(ctx, &more, remarks(v).addIDs(`WHERE c.id IN`, some).add(`AND NOT c.stands`)); err != nil {
			return b, err
		}
		own = append(own, more...)
	}
	b.replies = make(map[int64][]remark)
	for _, r := range own {
		switch {
		case r.Stands: // has a place for everybody
		case r.ParentID == nil:
			b.roots = append(b.roots, r)
		default:
			b.replies[r.RootID] = append(b.replies[r.RootID], r)
		}
	}
	return b, nil
}

// aboveMax bounds the arguments of one query.
const aboveMax = 1000
