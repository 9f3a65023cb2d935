package storetest

import (
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

func imported() news.Import {
	return news.Import{
		Article: news.Article{Day: "20260310", Slug: "fleet", Headline: "Fleet", Body: "B", BodyHTML: "<p>B</p>",
			PublishedAt: ptr(ago(96 * time.Hour)), ImportKey: "wp:1", ImportHash: "h1"},
		Category: news.Category{Slug: "harbour", Name: "Harbour", Description: "Boats"},
		Authors:  []news.Author{{Slug: "bob", Name: "Bob"}, {Slug: "ann", Name: "Ann", Role: "R", Bio: "B"}},
		Tags:     []news.Tag{{Slug: "sea", Name: "Sea"}},
		Aliases:  []string{"/2026/03/fleet"},
	}
}

func testImport(p *paper) {
	ann := news.Author{Slug: "ann", Name: "Ann as known here"}
	p.must(p.SaveAuthor(p.ctx, &ann))
	im := imported()
	outcome, s, err := p.ImportArticle(p.ctx, im, ago(time.Hour))
	p.must(err)
	if outcome != news.ImportCreated || s.ID == 0 || s.Version != 1 || !s.CreatedAt.Equal(ago(time.Hour)) {
		p.Fatalf("first import: %s, %+v", outcome, s)
	}
	if s.Category.Name != "Harbour" || len(s.Authors) != 2 || s.Authors[0].Name != "Bob" || s.Authors[1] != ann ||
		len(s.Tags) != 1 || s.Tags[0].Name != "Sea" {
		p.Errorf("what stands around it: %+v, %+v, %+v", s.Category, s.Authors, s.Tags)
	}
	read, err := p.ArticleByAddress(p.ctx, now, "20260310", "fleet")
	p.must(err)
	if diff := cmp.Diff(s, read); diff != "" {
		p.Errorf("read (+) is not what the import returned (-):\n%s", diff)
	}
	if to, err := p.RedirectTarget(p.ctx, now, "/2026/03/fleet"); err != nil || to.ID != s.ID {
		p.Errorf("alias leads to %d, %v", to.ID, err)
	}

	outcome, again, err := p.ImportArticle(p.ctx, im, noon)
	p.must(err)
	if diff := cmp.Diff(s, again); outcome != news.ImportUnchanged || diff != "" {
		p.Errorf("the same again: %s\n%s", outcome, diff)
	}

	im.ImportHash, im.Headline, im.Slug, im.Authors = "h2", "Fleet home", "fleet-home", im.Authors[:1]
	outcome, changed, err := p.ImportArticle(p.ctx, im, noon)
	p.must(err)
	if outcome != news.ImportUpdated || changed.ID != s.ID || changed.Version != 2 || changed.Headline != "Fleet home" ||
		len(changed.Authors) != 1 || !changed.CreatedAt.Equal(s.CreatedAt) || !changed.ModifiedAt.Equal(noon) {
		p.Errorf("changed: %s, %+v", outcome, changed)
	}
	if to, err := p.RedirectTarget(p.ctx, now, "/20260310/fleet"); err != nil || to.Slug != "fleet-home" {
		p.Errorf("the old address leads to %q, %v", to.Slug, err)
	}

	// What the newsroom withdrew here does not come back with the next import.
	changed.WithdrawnAt, changed.CommentsClosedAt = ptr(ago(time.Minute)), ptr(ago(time.Minute))
	p.must(p.UpdateArticle(p.ctx, &changed))
	im.ImportHash = "h3"
	_, _, err = p.ImportArticle(p.ctx, im, noon)
	p.must(err)
	_, err = p.ArticleByID(p.ctx, now, s.ID)
	p.wants(news.ErrGone, err, "withdrawn article after an import")

	im.ImportKey = ""
	if _, _, err := p.ImportArticle(p.ctx, im, noon); err == nil {
		p.Error("imported without a key")
	}
}

func testImportAliases(p *paper) {
	first, second := imported(), imported()
	second.ImportKey = "wp:2"
	second.Aliases = []string{"/2026/03/fleet", "/other", "/20260310/fleet-2", "/other", ""}
	_, a, err := p.ImportArticle(p.ctx, first, noon)
	p.must(err)
	_, b, err := p.ImportArticle(p.ctx, second, noon)
	p.must(err)
	if b.Slug != "fleet-2" || b.ID == a.ID {
		p.Errorf("the second article of one address is at %q", b.Slug)
	}
	for path, want := range map[string]int64{"/2026/03/fleet": a.ID, "/other": b.ID} {
		if to, err := p.RedirectTarget(p.ctx, now, path); err != nil || to.ID != want {
			p.Errorf("%s leads to %d, %v; want %d", path, to.ID, err, want)
		}
	}
	_, err = p.RedirectTarget(p.ctx, now, "/20260310/fleet-2")
	p.wants(news.ErrNotFound, err, "alias that is the article's own address")

	second.ImportHash = "h2" // its address was "fleet" in the other system; it stays where it is
	_, b, err = p.ImportArticle(p.ctx, second, noon)
	if err != nil || b.Slug != "fleet-2" {
		p.Errorf("imported again it moved to %q, %v", b.Slug, err)
	}

	broken := imported()
	broken.ImportKey, broken.Category.Slug = "wp:3", "lost"
	broken.PictureID = ptr(int64(1 << 40))
	if _, _, err := p.ImportArticle(p.ctx, broken, noon); err == nil {
		p.Error("imported with a picture that does not exist")
	}
	_, err = p.CategoryBySlug(p.ctx, "lost")
	p.wants(news.ErrNotFound, err, "category of a failed import")
}
