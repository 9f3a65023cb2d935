package store

import (
	"cmp"
	"context"
	"strings"

	"broadsheet/internal/news"
)

// comparePlaces orders replies of one top-level comment as they are read.
func comparePlaces(a, b remark) int { return strings.Compare(a.Place, b.Place) }

// compareRoots orders top-level comments as rootOrders does.
func compareRoots(o news.CommentOrder, a, b remark) int {
	older := cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	switch o {
	case news.OrderOldest:
		return older
	case news.OrderRecommended:
		return cmp.Or(cmp.Compare(b.Recommends, a.Recommends), -older)
	}
	return -older
}

// CommentPlace returns where in its thread a comment is read in an order. It
// returns news.ErrNotFound also when this reader may not see it or its
// article.
func (db *DB) CommentPlace(ctx context.Context, v news.Viewpoint, id int64, o news.CommentOrder) (news.CommentPlace, error) {
	r, own, err := db.remark(ctx, v, id)
	if err != nil {
		return news.CommentPlace{}, err
	}
	o = reading(o)
	root := r
	var place news.CommentPlace
	if r.ParentID != nil {
		err := db.get(ctx, &root, `SELECT id, article_id, created_at, recommends FROM comments WHERE id = ?`, r.RootID)
		if err != nil {
			return news.CommentPlace{}, err
		}
		var before int
		err = db.get(ctx, &before, `SELECT COUNT(*) FROM comments WHERE root_id = ? AND stands = TRUE AND place < ?`,
			r.RootID, r.Place)
		if err != nil {
			return news.CommentPlace{}, err
		}
		for _, other := range own.replies[r.RootID] {
			before += count(comparePlaces(other, r) < 0)
		}
		if before >= news.RepliesFirst {
			place.Open, place.Part = r.RootID, before/news.RepliesPerPart+1
		}
	}
	q := new(sqlText).add(`SELECT COUNT(*) FROM comments WHERE article_id = ? AND parent_id IS NULL AND stands`, r.ArticleID)
	switch o {
	case news.OrderOldest:
		q.add(`AND (created_at, id) < (?, ?)`, root.CreatedAt, root.ID)
	case news.OrderRecommended:
		q.add(`AND (recommends, created_at, id) > (?, ?, ?)`, root.Recommends, root.CreatedAt, root.ID)
	default:
		q.add(`AND (created_at, id) > (?, ?)`, root.CreatedAt, root.ID)
	}
	var before int
	if err := db.get(ctx, &before, q.text.String(), q.args...); err != nil {
		return news.CommentPlace{}, err
	}
	for _, other := range own.roots {
		before += count(compareRoots(o, other, root) < 0)
	}
	place.Page = before/news.CommentsPerPage + 1
	return place, nil
}
