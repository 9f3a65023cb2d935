package intake

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"broadsheet/internal/news"
)

const digitalgov = "../../../shared/data/markdown/digitalgov"

func realOptions(t *testing.T) Options {
	t.Helper()
	if _, err := os.Stat(digitalgov); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the Digital.gov folder is not here")
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return Options{Zone: zone, Origin: "https://digital.gov", Now: time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC)}
}

func TestDigitalgov(t *testing.T) {
	o := realOptions(t)
	items, report, err := Markdown(os.DirFS(digitalgov), o)
	if err != nil {
		t.Fatal(err)
	}
	got := []int{len(items), len(report.Skipped), report.Drafts, report.LinkOnly, report.Rendered["quote-block"], report.Dropped["featured-resource"]}
	if diff := cmp.Diff([]int{526, 0, 1, 267, 42, 1}, got); diff != "" {
		t.Errorf("items, skipped, drafts, link-only, quotes, dropped (-want +got):\n%s", diff)
	}
	addresses := make(map[string]bool)
	for _, it := range items {
		if at := "/" + it.Day + "/" + it.Slug; it.PublishedAt != nil {
			if addresses[at] {
				t.Errorf("%s: address %s is taken", it.ImportKey, at)
			}
			addresses[at] = true
		}
	}
	for _, it := range items {
		checkItem(t, it, addresses)
	}
	again, _, err := Markdown(os.DirFS(digitalgov), o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(hashes(items), hashes(again)); diff != "" {
		t.Errorf("second reading differs:\n%s", diff)
	}
}

func hashes(items []news.Import) map[string]string {
	out := make(map[string]string)
	for _, it := range items {
		out[it.ImportKey] = it.ImportHash
	}
	return out
}

var allowedTags = regexp.MustCompile(`^(?:html|head|body|p|br|hr|h[234]|ul|ol|li|blockquote|footer|em|strong|del|code|pre|div|table|thead|tbody|tr|th|td|a|img)$`)

// checkItem holds for every import, whatever it was made of.
func checkItem(t *testing.T, it news.Import, addresses map[string]bool) {
	t.Helper()
	if it.Headline == "" || it.Slug == "" || it.ImportHash == "" || it.Category.Slug == "" || it.Category.Name == "" {
		t.Errorf("%s: incomplete: %q %q %q", it.ImportKey, it.Headline, it.Slug, it.Category.Slug)
	}
	doc, err := html.Parse(strings.NewReader(it.BodyHTML))
	if err != nil {
		t.Fatal(err)
	}
	var visit func(*html.Node, bool)
	visit = func(n *html.Node, code bool) {
		code = code || n.Data == "code" || n.Data == "pre"
		if n.Type == html.ElementNode && !allowedTags.MatchString(n.Data) {
			t.Errorf("%s: tag %s", it.ImportKey, n.Data)
		}
		if n.Type == html.TextNode && !code && leftover(n.Data) {
			t.Errorf("%s: template left in %q", it.ImportKey, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "href" && strings.HasPrefix(a.Val, "/") && !addresses[a.Val] {
				t.Errorf("%s: link to %q leads nowhere", it.ImportKey, a.Val)
			}
			if a.Key == "id" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: attribute %s", it.ImportKey, a.Key)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, code)
		}
	}
	visit(doc, false)
	if leftover(it.Headline) || leftover(it.Standfirst) {
		t.Errorf("%s: template left in %q, %q", it.ImportKey, it.Headline, it.Standfirst)
	}
	for _, alias := range it.Aliases {
		if !strings.HasPrefix(alias, "/") || alias == "/" || strings.HasSuffix(alias, "/") || strings.Contains(alias, "//") || len(alias) > aliasMax {
			t.Errorf("%s: alias %q", it.ImportKey, alias)
		}
	}
}

func leftover(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "}}") || strings.Contains(s, "{%")
}
