package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

func testArticle(p *paper) {
	picture := news.Picture{Key: "abc", Format: "jpg", Width: 1600, Height: 900, Widths: "400,800,1600"}
	p.must(p.SavePicture(p.ctx, &picture))
	ann, bob := news.Author{Slug: "ann", Name: "Ann", Role: "Harbour correspondent", Bio: "Sails."}, news.Author{Slug: "bob", Name: "Bob"}
	p.must(errors.Join(p.SaveAuthor(p.ctx, &ann), p.SaveAuthor(p.ctx, &bob)))
	sea, law := news.Tag{Slug: "sea", Name: "Sea"}, news.Tag{Slug: "law", Name: "Law"}
	p.must(errors.Join(p.SaveTag(p.ctx, &sea), p.SaveTag(p.ctx, &law)))
	c := p.category("Harbour")

	want := news.Story{
		Article: news.Article{
			CategoryID: c.ID, Day: "20260314", Slug: "fleet-in", Kicker: "Explainer", Headline: "Fleet in",
			Standfirst: "All home.", Body: "*Home*", BodyHTML: "<p><em>Home</em></p>", BodyVersion: 3,
			Language: "de-CH", PictureID: &picture.ID, HeroAlt: "Boats", HeroCaption: "The fleet",
			HeroCredit: "Ann", PublishedAt: ptr(ago(2 * time.Hour)), UpdatedAt: ptr(ago(time.Hour)),
			ExpiresAt: ptr(ago(-time.Hour)), WithdrawnAt: ptr(ago(-2 * time.Hour)),
			CommentsClosedAt: ptr(ago(-3 * time.Hour)), ImportKey: "wp:1", ImportHash: "h1",
			CreatedAt: ago(5 * time.Hour), ModifiedAt: ago(4 * time.Hour),
		},
		Category: c,
		Authors:  []news.Author{bob, ann}, // byline order, not the alphabet's
		Tags:     []news.Tag{sea, law},
		Picture:  &picture,
	}
	p.must(p.CreateArticle(p.ctx, &want))
	if want.ID == 0 || want.Version != 1 {
		p.Fatalf("created with id %d, version %d", want.ID, want.Version)
	}
	m := p.member()
	p.comment(want, m, ago(time.Minute))
	want.CommentCount = 1

	byAddress, err := p.ArticleByAddress(p.ctx, now, "20260314", "fleet-in")
	p.must(err)
	byID, err := p.ArticleByID(p.ctx, now, want.ID)
	p.must(err)
	if diff := cmp.Diff(want, byAddress) + cmp.Diff(want, byID); diff != "" {
		p.Errorf("read (+) is not what was written (-):\n%s", diff)
	}
	listed, err := p.Articles(p.ctx, now, news.Filter{})
	p.must(err)
	want.Body, want.BodyHTML = "", ""
	if diff := cmp.Diff([]news.Story{want}, listed); diff != "" {
		p.Errorf("listed (+) is not what was written (-):\n%s", diff)
	}
	_, err = p.ArticleByAddress(p.ctx, now, "20260315", "fleet-in")
	p.wants(news.ErrNotFound, err, "another day")
	_, err = p.ArticleByID(p.ctx, now, want.ID+1)
	p.wants(news.ErrNotFound, err, "unknown id")
}

