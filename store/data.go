package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// MemberData is what the conversation holds about one member beside their
// account and their comments, for the member to download: everything in the
// tables that have come with it, oldest first.
type MemberData struct {
	Recommendations []OwnRecommendation
	Reports         []news.Report
	Mutes           []news.Mute // latest first
	Visits          []OwnVisit
	Notices         []news.Notice
	Warnings        []news.Warning
	Versions        []news.CommentVersion // what their comments said before
	Categories      []int64               // that they are limited to as a moderator
}

// An OwnRecommendation is that a member recommended a comment.
type OwnRecommendation struct {
	CommentID int64
	CreatedAt time.Time
}

// An OwnVisit is that a member was on an article.
type OwnVisit struct {
	ArticleID int64
	news.Visit
}

// MemberData returns what the conversation holds about a member at v.At, who
// is the reader of v. What is not told to them yet is left out.
func (db *DB) MemberData(ctx context.Context, v news.Viewpoint) (MemberData, error) {
	var d MemberData
	id := v.Reader.MemberID
	for _, part := range []struct {
		rows  any
		query string
		args  []any
	}{
		{&d.Recommendations, `SELECT comment_id, created_at FROM recommendations WHERE member_id = ? ORDER BY created_at, comment_id`, []any{id}},
		{&d.Reports, `SELECT id, comment_id, member_id, reason, words, created_at, closed_at FROM reports WHERE member_id = ?
			ORDER BY created_at, id`, []any{id}},
		{&d.Visits, `SELECT article_id, seen_at, before_at FROM visits WHERE member_id = ? ORDER BY seen_at, article_id`, []any{id}},
		{&d.Warnings, selectWarning + `WHERE member_id = ? AND at <= ? ORDER BY at, id`, []any{id, v.At}},
		{&d.Versions, `SELECT e.comment_id, e.body, e.until FROM comments c JOIN comment_versions e ON e.comment_id = c.id
			WHERE c.member_id = ? ORDER BY e.comment_id, e.id`, []any{id}},
		{&d.Categories, `SELECT category_id FROM moderator_categories WHERE member_id = ? ORDER BY category_id`, []any{id}},
	} {
		if err := db.list(ctx, part.rows, part.query, part.args...); err != nil {
			return d, err
		}
	}
	err := db.listText(ctx, &d.Notices, notices(v).add(`WHERE n.member_id = ? AND `+there+` ORDER BY n.at, n.id`, id, v.At))
	if err != nil {
		return d, err
	}
	d.Mutes, err = db.Mutes(ctx, id)
	return d, err
}
