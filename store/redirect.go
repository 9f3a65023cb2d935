package store

import (
	"context"
	"errors"

	"broadsheet/internal/news"
)

// address is the path at which an article is served, or "" for a draft.
func address(day, slug string) string {
	if day == "" {
		return ""
	}
	return "/" + day + "/" + slug
}

// AddRedirect makes a path lead to an article. It returns news.ErrConflict
// when the path leads to another one.
func (db *DB) AddRedirect(ctx context.Context, r news.Redirect) error {
	return db.Atomically(ctx, func(tx *DB) error {
		added, err := tx.exec(ctx, `INSERT INTO redirects (path, article_id) VALUES (?, ?)
			ON CONFLICT (path) DO NOTHING`, r.Path, r.ArticleID)
		if err != nil || added > 0 {
			return err
		}
		var target int64
		err = tx.get(ctx, &target, `SELECT article_id FROM redirects WHERE path = ?`, r.Path)
		if err == nil && target != r.ArticleID {
			return news.ErrConflict
		}
		return err
	})
}

// RedirectTarget returns the visible article that a path leads to, as far as
// its address and times go. It returns news.ErrNotFound when there is none,
// and news.ErrGone when it was withdrawn or has expired.
func (db *DB) RedirectTarget(ctx context.Context, v news.Viewpoint, path string) (news.Article, error) {
	var a news.Article
	err := db.get(ctx, &a, `SELECT a.id, a.category_id, a.day, a.slug, a.published_at, a.expires_at, a.withdrawn_at
		FROM redirects r JOIN articles a ON a.id = r.article_id
		WHERE r.path = ?`, path)
	if err == nil {
		err = shown(&a, v)
	}
	if err != nil {
		return news.Article{}, err
	}
	return a, nil
}

// moveAddress leaves a redirect at the old address of an article and removes
// the one at its new address, where the article itself answers now.
func (db *DB) moveAddress(ctx context.Context, article int64, from, to string) error {
	if _, err := db.exec(ctx, `DELETE FROM redirects WHERE path = ?`, to); err != nil {
		return err
	}
	if from == "" || from == to {
		return nil
	}
	_, err := db.exec(ctx, `INSERT INTO redirects (path, article_id) VALUES (?, ?)
		ON CONFLICT (path) DO UPDATE SET article_id = excluded.article_id`, from, article)
	return err
}

// addAliases makes paths lead to an article where they lead nowhere yet.
func (db *DB) addAliases(ctx context.Context, article *news.Article, paths []string) error {
	for _, path := range paths {
		if path == "" || path == address(article.Day, article.Slug) {
			continue
		}
		err := db.AddRedirect(ctx, news.Redirect{Path: path, ArticleID: article.ID})
		if err != nil && !errors.Is(err, news.ErrConflict) {
			return err
		}
	}
	return nil
}