// testArticleVisible moves the viewpoint over the edges of an article's life:
// each instant belongs to what begins there.
func testArticleVisible(p *paper) {
	published := ago(0)
	withdrawn, expires := published.Add(time.Hour), published.Add(2*time.Hour)
	tick := time.Microsecond
	for _, test := range []struct {
		what               string
		withdrawn, expires *time.Time
		at                 time.Time
		want               error
	}{
		{"scheduled", nil, nil, published.Add(-tick), news.ErrNotFound},
		{"at its time", nil, nil, published, nil},
		{"long after", nil, nil, published.AddDate(50, 0, 0), nil},
		{"before withdrawal", &withdrawn, nil, withdrawn.Add(-tick), nil},
		{"at withdrawal", &withdrawn, nil, withdrawn, news.ErrGone},
		{"before expiry", nil, &expires, expires.Add(-tick), nil},
		{"at expiry", nil, &expires, expires, news.ErrGone},
		{"withdrawn, then expired", &withdrawn, &expires, expires, news.ErrGone},
		{"withdrawn before it was published", ptr(published.Add(-time.Hour)), nil, published.Add(-tick), news.ErrNotFound},
	} {
		p.Run(test.what, func(t *testing.T) {
			q := &paper{T: t, DB: p.DB, ctx: p.ctx, made: p.made}
			c := q.category(test.what)
			s := q.article(published, in(c), func(s *news.Story) {
				s.Slug = "s-" + c.Slug[:1] + q.name("x")
				s.WithdrawnAt, s.ExpiresAt = test.withdrawn, test.expires
			})
			p.made = q.made
			v := news.Now(test.at)
			_, err := q.ArticleByID(q.ctx, v, s.ID)
			if !errors.Is(err, test.want) {
				t.Errorf("ArticleByID: %v, want %v", err, test.want)
			}
			if _, err = q.ArticleByAddress(q.ctx, v, s.Day, s.Slug); !errors.Is(err, test.want) {
				t.Errorf("ArticleByAddress: %v, want %v", err, test.want)
			}
			q.must(q.AddRedirect(q.ctx, news.Redirect{Path: "/old/" + s.Slug, ArticleID: s.ID}))
			if _, err = q.RedirectTarget(q.ctx, v, "/old/"+s.Slug); !errors.Is(err, test.want) {
				t.Errorf("RedirectTarget: %v, want %v", err, test.want)
			}
			shows := test.want == nil
			f := news.Filter{CategoryID: c.ID}
			listed, err := q.Articles(q.ctx, v, f)
			q.must(err)
			n, err := q.CountArticles(q.ctx, v, f)
			q.must(err)
			categories, err := q.Categories(q.ctx, v)
			q.must(err)
			top, err := q.TopByCategory(q.ctx, v, 3, nil)
			q.must(err)
			_, further := q.FurtherArticle(q.ctx, v, news.Article{CategoryID: c.ID})
			q.comment(s, q.member(), published.Add(-time.Hour))
			talk, err := q.MostDiscussed(q.ctx, v, f, published.Add(-2*time.Hour))
			q.must(err)
			for what, is := range map[string]bool{
				"Articles": len(listed) == 1, "CountArticles": n == 1,
				"Categories":     slices.Contains(categories, c),
				"TopByCategory":  slices.Contains(ids(top), s.ID),
				"FurtherArticle": further == nil, "MostDiscussed": len(talk) == 1,
			} {
				if is != shows {
					t.Errorf("%s shows it: %v, want %v", what, is, shows)
				}
			}
		})
	}
	d := p.draft()
	d.CategoryID = p.category("News").ID
	p.must(p.CreateArticle(p.ctx, &d))
	_, err := p.ArticleByID(p.ctx, news.Now(noon.AddDate(100, 0, 0)), d.ID)
	p.wants(news.ErrNotFound, err, "draft")
	_, err = p.ArticleByAddress(p.ctx, now, "", d.Slug)
	p.wants(news.ErrNotFound, err, "draft by the address it has not got")
}

func testArticleCreate(p *paper) {
	slugged := func(s *news.Story) { s.Slug = "storm" }
	for _, want := range []string{"storm", "storm-2", "storm-3"} {
		if s := p.article(ago(time.Hour), slugged); s.Slug != want {
			p.Errorf("slug %q, want %q", s.Slug, want)
		}
	}
	if s := p.article(ago(24*time.Hour), slugged); s.Slug != "storm" {
		p.Errorf("on another day the slug became %q", s.Slug)
	}
	for range 2 { // drafts have no address that could be taken
		d := p.draft()
		d.Slug, d.CategoryID = "storm", p.category("News").ID
		p.must(p.CreateArticle(p.ctx, &d))
		if d.Slug != "storm" {
			p.Errorf("the slug of a draft became %q", d.Slug)
		}
	}
	p.article(ago(time.Hour), func(s *news.Story) { s.ImportKey = "wp:1" })
	again := p.draft()
	again.CategoryID, again.ImportKey = p.category("News").ID, "wp:1"
	p.wants(news.ErrConflict, p.CreateArticle(p.ctx, &again), "import key used twice")
	if again.ID != 0 || again.Version != 0 {
		p.Error("a failed creation left its mark on the story")
	}
	lost := p.draft()
	lost.CategoryID = 1 << 40
	if err := p.CreateArticle(p.ctx, &lost); err == nil {
		p.Error("stored an article in a category that does not exist")
	}

	slugs := make([]string, 20)
	c := p.category("News")
	parallel(p.T, len(slugs), func(i int) {
		s := news.Story{Article: news.Article{CategoryID: c.ID, Day: "20260401", Slug: "race", Headline: "Race",
			CreatedAt: noon, ModifiedAt: noon}}
		if err := p.CreateArticle(p.ctx, &s); err != nil {
			p.Error(err)
		}
		slugs[i] = s.Slug
	})
	slices.Sort(slugs)
	if n := len(slices.Compact(slugs)); n != len(slugs) {
		p.Errorf("%d articles at once got %d addresses", len(slugs), n)
	}
}

