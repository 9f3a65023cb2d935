package storetest

import (
	"context"
	"errors"
	"slices"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"pgregory.net/rapid"
)

func testListing(p *paper) {
	ann := news.Author{Slug: "ann", Name: "Ann"}
	tag := news.Tag{Slug: "sea", Name: "Sea"}
	p.must(errors.Join(p.SaveAuthor(p.ctx, &ann), p.SaveTag(p.ctx, &tag)))
	harbour, arts := p.category("Harbour"), p.category("Arts")
	old := p.article(ago(4*time.Hour), in(harbour), func(s *news.Story) { s.Authors = []news.Author{ann} })
	tie1 := p.article(ago(3*time.Hour), in(arts), func(s *news.Story) { s.Tags = []news.Tag{tag} })
	tie2 := p.article(ago(3*time.Hour), in(harbour), func(s *news.Story) {
		s.Authors, s.Tags = []news.Author{ann}, []news.Tag{tag}
	})
	late := p.article(ago(time.Hour), in(harbour))
	p.article(ago(-time.Hour), in(harbour), func(s *news.Story) {
		s.Authors, s.Tags = []news.Author{ann}, []news.Tag{tag}
	})
	for _, test := range []struct {
		what string
		f    news.Filter
		want []news.Story
	}{
		{"everything", news.Filter{}, []news.Story{late, tie2, tie1, old}},
		{"category", news.Filter{CategoryID: harbour.ID}, []news.Story{late, tie2, old}},
		{"tag", news.Filter{TagID: tag.ID}, []news.Story{tie2, tie1}},
		{"author", news.Filter{AuthorID: ann.ID}, []news.Story{tie2, old}},
		{"category and tag", news.Filter{CategoryID: arts.ID, TagID: tag.ID}, []news.Story{tie1}},
		{"tag and author", news.Filter{AuthorID: ann.ID, TagID: tag.ID}, []news.Story{tie2}},
		{"all but two", news.Filter{Exclude: []int64{late.ID, tie1.ID}}, []news.Story{tie2, old}},
		{"unknown category", news.Filter{CategoryID: 999}, nil},
	} {
		got, err := p.Articles(p.ctx, now, test.f)
		p.must(err)
		if !slices.Equal(ids(got), ids(test.want)) {
			p.Errorf("%s: %v, want %v", test.what, ids(got), ids(test.want))
		}
		n, err := p.CountArticles(p.ctx, now, test.f)
		if err != nil || n != len(test.want) {
			p.Errorf("%s: counted %d, %v; want %d", test.what, n, err, len(test.want))
		}
		for _, s := range got {
			if s.Body != "" || s.BodyHTML != "" {
				p.Errorf("%s: listed with a body", test.what)
			}
		}
	}
	got, err := p.Articles(p.ctx, now, news.Filter{Limit: 2, Offset: 1})
	p.must(err)
	if want := []int64{tie2.ID, tie1.ID}; !slices.Equal(ids(got), want) {
		p.Errorf("second and third: %v, want %v", ids(got), want)
	}
	n, err := p.CountArticles(p.ctx, now, news.Filter{Limit: 1, Offset: 3})
	if err != nil || n != 4 {
		p.Errorf("a limit changed the count to %d, %v", n, err)
	}
}

// testListingPages wants that paging shows everything once, with many articles
// of one instant.
func testListingPages(p *paper) {
	c := p.category("News")
	for i := range 45 {
		p.article(ago(time.Duration(i/7)*time.Minute), in(c))
	}
	var seen []int64
	for offset := 0; ; offset += news.PageSize {
		page, err := p.Articles(p.ctx, now, news.Filter{Offset: offset})
		p.must(err)
		if len(page) > news.PageSize {
			p.Fatalf("a page of %d", len(page))
		}
		for i, s := range page {
			if i > 0 && s.PublishedAt.After(*page[i-1].PublishedAt) {
				p.Error("not newest first")
			}
		}
		if len(page) == 0 {
			break
		}
		seen = append(seen, ids(page)...)
	}
	if slices.Sort(seen); len(seen) != 45 || len(slices.Compact(seen)) != 45 {
		p.Errorf("45 articles paged as %d", len(seen))
	}
}

