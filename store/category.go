package store

import (
	"context"

	"broadsheet/internal/news"
)

// Categories returns the categories that have a visible article, in the order
// of the navigation.
func (db *DB) Categories(ctx context.Context, v news.Viewpoint) ([]news.Category, error) {
	var categories []news.Category
	err := db.list(ctx, &categories, `SELECT c.id, c.slug, c.name, c.description, c.position, c.comments_held
		FROM categories c
		WHERE EXISTS (SELECT 1 FROM articles a WHERE a.category_id = c.id AND `+visible+`)
		ORDER BY c.position, c.name, c.id`, visibleArgs(v)...)
	return categories, err
}

// CategoryBySlug returns a category, or news.ErrNotFound.
func (db *DB) CategoryBySlug(ctx context.Context, slug string) (news.Category, error) {
	var c news.Category
	err := db.get(ctx, &c, `SELECT id, slug, name, description, position, comments_held FROM categories WHERE slug = ?`, slug)
	return c, err
}

// SaveCategory stores a category under its slug, new or changed, and sets its
// ID; whether its comments are held is moderators' to say.
func (db *DB) SaveCategory(ctx context.Context, c *news.Category) error {
	return db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &c.ID, `INSERT INTO categories (slug, name, description, position)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (slug) DO UPDATE SET name = excluded.name,
				description = excluded.description, position = excluded.position
			RETURNING id`, c.Slug, c.Name, c.Description, c.Position)
	})
}

// RankCategories numbers the categories from 1 by how many visible articles
// they have, most first, and then by name.
func (db *DB) RankCategories(ctx context.Context, v news.Viewpoint) error {
	_, err := db.exec(ctx, `UPDATE categories SET position = (
			SELECT ranked.rank FROM (
				SELECT c.id, ROW_NUMBER() OVER (ORDER BY COUNT(a.id) DESC, c.name, c.id) AS rank
				FROM categories c LEFT JOIN articles a ON a.category_id = c.id AND `+visible+`
				GROUP BY c.id, c.name) ranked
			WHERE ranked.id = categories.id)`, visibleArgs(v)...)
	return err
}
