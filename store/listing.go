package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// Articles returns the visible stories that a filter selects, newest first,
// without their bodies. However many there are, it takes the same number of
// queries.
func (db *DB) Articles(ctx context.Context, v news.Viewpoint, f news.Filter) ([]news.Story, error) {
	q := new(sqlText).add(`SELECT ` + storyColumns + `
		FROM articles a JOIN categories c ON c.id = a.category_id WHERE`)
	q.add(visible, visibleArgs(v)...)
	q.filter(f)
	q.add(`ORDER BY a.published_at DESC, a.id DESC`).page(f)
	return db.stories(ctx, q)
}

// CountArticles returns how many stories Articles would list without a limit.
func (db *DB) CountArticles(ctx context.Context, v news.Viewpoint, f news.Filter) (int, error) {
	q := new(sqlText).add(`SELECT COUNT(*) FROM articles a WHERE`).add(visible, visibleArgs(v)...)
	q.filter(f)
	var n int
	err := db.get(ctx, &n, q.text.String(), q.args...)
	return n, err
}

// TopByCategory returns the newest n visible stories of each category, by the
// position of the category and then newest first, without their bodies.
func (db *DB) TopByCategory(ctx context.Context, v news.Viewpoint, n int, exclude []int64) ([]news.Story, error) {
	if n < 1 {
		return nil, nil
	}
	// The cut bounds what the window function must look at: without it every
	// article there is would be ranked to show a handful.
	q := new(sqlText).add(`WITH cut AS MATERIALIZED (
			SELECT c.id AS category_id, COALESCE((
				SELECT a.published_at FROM articles a
				WHERE a.category_id = c.id AND`).add(visible, visibleArgs(v)...)
	q.filter(news.Filter{Exclude: exclude})
	q.add(`	ORDER BY a.published_at DESC, a.id DESC LIMIT 1 OFFSET ?), ?) AS since
			FROM categories c
		), ranked AS (
			SELECT a.id, ROW_NUMBER() OVER (
				PARTITION BY a.category_id ORDER BY a.published_at DESC, a.id DESC) AS rank
			FROM cut JOIN articles a ON a.category_id = cut.category_id AND a.published_at >= cut.since
			WHERE`, n-1, time.Time{}).add(visible, visibleArgs(v)...)
	q.filter(news.Filter{Exclude: exclude})
	q.add(`)
		SELECT `+storyColumns+`
		FROM ranked JOIN articles a ON a.id = ranked.id JOIN categories c ON c.id = a.category_id
		WHERE ranked.rank <= ?
		ORDER BY c.position, c.name, c.id, a.published_at DESC, a.id DESC`, n)
	return db.stories(ctx, q)
}

// MostDiscussed returns the visible stories that a filter selects by how many
// visible comments were made on them since an instant, most first, without
// their bodies. Stories with none are left out.
func (db *DB) MostDiscussed(ctx context.Context, v news.Viewpoint, f news.Filter, since time.Time) ([]news.Story, error) {
	q := new(sqlText).add(`SELECT `+storyColumns+`
		FROM (SELECT article_id, COUNT(*) AS n FROM comments
			WHERE state = 'visible' AND created_at >= ?
			GROUP BY article_id) talk
		JOIN articles a ON a.id = talk.article_id JOIN categories c ON c.id = a.category_id
		WHERE`, since).add(visible, visibleArgs(v)...)
	q.filter(f)
	q.add(`ORDER BY talk.n DESC, a.published_at DESC, a.id DESC`).page(f)
	return db.stories(ctx, q)
}

// filter appends the conditions of f on the articles a.
func (q *sqlText) filter(f news.Filter) {
	if f.CategoryID != 0 {
		q.add(`AND a.category_id = ?`, f.CategoryID)
	}
	if f.TagID != 0 {
		q.add(`AND a.id IN (SELECT article_id FROM article_tags WHERE tag_id = ?)`, f.TagID)
	}
	if f.AuthorID != 0 {
		q.add(`AND a.id IN (SELECT article_id FROM article_authors WHERE author_id = ?)`, f.AuthorID)
	}
	if len(f.Exclude) > 0 {
		q.addIDs(`AND a.id NOT IN`, f.Exclude)
	}
}

func (q *sqlText) page(f news.Filter) {
	limit := f.Limit
	if limit <= 0 {
		limit = news.PageSize
	}
	q.add(`LIMIT ? OFFSET ?`, limit, max(f.Offset, 0))
}

// stories runs a query for stories and loads what stands around them.
func (db *DB) stories(ctx context.Context, q *sqlText) ([]news.Story, error) {
	var stories []news.Story
	if err := db.listText(ctx, &stories, q); err != nil {
		return nil, err
	}
	return stories, db.surround(ctx, stories)
}

// surround loads authors, tags, pictures and numbers of comments of stories,
// one query each for all of them.
func (db *DB) surround(ctx context.Context, stories []news.Story) error {
	if len(stories) == 0 {
		return nil
	}
	ids := make([]int64, len(stories))
	var pictures []int64
	for i := range stories {
		ids[i] = stories[i].ID
		if id := stories[i].PictureID; id != nil {
			pictures = append(pictures, *id)
		}
	}
	authors, err := db.authorsOf(ctx, ids)
	if err != nil {
		return err
	}
	tags, err := db.tagsOf(ctx, ids)
	if err != nil {
		return err
	}
	files, err := db.pictures(ctx, pictures)
	if err != nil {
		return err
	}
	counts, err := db.commentCounts(ctx, ids)
	if err != nil {
		return err
	}
	for i := range stories {
		s := &stories[i]
		s.Authors, s.Tags, s.CommentCount = authors[s.ID], tags[s.ID], counts[s.ID]
		if s.PictureID != nil {
			s.Picture = files[*s.PictureID]
		}
	}
	return nil
}
