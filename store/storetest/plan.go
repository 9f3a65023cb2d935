package storetest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// testPlans fills the tables with some thousands of rows and wants the queries
// of the busiest pages to go through the indexes made for them.
func testPlans(p *paper) {
	const articles, bylines, talkedOf = 3000, 50, 500
	var categories []news.Category
	for i := range 8 {
		categories = append(categories, p.category(fmt.Sprintf("C%d", i)))
	}
	authors, tags := make([]news.Author, bylines), make([]news.Tag, bylines)
	for i := range bylines {
		authors[i].Slug, tags[i].Slug = p.name("author"), p.name("tag")
		p.must(p.SaveAuthor(p.ctx, &authors[i]))
		p.must(p.SaveTag(p.ctx, &tags[i]))
	}
	m := p.member()
	var talked news.Story
	p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		q := &paper{T: p.T, DB: tx, ctx: p.ctx}
		for i := range articles {
			s := q.article(ago(time.Duration(i)*time.Hour), in(categories[i%8]), func(s *news.Story) {
				s.Authors, s.Tags = authors[i%bylines:][:1], tags[i%bylines:][:1]
			})
			if i < talkedOf {
				n := 6
				if i == talkedOf/2 {
					n, talked = 60, s
				}
				for j := range n {
					at := ago(time.Duration(i*n+j) * time.Second)
					q.comment(s, m, at, under(q.comment(s, m, at)))
				}
			}
		}
		return nil
	}))
	p.must(p.Analyze(p.ctx))

	for _, test := range []struct {
		what  string
		query func(context.Context) error
		// indexes holds, for the queries in turn, what their plans must name.
		indexes []string
	}{
		{"article", func(ctx context.Context) error {
			_, err := p.ArticleByAddress(ctx, now, talked.Day, talked.Slug)
			return err
		}, []string{"articles_address", "article_authors", "article_tags", "threads"}},
		{"further article", func(ctx context.Context) error {
			_, err := p.FurtherArticle(ctx, now, talked.Article)
			return err
		}, []string{"articles_category_newest"}},
		{"all", func(ctx context.Context) error {
			_, err := p.Articles(ctx, now, news.Filter{})
			return err
		}, []string{"articles_newest"}},
		{"category", func(ctx context.Context) error {
			_, err := p.Articles(ctx, now, news.Filter{CategoryID: categories[3].ID})
			return err
		}, []string{"articles_category_newest"}},
		{"tag", func(ctx context.Context) error {
			_, err := p.Articles(ctx, now, news.Filter{TagID: tags[3].ID})
			return err
		}, []string{"article_tags_tag"}},
		{"author", func(ctx context.Context) error {
			_, err := p.Articles(ctx, now, news.Filter{AuthorID: authors[3].ID})
			return err
		}, []string{"article_authors_author"}},
		{"front page", func(ctx context.Context) error {
			_, err := p.TopByCategory(ctx, now, 4, nil)
			return err
		}, []string{"articles_category_newest"}},
		{"most discussed", func(ctx context.Context) error {
			_, err := p.MostDiscussed(ctx, now, news.Filter{}, ago(10*time.Second))
			return err
		}, []string{"comments_recent"}},
		{"thread, newest first", func(ctx context.Context) error {
			_, err := p.CommentPage(ctx, now, talked.ID, news.ThreadFilter{Order: news.OrderNewest, Page: 2})
			return err
		}, []string{"threads", "comments_top", "comments_root", "comments_picked"}},
		{"thread, oldest first", func(ctx context.Context) error {
			_, err := p.CommentPage(ctx, now, talked.ID, news.ThreadFilter{Order: news.OrderOldest, Page: 2})
			return err
		}, []string{"threads", "comments_top", "comments_root", "comments_picked"}},
		{"thread, most recommended first", func(ctx context.Context) error {
			_, err := p.CommentPage(ctx, now, talked.ID, news.ThreadFilter{Order: news.OrderRecommended})
			return err
		}, []string{"threads", "comments_recommended", "comments_root", "comments_picked"}},
		{"thread of a member", func(ctx context.Context) error {
			_, err := p.CommentPage(ctx, as(m), talked.ID, news.ThreadFilter{})
			return err
		}, []string{"threads", "comments_held_own", "comments_top", "comments_root", "comments_picked"}},
		{"new in a thread", func(ctx context.Context) error {
			_, _, err := p.CommentsSince(ctx, as(m), talked.ID, ago(time.Minute))
			return err
		}, []string{"comments_article"}},
	} {
		n := 0
		p.must(test.query(store.WithTrace(p.ctx, func(query string, args []any) {
			if n >= len(test.indexes) {
				return
			}
			plan, err := p.Explain(p.ctx, query, args)
			p.must(err)
			if !strings.Contains(plan, test.indexes[n]) {
				p.Errorf("%s, query %d does not use %s:\n%s\n%s", test.what, n+1, test.indexes[n], query, plan)
			}
			n++
		})))
	}
}
