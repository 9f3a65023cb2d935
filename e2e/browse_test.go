package e2e

import (
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// A reader goes through the paper by its links.
func TestBrowse(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		arrives := func(how, prefix string) {
			t.Helper()
			if p.Status() != 200 || !strings.HasPrefix(p.Path(), prefix) {
				t.Fatalf("%s led to %s (%d), not to %s…", how, p.Path(), p.Status(), prefix)
			}
			if p.Count("h1") != 1 || p.Count("main") != 1 {
				t.Errorf("%s has %d h1 and %d main", p.Path(), p.Count("h1"), p.Count("main"))
			}
		}
		p.Go("/")
		arrives("the front", "/")
		p.FollowOn(".sections__list a")
		arrives("a section", "/category/")
		category := p.Bare()

		words := p.Text("main article h3")
		p.FollowOn("main article h3 a")
		arrives("a headline", "/2")
		p.Shows("#article h1", words)
		first := p.Bare()

		words = p.Text("#further h2")
		p.FollowOn("#further h2 a")
		arrives("the further article", "/2")
		p.Shows("#article h1", words)
		if p.Bare() == first {
			t.Error("the further article is the article itself")
		}

		words = p.Text("#article .topics a")
		p.FollowOn("#article .topics a")
		arrives("a topic", "/tag/")
		p.Shows("h1", words)

		p.FollowOn("main article h3 a")
		arrives("a headline", "/2")
		words = p.Text("#article a[rel=author]")
		p.FollowOn("#article a[rel=author]")
		arrives("an author", "/author/")
		p.Shows("h1", words)

		p.Go(category)
		p.Go("/latest")
		newest := p.Text("main article h3")
		p.Follow("Older stories")
		arrives("older stories", "/latest?page=2")
		if p.Text("main article h3") == newest {
			t.Error("the second page begins like the first")
		}
		p.Follow("Newer stories")
		arrives("newer stories", "/latest")
	})
}
