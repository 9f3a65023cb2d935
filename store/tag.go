package store

import (
	"context"

	"broadsheet/internal/news"
)

// TagBySlug returns a tag, or news.ErrNotFound.
func (db *DB) TagBySlug(ctx context.Context, slug string) (news.Tag, error) {
	var t news.Tag
	err := db.get(ctx, &t, `SELECT id, slug, name FROM tags WHERE slug = ?`, slug)
	return t, err
}

// SaveTag stores a tag under its slug, new or changed, and sets its ID.
func (db *DB) SaveTag(ctx context.Context, t *news.Tag) error {
	return db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &t.ID, `INSERT INTO tags (slug, name) VALUES (?, ?)
			ON CONFLICT (slug) DO UPDATE SET name = excluded.name
			RETURNING id`, t.Slug, t.Name)
	})
}

// tagsOf returns the tags of articles, in the newsroom's order.
func (db *DB) tagsOf(ctx context.Context, articles []int64) (map[int64][]news.Tag, error) {
	var rows []struct {
		ArticleID int64
		news.Tag
	}
	err := db.listText(ctx, &rows, new(sqlText).add(`SELECT r.article_id, t.id, t.slug, t.name
		FROM article_tags r JOIN tags t ON t.id = r.tag_id
		WHERE`).addIDs(`r.article_id IN`, articles).add(`ORDER BY r.article_id, r.position`))
	of := make(map[int64][]news.Tag, len(articles))
	for _, row := range rows {
		of[row.ArticleID] = append(of[row.ArticleID], row.Tag)
	}
	return of, err
}