// testListingQueries wants the same number of queries however long a listing.
func testListingQueries(p *paper) {
	member := p.member()
	fill := func(n int) {
		for i := range n {
			author, tag := news.Author{Slug: p.name("a"), Name: "A"}, news.Tag{Slug: p.name("t"), Name: "T"}
			picture := news.Picture{Key: p.name("p"), Format: "jpg", Width: 1, Height: 1}
			p.must(errors.Join(p.SaveAuthor(p.ctx, &author), p.SaveTag(p.ctx, &tag), p.SavePicture(p.ctx, &picture)))
			s := p.article(ago(time.Duration(i)*time.Minute), func(s *news.Story) {
				s.Authors, s.Tags, s.PictureID = []news.Author{author}, []news.Tag{tag}, &picture.ID
			})
			root := p.comment(s, member, ago(time.Second))
			p.comment(s, member, ago(time.Second), under(root))
		}
	}
	measure := func() (queries [4]int) {
		for i, list := range []func(context.Context) ([]news.Story, error){
			func(ctx context.Context) ([]news.Story, error) { return p.Articles(ctx, now, news.Filter{}) },
			func(ctx context.Context) ([]news.Story, error) { return p.TopByCategory(ctx, now, 20, nil) },
			func(ctx context.Context) ([]news.Story, error) {
				return p.MostDiscussed(ctx, now, news.Filter{}, ago(time.Hour))
			},
			func(ctx context.Context) ([]news.Story, error) {
				s, err := p.Articles(ctx, now, news.Filter{Limit: 1})
				p.must(err)
				_, err = p.CommentPage(ctx, now, s[0].ID, news.ThreadFilter{Order: news.OrderNewest, Page: 1})
				return s, err
			},
		} {
			stories, err := list(store.WithTrace(p.ctx, func(string, []any) { queries[i]++ }))
			p.must(err)
			if s := stories[0]; len(s.Authors) != 1 || len(s.Tags) != 1 || s.Picture == nil || s.CommentCount != 2 {
				p.Errorf("listing %d lacks what stands around a story: %+v", i, s)
			}
		}
		return queries
	}
	fill(1)
	before := measure()
	fill(19)
	if after := measure(); after != before || before[0] > 5 {
		p.Errorf("queries for 1 story %v, for 20 %v", before, after)
	}
}

