package store

import (
	"context"

	"broadsheet/internal/news"
)

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
			c.article_version, c.edited_at, c.picked_at, c.reviewed_at, c.recommends, c.holds, c.decisions, c.replies,
			m.name, m.handle, m.role,
			CASE WHEN p.state = 'held' AND p.member_id <> c.member_id THEN '' ELSE COALESCE(pm.name, '') END AS parent_name,
			COALESCE(p.state, '') AS parent_state, a.day, a.slug, a.headline
		FROM comments c`+remarkFrom+`JOIN articles a ON a.id = c.article_id
		WHERE c.member_id = ?
		ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?`, memberID, limit, max(0, offset))
	return comments, total, err
}

// PublicComments returns a page of a member's visible comments on visible
// articles, newest first, and how many there are. A limit of 0 means
// news.PageSize.
func (db *DB) PublicComments(ctx context.Context, v news.Viewpoint, memberID int64, limit, offset int) ([]MemberComment, int, error) {
	where := new(sqlText).add(`JOIN articles a ON a.id = c.article_id WHERE c.member_id = ? AND c.state = 'visible' AND`, memberID).
		add(visible, visibleArgs(v)...)
	var total int
	q := new(sqlText).add(`SELECT COUNT(*) FROM comments c`).add(where.text.String(), where.args...)
	if err := db.get(ctx, &total, q.text.String(), q.args...); err != nil || total == 0 {
		return nil, 0, err
	}
	if limit <= 0 {
		limit = news.PageSize
	}
	var read []struct {
		remark
		Day      string
		Slug     string
		Headline string
	}
	err := db.listText(ctx, &read, new(sqlText).add(`SELECT`).remarkColumns(v).add(`, a.day, a.slug, a.headline FROM comments c`+remarkFrom).
		add(where.text.String(), where.args...).
		add(`ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?`, limit, max(0, offset)))
	comments := make([]MemberComment, len(read))
	for i := range read {
		comments[i] = MemberComment{read[i].face(v), read[i].Day, read[i].Slug, read[i].Headline}
	}
	return comments, total, err
}
