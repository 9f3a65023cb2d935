package store

import (
	"context"
	"errors"

	"broadsheet/internal/news"
)

// visible is the one rule of what readers see, for a query that calls the
// articles a; visibleArgs are its arguments. news.Article.VisibleAt says the
// same of a single article.
const visible = `a.published_at <= ?
	AND (a.withdrawn_at IS NULL OR a.withdrawn_at > ?)
	AND (a.expires_at IS NULL OR a.expires_at > ?)`

func visibleArgs(v news.Viewpoint) []any { return []any{v.At, v.At, v.At} }

// storyColumns are an article without its bodies, and its category.
const storyColumns = `a.id, a.category_id, a.day, a.slug, a.kicker, a.headline, a.standfirst,
	a.body_version, a.language, a.picture_id, a.hero_alt, a.hero_caption, a.hero_credit,
	a.published_at, a.updated_at, a.expires_at, a.withdrawn_at, a.comments_closed_at,
	a.comments_kept_open, a.comments_held, a.import_key, a.import_hash, a.version, a.updated_version,
	a.created_at, a.modified_at,
	c.id AS "category.id", c.slug AS "category.slug", c.name AS "category.name",
	c.description AS "category.description", c.position AS "category.position",
	c.comments_held AS "category.comments_held"`

const selectStory = `SELECT ` + storyColumns + `, a.body, a.body_html
	FROM articles a JOIN categories c ON c.id = a.category_id`

// ArticleByAddress returns the story at an address. It returns
// news.ErrNotFound when nothing was public there yet, and news.ErrGone when
// the article was withdrawn or has expired.
func (db *DB) ArticleByAddress(ctx context.Context, v news.Viewpoint, day, slug string) (news.Story, error) {
	return db.story(ctx, v, `WHERE a.day = ? AND a.slug = ? AND a.day <> ''`, day, slug)
}

// ArticleByID returns a story. It returns news.ErrNotFound when it was not
// public yet, and news.ErrGone when it was withdrawn or has expired.
func (db *DB) ArticleByID(ctx context.Context, v news.Viewpoint, id int64) (news.Story, error) {
	return db.story(ctx, v, `WHERE a.id = ?`, id)
}

// story returns the one article that a condition selects, if v shows it.
func (db *DB) story(ctx context.Context, v news.Viewpoint, where string, args ...any) (news.Story, error) {
	var s news.Story
	if err := db.get(ctx, &s, selectStory+` `+where, args...); err != nil {
		return news.Story{}, err
	}
	if err := shown(&s.Article, v); err != nil {
		return news.Story{}, err
	}
	return db.complete(ctx, s)
}

// shown returns nil when v shows the article, else news.ErrNotFound or
// news.ErrGone.
func shown(a *news.Article, v news.Viewpoint) error {
	switch {
	case a.VisibleAt(v.At):
		return nil
	case a.PublishedAt != nil && !a.PublishedAt.After(v.At):
		return news.ErrGone
	}
	return news.ErrNotFound
}

// complete loads what stands around one article.
func (db *DB) complete(ctx context.Context, s news.Story) (news.Story, error) {
	stories := []news.Story{s}
	if err := db.surround(ctx, stories); err != nil {
		return news.Story{}, err
	}
	return stories[0], nil
}

// FurtherArticle returns the article to read after a, with its bodies: the
// newest visible one of the same category that is not a. It returns
// news.ErrNotFound when there is none.
func (db *DB) FurtherArticle(ctx context.Context, v news.Viewpoint, a news.Article) (news.Story, error) {
	return db.story(ctx, v, `WHERE a.category_id = ? AND a.id <> ? AND `+visible+`
		ORDER BY a.published_at DESC, a.id DESC LIMIT 1`,
		append([]any{a.CategoryID, a.ID}, visibleArgs(v)...)...)
}

// CreateArticle stores a new article with its byline and tags, whose ids must
// be set, and sets its ID, its Versions and, when the address is taken, a Slug
// ending in -2, -3 and so on. It returns news.ErrConflict when the ImportKey
// is taken.
func (db *DB) CreateArticle(ctx context.Context, s *news.Story) error {
	a := s.Article
	a.Version, a.UpdatedVersion = 1, 0
	if a.UpdatedAt != nil {
		a.UpdatedVersion = 1
	}
	err := db.Atomically(ctx, func(tx *DB) error {
		wanted := a.Slug
		for {
			var err error
			if a.Slug, err = tx.freeSlug(ctx, &a, wanted); err != nil {
				return err
			}
			err = tx.get(ctx, &a.ID, `INSERT INTO articles (category_id, day, slug, kicker, headline,
					standfirst, body, body_html, body_version, language, picture_id, hero_alt,
					hero_caption, hero_credit, published_at, updated_at, expires_at, withdrawn_at,
					comments_closed_at, import_key, import_hash, version, updated_version, created_at,
					modified_at, comments_kept_open, comments_held)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO NOTHING RETURNING id`,
				append(articleArgs(&a), a.Version, a.UpdatedVersion, a.CreatedAt, a.ModifiedAt,
					a.CommentsKeptOpen, a.CommentsHeld)...)
			if err == nil {
				return tx.setByline(ctx, a.ID, s)
			}
			if !errors.Is(err, news.ErrNotFound) {
				return err
			}
			// Another node took the address since it was looked for, or the
			// key of the import is there already.
			if a.ImportKey != "" {
				if _, err := tx.importID(ctx, a.ImportKey); err == nil {
					return news.ErrConflict
				}
			}
		}
	})
	if err == nil {
		s.Article = a
	}
	return err
}