// testVisibleRule wants the rule in SQL to agree with the one in news.
func testVisibleRule(p *paper) {
	c := p.category("News")
	rapid.Check(p.T, func(t *rapid.T) {
		hour := rapid.IntRange(-3, 3)
		maybe := func(what string) *time.Time {
			if !rapid.Bool().Draw(t, what+" set") {
				return nil
			}
			return ptr(noon.Add(time.Duration(hour.Draw(t, what)) * time.Hour))
		}
		s := p.draft()
		s.CategoryID, s.PublishedAt = c.ID, maybe("published")
		s.WithdrawnAt, s.ExpiresAt = maybe("withdrawn"), maybe("expires")
		if err := p.CreateArticle(p.ctx, &s); err != nil {
			t.Fatal(err)
		}
		v := news.Now(noon.Add(time.Duration(hour.Draw(t, "at")) * time.Hour))
		listed, err := p.Articles(p.ctx, v, news.Filter{Limit: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := slices.Contains(ids(listed), s.ID), s.VisibleAt(v.At); got != want {
			t.Fatalf("SQL shows it: %v, news: %v", got, want)
		}
	})
}

func testTopByCategory(p *paper) {
	first, second, third := p.category("Zebra"), p.category("Arts"), p.category("Empty")
	second.Position = 1
	third.Position = 2
	p.must(errors.Join(p.SaveCategory(p.ctx, &second), p.SaveCategory(p.ctx, &third)))
	var z, a []int64
	for i := range 5 {
		z = append(z, p.article(ago(time.Duration(i)*time.Hour), in(first)).ID)
	}
	same := ago(time.Hour)
	for range 4 { // of one instant, so the later id comes first
		a = slices.Insert(a, 0, p.article(same, in(second)).ID)
	}
	p.article(ago(-time.Hour), in(first))
	for _, test := range []struct {
		what    string
		n       int
		exclude []int64
		want    []int64
	}{
		{"two", 2, nil, slices.Concat(z[:2], a[:2])},
		{"more than there are", 9, nil, slices.Concat(z, a)},
		{"without some", 2, []int64{z[0], z[2], a[1]}, []int64{z[1], z[3], a[0], a[2]}},
		{"a whole category left out", 1, a, []int64{z[0]}},
		{"none", 0, nil, nil},
	} {
		got, err := p.TopByCategory(p.ctx, now, test.n, test.exclude)
		p.must(err)
		if !slices.Equal(ids(got), test.want) {
			p.Errorf("%s: %v, want %v", test.what, ids(got), test.want)
		}
	}
}

func testMostDiscussed(p *paper) {
	m := p.member()
	quiet, loud, old := p.article(ago(9*time.Hour)), p.article(ago(9*time.Hour)), p.article(ago(9*time.Hour))
	tie := p.article(ago(8 * time.Hour))
	p.article(ago(time.Hour)) // no comments
	since := ago(2 * time.Hour)
	p.comment(quiet, m, since) // from then on, inclusive
	p.comment(quiet, m, ago(time.Hour), state(news.CommentHeld))
	p.comment(quiet, m, ago(time.Hour), state(news.CommentRemoved))
	p.comment(tie, m, ago(time.Hour), state(news.CommentDeleted))
	p.comment(tie, m, ago(time.Hour))
	root := p.comment(loud, m, noon)
	p.comment(loud, m, noon, under(root))
	for range 5 {
		p.comment(old, m, ago(3*time.Hour))
	}
	got, err := p.MostDiscussed(p.ctx, now, news.Filter{}, since)
	p.must(err)
	if want := []int64{loud.ID, tie.ID, quiet.ID}; !slices.Equal(ids(got), want) {
		p.Errorf("%v, want %v", ids(got), want)
	}
	got, err = p.MostDiscussed(p.ctx, now, news.Filter{Limit: 1, Exclude: []int64{loud.ID}}, ago(5*time.Hour))
	p.must(err)
	if want := []int64{old.ID}; !slices.Equal(ids(got), want) || got[0].CommentCount != 5 {
		p.Errorf("%v, want %v", ids(got), want)
	}
}

func testCategory(p *paper) {
	a, b, hidden := p.category("Arts"), p.category("Business"), p.category("Cars")
	p.article(ago(time.Hour), in(b))
	p.article(ago(time.Hour), in(b))
	p.article(ago(time.Hour), in(a))
	for range 3 {
		p.article(ago(-time.Hour), in(hidden))
	}
	names := func() (names []string) {
		p.Helper()
		categories, err := p.Categories(p.ctx, now)
		p.must(err)
		for _, c := range categories {
			names = append(names, c.Name)
		}
		return names
	}
	if got := names(); !slices.Equal(got, []string{"Arts", "Business"}) {
		p.Errorf("unranked: %v", got)
	}
	p.must(p.RankCategories(p.ctx, now))
	if got := names(); !slices.Equal(got, []string{"Business", "Arts"}) {
		p.Errorf("ranked: %v", got)
	}
	for i, want := range []string{"business", "arts", "cars"} {
		if c, err := p.CategoryBySlug(p.ctx, want); err != nil || c.Position != i+1 {
			p.Errorf("%s has position %d, %v; want %d", want, c.Position, err, i+1)
		}
	}
	again := news.Category{Slug: "arts", Name: "Culture", Description: "New", Position: 7}
	p.must(p.SaveCategory(p.ctx, &again))
	if got, err := p.CategoryBySlug(p.ctx, "arts"); err != nil || got != again || got.ID != a.ID {
		p.Errorf("saved again: %+v, %v; want %+v", got, err, again)
	}
	_, err := p.CategoryBySlug(p.ctx, "none")
	p.wants(news.ErrNotFound, err, "unknown category")
}

func testTag(p *paper) {
	first := news.Tag{Slug: "sea", Name: "Sea"}
	p.must(p.SaveTag(p.ctx, &first))
	again := news.Tag{Slug: "sea", Name: "The sea"}
	p.must(p.SaveTag(p.ctx, &again))
	if got, err := p.TagBySlug(p.ctx, "sea"); err != nil || got != again || got.ID != first.ID {
		p.Errorf("%+v, %v; want %+v", got, err, again)
	}
	_, err := p.TagBySlug(p.ctx, "SEA")
	p.wants(news.ErrNotFound, err, "unknown tag")
}

func testAuthor(p *paper) {
	first := news.Author{Slug: "ann", Name: "Ann"}
	p.must(p.SaveAuthor(p.ctx, &first))
	again := news.Author{Slug: "ann", Name: "Ann Lee", Role: "Editor", Bio: "Writes."}
	p.must(p.SaveAuthor(p.ctx, &again))
	if got, err := p.AuthorBySlug(p.ctx, "ann"); err != nil || got != again || got.ID != first.ID {
		p.Errorf("%+v, %v; want %+v", got, err, again)
	}
	_, err := p.AuthorBySlug(p.ctx, "none")
	p.wants(news.ErrNotFound, err, "unknown author")
}

func testPicture(p *paper) {
	first := news.Picture{Key: "k", Format: "jpg", Width: 10, Height: 5, Widths: "10"}
	p.must(p.SavePicture(p.ctx, &first))
	again := news.Picture{Key: "k", Format: "webp", Width: 20, Height: 10, Widths: "10,20"}
	p.must(p.SavePicture(p.ctx, &again))
	s := p.article(ago(time.Hour), func(s *news.Story) { s.PictureID = &first.ID })
	got, err := p.ArticleByID(p.ctx, now, s.ID)
	p.must(err)
	if got.Picture == nil || *got.Picture != again || again.ID != first.ID {
		p.Errorf("%+v, want %+v", got.Picture, again)
	}
}

func testRedirect(p *paper) {
	a, b := p.article(ago(time.Hour)), p.article(ago(time.Hour))
	p.must(p.AddRedirect(p.ctx, news.Redirect{Path: "/old", ArticleID: a.ID}))
	p.must(p.AddRedirect(p.ctx, news.Redirect{Path: "/old", ArticleID: a.ID})) // again is fine
	p.wants(news.ErrConflict, p.AddRedirect(p.ctx, news.Redirect{Path: "/old", ArticleID: b.ID}), "path in use")
	got, err := p.RedirectTarget(p.ctx, now, "/old")
	if err != nil || got.ID != a.ID || got.Day != a.Day || got.Slug != a.Slug {
		p.Errorf("%+v, %v", got, err)
	}
	_, err = p.RedirectTarget(p.ctx, now, "/OLD")
	p.wants(news.ErrNotFound, err, "unknown path")
}
