package store

import (
	"context"

	"broadsheet/internal/news"
)

// AuthorBySlug returns an author, or news.ErrNotFound.
func (db *DB) AuthorBySlug(ctx context.Context, slug string) (news.Author, error) {
	var a news.Author
	err := db.get(ctx, &a, `SELECT id, slug, name, role, bio FROM authors WHERE slug = ?`, slug)
	return a, err
}

// SaveAuthor stores an author under the slug, new or changed, and sets the ID.
func (db *DB) SaveAuthor(ctx context.Context, a *news.Author) error {
	return db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &a.ID, `INSERT INTO authors (slug, name, role, bio) VALUES (?, ?, ?, ?)
			ON CONFLICT (slug) DO UPDATE SET name = excluded.name, role = excluded.role, bio = excluded.bio
			RETURNING id`, a.Slug, a.Name, a.Role, a.Bio)
	})
}

// authorsOf returns the authors of articles, in byline order.
func (db *DB) authorsOf(ctx context.Context, articles []int64) (map[int64][]news.Author, error) {
	var rows []struct {
		ArticleID int64
		news.Author
	}
	err := db.listText(ctx, &rows, new(sqlText).add(`SELECT r.article_id, w.id, w.slug, w.name, w.role, w.bio
		FROM article_authors r JOIN authors w ON w.id = r.author_id
		WHERE`).addIDs(`r.article_id IN`, articles).add(`ORDER BY r.article_id, r.position`))
	of := make(map[int64][]news.Author, len(articles))
	for _, row := range rows {
		of[row.ArticleID] = append(of[row.ArticleID], row.Author)
	}
	return of, err
}