// articleArgs are the columns that both ways of writing an article set, in
// the order of the table.
func articleArgs(a *news.Article) []any {
	return []any{a.CategoryID, a.Day, a.Slug, a.Kicker, a.Headline, a.Standfirst, a.Body, a.BodyHTML,
		a.BodyVersion, a.Language, a.PictureID, a.HeroAlt, a.HeroCaption, a.HeroCredit,
		a.PublishedAt, a.UpdatedAt, a.ExpiresAt, a.WithdrawnAt, a.CommentsClosedAt,
		a.ImportKey, a.ImportHash}
}

// UpdateArticle stores a changed article with its byline and tags, and counts
// its Version on, which is its UpdatedVersion too when UpdatedAt is another
// than before. What moderators decided about its thread stays. A changed address leaves a redirect behind; like a new one
// it gets a number when taken. It returns news.ErrConflict when somebody else
// wrote since s was read, and news.ErrNotFound when there is no such article.
func (db *DB) UpdateArticle(ctx context.Context, s *news.Story) error {
	a := s.Article
	err := db.Atomically(ctx, func(tx *DB) error {
		var old news.Article
		err := tx.get(ctx, &old, `SELECT day, slug, updated_at, updated_version, comments_kept_open, comments_held
			FROM articles WHERE id = ?`+tx.dialect.lockRow, a.ID)
		if err != nil {
			return err
		}
		a.CommentsKeptOpen, a.CommentsHeld, a.UpdatedVersion = old.CommentsKeptOpen, old.CommentsHeld, old.UpdatedVersion
		if a.UpdatedAt != nil && (old.UpdatedAt == nil || !old.UpdatedAt.Equal(news.Instant(*a.UpdatedAt))) {
			a.UpdatedVersion = a.Version + 1
		}
		moved := a.Day != old.Day || a.Slug != old.Slug
		if moved {
			if a.Slug, err = tx.freeSlug(ctx, &a, a.Slug); err != nil {
				return err
			}
			moved = a.Day != old.Day || a.Slug != old.Slug
		}
		n, err := tx.exec(ctx, `UPDATE articles SET category_id = ?, day = ?, slug = ?, kicker = ?,
				headline = ?, standfirst = ?, body = ?, body_html = ?, body_version = ?, language = ?,
				picture_id = ?, hero_alt = ?, hero_caption = ?, hero_credit = ?, published_at = ?,
				updated_at = ?, expires_at = ?, withdrawn_at = ?, comments_closed_at = ?,
				import_key = ?, import_hash = ?, version = version + 1, updated_version = ?, modified_at = ?
			WHERE id = ? AND version = ?`,
			append(articleArgs(&a), a.UpdatedVersion, a.ModifiedAt, a.ID, a.Version)...)
		if err != nil {
			return err
		}
		if n == 0 {
			return news.ErrConflict
		}
		a.Version++
		if moved {
			if err := tx.moveAddress(ctx, a.ID, address(old.Day, old.Slug), address(a.Day, a.Slug)); err != nil {
				return err
			}
		}
		return tx.setByline(ctx, a.ID, s)
	})
	if err == nil {
		s.Article = a
	}
	return err
}

// freeSlug returns wanted, with a number when another article is or was at
// that address on the article's day. Drafts have no address.
func (db *DB) freeSlug(ctx context.Context, a *news.Article, wanted string) (string, error) {
	if a.Day == "" {
		return wanted, nil
	}
	return free(wanted, func(slug string) (taken bool, err error) {
		err = db.get(ctx, &taken, `SELECT
				EXISTS (SELECT 1 FROM articles WHERE day = ? AND slug = ? AND day <> '' AND id <> ?)
				OR EXISTS (SELECT 1 FROM redirects WHERE path = ? AND article_id <> ?)`,
			a.Day, slug, a.ID, address(a.Day, slug), a.ID)
		return taken, err
	})
}

// setByline replaces the authors and tags of an article by those of s.
func (db *DB) setByline(ctx context.Context, id int64, s *news.Story) error {
	authors := make([]int64, len(s.Authors))
	for i, author := range s.Authors {
		authors[i] = author.ID
	}
	tags := make([]int64, len(s.Tags))
	for i, tag := range s.Tags {
		tags[i] = tag.ID
	}
	if err := db.relate(ctx, "article_authors", "author_id", id, authors); err != nil {
		return err
	}
	return db.relate(ctx, "article_tags", "tag_id", id, tags)
}

// relate makes others, in that order and each once, what the article has in a
// table.
func (db *DB) relate(ctx context.Context, table, column string, article int64, others []int64) error {
	if _, err := db.exec(ctx, `DELETE FROM `+table+` WHERE article_id = ?`, article); err != nil {
		return err
	}
	for i, other := range others {
		_, err := db.exec(ctx, `INSERT INTO `+table+` (article_id, `+column+`, position)
			VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, article, other, i+1)
		if err != nil {
			return err
		}
	}
	return nil
}
