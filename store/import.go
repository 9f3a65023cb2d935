package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

// ImportArticle stores an article of another system, or brings the one it
// stored before up to date, in one transaction, and returns it. The same
// ImportHash as before means that nothing is written. Categories, tags and
// authors are made when missing; aliases that lead to no other article become
// redirects.
//
// The newsroom has the last word on an article's being withdrawn and its
// thread's being closed: an import that says nothing of them undoes neither.
func (db *DB) ImportArticle(ctx context.Context, im news.Import, at time.Time) (news.ImportOutcome, news.Story, error) {
	if im.ImportKey == "" {
		return "", news.Story{}, errors.New("store: import without a key")
	}
	outcome := news.ImportUnchanged
	var story news.Story
	err := db.Atomically(ctx, func(tx *DB) error {
		old, err := tx.imported(ctx, im.ImportKey)
		known := err == nil
		switch {
		case known && old.ImportHash == im.ImportHash:
			story, err = tx.complete(ctx, old)
			return err
		case !known && !errors.Is(err, news.ErrNotFound):
			return err
		}
		s := news.Story{Article: im.Article, Authors: im.Authors, Tags: im.Tags}
		if err := tx.findSurroundings(ctx, &s, im.Category); err != nil {
			return err
		}
		s.ModifiedAt = at
		if known {
			outcome = news.ImportUpdated
			s.ID, s.Version, s.CreatedAt = old.ID, old.Version, old.CreatedAt
			if s.WithdrawnAt == nil {
				s.WithdrawnAt = old.WithdrawnAt
			}
			if s.CommentsClosedAt == nil {
				s.CommentsClosedAt = old.CommentsClosedAt
			}
			err = tx.UpdateArticle(ctx, &s)
		} else {
			outcome = news.ImportCreated
			s.ID, s.CreatedAt = 0, at
			err = tx.CreateArticle(ctx, &s)
		}
		if err != nil {
			return err
		}
		if err := tx.addAliases(ctx, &s.Article, im.Aliases); err != nil {
			return err
		}
		if story, err = tx.imported(ctx, im.ImportKey); err != nil {
			return err
		}
		story, err = tx.complete(ctx, story)
		return err
	})
	if err != nil {
		return "", news.Story{}, err
	}
	return outcome, story, nil
}

// importID returns the id of the article imported under a key, or
// news.ErrNotFound.
func (db *DB) importID(ctx context.Context, key string) (int64, error) {
	var id int64
	err := db.get(ctx, &id, `SELECT id FROM articles WHERE import_key = ? AND import_key <> ''`, key)
	return id, err
}

// imported returns the article imported under a key, or news.ErrNotFound.
func (db *DB) imported(ctx context.Context, key string) (news.Story, error) {
	var s news.Story
	err := db.get(ctx, &s, selectStory+` WHERE a.import_key = ? AND a.import_key <> ''`, key)
	return s, err
}

// findSurroundings sets the ids of the category, authors and tags of an
// imported article by their slugs, making those that are missing.
func (db *DB) findSurroundings(ctx context.Context, s *news.Story, category news.Category) error {
	_, err := db.exec(ctx, `INSERT INTO categories (slug, name, description, position)
		VALUES (?, ?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM categories))
		ON CONFLICT (slug) DO NOTHING`, category.Slug, category.Name, category.Description)
	if err != nil {
		return err
	}
	if s.Category, err = db.CategoryBySlug(ctx, category.Slug); err != nil {
		return err
	}
	s.CategoryID = s.Category.ID

	authors := make([]news.Author, len(s.Authors))
	for i, a := range s.Authors {
		_, err := db.exec(ctx, `INSERT INTO authors (slug, name, role, bio) VALUES (?, ?, ?, ?)
			ON CONFLICT (slug) DO NOTHING`, a.Slug, a.Name, a.Role, a.Bio)
		if err != nil {
			return err
		}
		if authors[i], err = db.AuthorBySlug(ctx, a.Slug); err != nil {
			return err
		}
	}
	tags := make([]news.Tag, len(s.Tags))
	for i, t := range s.Tags {
		_, err := db.exec(ctx, `INSERT INTO tags (slug, name) VALUES (?, ?)
			ON CONFLICT (slug) DO NOTHING`, t.Slug, t.Name)
		if err != nil {
			return err
		}
		if tags[i], err = db.TagBySlug(ctx, t.Slug); err != nil {
			return err
		}
	}
	s.Authors, s.Tags = authors, tags
	return nil
}
