package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"broadsheet/internal/demo"
	"broadsheet/internal/intake"
	"broadsheet/internal/news"
	"broadsheet/internal/webtest"
)

// testApp is the newspaper as it is served, in a folder of its own.
func testApp(t *testing.T, fill func(context.Context, *app, config)) *app {
	t.Helper()
	c := demoCommand{Addr: "127.0.0.1:0", Data: t.TempDir(), Limits: "on"}
	cfg, err := c.settings().check()
	if err != nil {
		t.Fatal(err)
	}
	a, err := newApp(t.Context(), cfg, &url.URL{Scheme: "http", Host: "paper.example"}, "", quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	fill(t.Context(), a, cfg)
	return a
}

// The demo newspaper: every link leads somewhere, nothing fails, nothing sets
// a cookie, nothing leaves the site's own host but links to read on.
func TestDemoCrawl(t *testing.T) {
	if testing.Short() {
		t.Skip("the inner loop does without the crawls; make test has them")
	}
	a := testApp(t, func(ctx context.Context, a *app, cfg config) {
		if err := plant(ctx, a.db, cfg, time.Now()); err != nil {
			t.Fatal(err)
		}
	})
	seen := webtest.Crawl(t, a.Handler(), "http://paper.example", func(p webtest.Page) { inspect(t, p) })
	if seen < 500 { // stories, listings, permanent addresses of comments, pictures
		t.Errorf("only %d addresses found", seen)
	}
	paper, err := demo.Load(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	comments, longest, none, closed := 0, 0, 0, 0
	var count func([]demo.Comment) int
	count = func(list []demo.Comment) int {
		n := len(list)
		for _, c := range list {
			n += count(c.Replies)
		}
		return n
	}
	for _, article := range paper.Articles {
		n := count(article.Thread)
		comments += n
		longest = max(longest, n)
		if n == 0 {
			none++
		}
		if article.CommentsClosedAt != nil {
			closed++
		}
		if words := len(strings.Fields(article.Body)); words < 200 || words > 620 {
			t.Errorf("%s has %d words", article.Slug, words)
		}
	}
	if len(paper.Articles) < 40 || comments < 300 || longest <= 120 || none != 1 || closed != 1 ||
		len(paper.Members) < 40 || len(paper.Authors) < 8 || len(paper.Categories) < 7 {
		t.Errorf("%d articles, %d comments, longest thread %d, %d without, %d closed, %d members, %d authors, %d categories",
			len(paper.Articles), comments, longest, none, closed, len(paper.Members), len(paper.Authors), len(paper.Categories))
	}
}

// inspect looks at what must hold for every answer to a signed-out reader.
func inspect(t *testing.T, p webtest.Page) {
	t.Helper()
	if len(p.Header.Values("Set-Cookie")) > 0 {
		t.Errorf("%s sets a cookie", p.URL)
	}
	if p.Header.Get("Cache-Control") == "" || p.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%s leaves caching or policy open", p.URL)
	}
	if p.Root == nil {
		return
	}
	ids := map[string]bool{}
	for n := range p.Root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := webtest.Attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s has the id %s twice", p.URL, id)
			}
			ids[id] = true
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("%s has an inline %s on <%s>", p.URL, a.Key, n.Data)
			}
			outside := strings.HasPrefix(a.Val, "//") || strings.HasPrefix(a.Val, "http") && !strings.HasPrefix(a.Val, "http://paper.example/")
			if loads := a.Key == "src" || a.Key == "srcset" || n.Data == "link"; loads && a.Key != "rel" && outside {
				t.Errorf("%s loads %s", p.URL, a.Val)
			}
		}
		if n.Data == "script" && webtest.Attribute(n, "src") == "" || n.Data == "style" || n.Data == "iframe" {
			t.Errorf("%s has an inline <%s>", p.URL, n.Data)
		}
	}
}

// rawShortcode is what readers must never see of a template language.
var rawShortcode = regexp.MustCompile(`\{\{[<%]|[>%]\}\}|\{%`)

// The real archive of a newsroom, imported, served and crawled.
func TestRealArchive(t *testing.T) {
	if testing.Short() {
		t.Skip("the inner loop does without the crawls; make test has them")
	}
	folder := filepath.Join("..", "..", "..", "shared", "data", "markdown", "digitalgov")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the real archive is not on this machine")
	}
	options := intake.Options{Zone: time.UTC, Now: time.Now()}
	a := testApp(t, func(ctx context.Context, a *app, _ config) {
		report, err := importMarkdown(ctx, a.db, os.DirFS(folder), options, true)
		if err != nil {
			t.Fatal(err)
		}
		if empty, err := a.db.Empty(ctx); err != nil || !empty {
			t.Errorf("a dry run left something behind (%v)", err)
		}
		if report.Created+len(report.Skipped) != 526 {
			t.Errorf("%d created and %d skipped of 526", report.Created, len(report.Skipped))
		}
		for round, want := range []struct{ created, unchanged int }{{report.Created, 0}, {0, report.Created}} {
			r, err := importMarkdown(ctx, a.db, os.DirFS(folder), options, false)
			if err != nil {
				t.Fatal(err)
			}
			if r.Created != want.created || r.Updated != 0 || r.Unchanged != want.unchanged {
				t.Errorf("round %d: created %d, updated %d, unchanged %d", round+1, r.Created, r.Updated, r.Unchanged)
			}
		}
	})
	articles := map[string]bool{}
	webtest.Crawl(t, a.Handler(), "http://paper.example", func(p webtest.Page) {
		inspect(t, p)
		if p.Root == nil {
			return
		}
		if regexp.MustCompile(`^/[0-9]{8}/[^?]+$`).MatchString(p.URL) {
			articles[p.URL] = true
		}
		for n := range p.Root.Descendants() {
			if n.Type == html.TextNode && rawShortcode.MatchString(n.Data) && !within(n, "code") {
				t.Errorf("%s shows %q", p.URL, n.Data)
			}
		}
	})
	v := news.Now(options.Now)
	public, err := a.db.CountArticles(t.Context(), v, news.Filter{})
	if err != nil || len(articles) != public {
		t.Errorf("the crawl found %d of %d articles (%v)", len(articles), public, err)
	}

	// Old addresses lead to the new ones in one hop.
	items, _, err := intake.Markdown(os.DirFS(folder), options)
	if err != nil {
		t.Fatal(err)
	}
	aliases := 0
	for _, item := range items {
		if !item.VisibleAt(options.Now) {
			continue
		}
		for _, alias := range item.Aliases {
			status, to := ask(a.Handler(), (&url.URL{Path: alias}).EscapedPath())
			if status != http.StatusMovedPermanently || !strings.HasPrefix(to, "/20") {
				t.Errorf("%s answers %d %s", alias, status, to)
				continue
			}
			if !articles[to] {
				t.Errorf("%s leads to %s, which is no article", alias, to)
			}
			aliases++
		}
	}
	if aliases < 400 {
		t.Errorf("only %d old addresses", aliases)
	}
}

func within(n *html.Node, element string) bool {
	for p := range n.Ancestors() {
		if p.Type == html.ElementNode && p.Data == element {
			return true
		}
	}
	return false
}

// ask is one GET: the status and where it leads.
func ask(h http.Handler, path string) (status int, location string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Header().Get("Location")
}
