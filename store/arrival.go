package store

import (
	"context"
	"errors"

	"broadsheet/internal/news"
)

// NewestComment returns the id of the newest visible comment under an article,
// or 0 when there is none.
func (db *DB) NewestComment(ctx context.Context, articleID int64) (id int64, err error) {
	err = db.get(ctx, &id, `SELECT id FROM comments WHERE article_id = ? AND state = 'visible'
		ORDER BY created_at DESC, id DESC LIMIT 1`, articleID)
	if errors.Is(err, news.ErrNotFound) {
		return 0, nil
	}
	return id, err
}

// CountArrivals returns how many visible comments have come under an article
// since the one with that id, counted up to most.
func (db *DB) CountArrivals(ctx context.Context, articleID, after int64, most int) (n int, err error) {
	err = db.get(ctx, &n, `SELECT COUNT(*) FROM (SELECT 1 FROM comments
		WHERE article_id = ? AND state = 'visible' AND id > ?
			AND created_at >= COALESCE((SELECT c.created_at FROM comments c WHERE c.id = ?), created_at)
		LIMIT ?) AS arrivals`, articleID, after, after, most)
	return n, err
}