func testArticleUpdate(p *paper) {
	ann, bob := news.Author{Slug: "ann", Name: "Ann"}, news.Author{Slug: "bob", Name: "Bob"}
	p.must(errors.Join(p.SaveAuthor(p.ctx, &ann), p.SaveAuthor(p.ctx, &bob)))
	tag := news.Tag{Slug: "sea", Name: "Sea"}
	p.must(p.SaveTag(p.ctx, &tag))
	s := p.article(ago(time.Hour), func(s *news.Story) { s.Authors = []news.Author{ann, bob} })

	mine, theirs := s, s
	mine.Headline, mine.Authors, mine.Tags = "Mine", []news.Author{bob, ann}, []news.Tag{tag}
	mine.ModifiedAt = noon
	p.must(p.UpdateArticle(p.ctx, &mine))
	if mine.Version != 2 {
		p.Errorf("version %d after a write, want 2", mine.Version)
	}
	theirs.Headline, theirs.Authors = "Theirs", nil
	p.wants(news.ErrConflict, p.UpdateArticle(p.ctx, &theirs), "write over a newer version")
	if theirs.Version != 1 {
		p.Errorf("a refused write counted the version to %d", theirs.Version)
	}
	got, err := p.ArticleByID(p.ctx, now, s.ID)
	p.must(err)
	if diff := cmp.Diff(mine, got); diff != "" {
		p.Errorf("read (+) is not what was written (-):\n%s", diff)
	}
	unknown := mine
	unknown.ID += 1000
	p.wants(news.ErrNotFound, p.UpdateArticle(p.ctx, &unknown), "update of nothing")

	wins := make(chan string, 10)
	parallel(p.T, 10, func(int) {
		s := got
		switch err := p.UpdateArticle(p.ctx, &s); {
		case err == nil:
			wins <- "won"
		case !errors.Is(err, news.ErrConflict):
			p.Error(err)
		}
	})
	if len(wins) != 1 {
		p.Errorf("%d of 10 writers of one version won, want 1", len(wins))
	}
}

// testArticleAddress moves an article about and wants every address it ever
// had to lead to it.
func testArticleAddress(p *paper) {
	s := p.article(ago(time.Hour), func(s *news.Story) { s.Slug = "one" })
	move := func(slug string) {
		p.Helper()
		s.Slug = slug
		p.must(p.UpdateArticle(p.ctx, &s))
	}
	leads := func(slug string, want error) {
		p.Helper()
		a, err := p.RedirectTarget(p.ctx, now, "/20260314/"+slug)
		p.wants(want, err, "redirect from "+slug)
		if err == nil && (a.ID != s.ID || a.Slug != s.Slug || a.Day != s.Day) {
			p.Errorf("%s leads to %s/%s", slug, a.Day, a.Slug)
		}
	}
	leads("one", news.ErrNotFound)
	move("two")
	leads("one", nil)
	leads("two", news.ErrNotFound)
	move("three")
	leads("one", nil)
	leads("two", nil)
	move("one")
	leads("one", news.ErrNotFound) // the article itself is here
	leads("three", nil)
	if _, err := p.ArticleByAddress(p.ctx, now, "20260314", "one"); err != nil {
		p.Error("moved back:", err)
	}

	other := p.article(ago(time.Hour), func(s *news.Story) { s.Slug = "two" })
	if other.Slug != "two-2" {
		p.Errorf("a new article took the address %q, which leads to another", other.Slug)
	}
	other.Slug = "one"
	p.must(p.UpdateArticle(p.ctx, &other))
	if other.Slug != "one-2" {
		p.Errorf("a moved article took the address %q of another", other.Slug)
	}

	d := p.draft()
	d.CategoryID, d.Slug = s.CategoryID, "one"
	p.must(p.CreateArticle(p.ctx, &d))
	d.Day, d.PublishedAt = "20260314", &noon
	p.must(p.UpdateArticle(p.ctx, &d))
	if d.Slug != "one-3" {
		p.Errorf("a draft was published at %q", d.Slug)
	}
}

func testFurtherArticle(p *paper) {
	harbour, arts := p.category("Harbour"), p.category("Arts")
	first := p.article(ago(3*time.Hour), in(harbour))
	_, err := p.FurtherArticle(p.ctx, now, first.Article)
	p.wants(news.ErrNotFound, err, "the only article of its category")
	second := p.article(ago(2*time.Hour), in(harbour))
	p.article(ago(time.Hour), in(arts))
	p.article(ago(-time.Hour), in(harbour)) // scheduled
	for _, test := range []struct{ of, want news.Story }{{first, second}, {second, first}} {
		got, err := p.FurtherArticle(p.ctx, now, test.of.Article)
		p.must(err)
		if got.ID != test.want.ID || got.BodyHTML == "" || got.Body == "" || got.Category != harbour {
			p.Errorf("after %d comes %d (body %q), want %d", test.of.ID, got.ID, got.BodyHTML, test.want.ID)
		}
	}
}
