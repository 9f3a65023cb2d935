package intake

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"broadsheet/internal/news"
)

// checkHostile is checkItem without the promise that local links resolve: a
// hostile body may spell out any address.
func checkHostile(t *testing.T, it news.Import, addresses map[string]bool) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(it.BodyHTML))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" && strings.HasPrefix(a.Val, "/") {
				addresses[a.Val] = true
			}
		}
	}
	checkItem(t, it, addresses)
}

func body(t *testing.T, md string) string {
	t.Helper()
	fsys := fstest.MapFS{
		"content/news/2024-01-02-a.md": {Data: []byte("---\ntitle: The A\ndate: 2024-01-02\n---\n" + md)},
		"content/news/2024-01-03-b.md": {Data: []byte("---\ntitle: The B\ndate: 2024-01-03\naliases: [/old/b]\n---\nB.")},
	}
	items, _, err := Markdown(fsys, Options{})
	if err != nil || len(items) != 2 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	return items[0].BodyHTML
}

func TestBody(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"ref in a target", `[b]({{< ref "2024-01-03-b.md" >}} "title")`, `<p><a href="/20240103/b">b</a></p>`},
		{"ref in html", `<a href="{{% relref 'news/2024-01-03-b.md' %}}">b</a>`, `<p><a href="/20240103/b">b</a></p>`},
		{"alias", `[b](/old/b/?x=1#y)`, `<p><a href="/20240103/b">b</a></p>`},
		{"unknown path", `see [c](/nowhere) and [d](#x)`, `<p>see c and d</p>`},
		{"reference link", "[b][1]\n\n[1]: /old/b", `<p><a href="/20240103/b">b</a></p>`},
		{"picture", "a\n\n{{< img src=\"x\" alt=\"y\" caption=\"A *cap*\" >}}\n\nb", "<p>a</p>\n<p><em>A cap</em></p>\n<p>b</p>"},
		{"quote", `{{< quote-block text="Say “hi”" cite="Jo" >}}`, "<blockquote>\n<p>Say “hi”</p>\n<footer>Jo</footer>\n</blockquote>"},
		{"note nested", "{{< box >}}a {{< note >}}b{{< /note >}}{{< /box >}}", "<p>a</p>\n<p>b</p>"},
		{"unknown", "{{< zap >}}x {{< zip a=1 >}}in{{< /zip >}} {{< open", "<p>x in  open</p>"},
		{"video", `{{< youtube abc_DEF-123 >}}`, `<p><a href="https://www.youtube.com/watch?v=abc_DEF-123" rel="noopener">Watch the video on YouTube</a></p>`},
		{"code is left", "`{{< ref \"x\" >}}` and\n\n```\n<b>{{ x }}</b> &amp;\n```", "<p><code>{{&lt; ref &#34;x&#34; &gt;}}</code> and</p>\n<pre><code>&lt;b&gt;{{ x }}&lt;/b&gt; &amp;amp;\n</code></pre>"},
		{"inline html", "a <em>b </em>c<br>d <span>e</span><script>x</script><!-- no -->", "<p>a <em>b</em> c<br>\nd e</p>"},
		{"list html", "<ul>\n    <li>a\n    <ul><li>b</li></ul></li>\n    <li><a href=\"/old/b\">c</a></li>\n</ul>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li><a href=\"/20240103/b\">c</a></li>\n</ul>"},
		{"unknown tag", "the <agency> name", "<p>the &lt;agency&gt; name</p>"},
		{"liquid", "a {% include x %}b {{ site.url }}c", "<p>a b c</p>"},
		{"headline again", "# The A\n\ntext", "<p>text</p>"},
		{"emoji", "x :tada: :nosuchthing:", "<p>x 🎉 :nosuchthing:</p>"},
		{"iframe", `<iframe src="//www.youtube.com/embed/abcdefg?x"></iframe>`, `<p><a href="https://www.youtube.com/watch?v=abcdefg" rel="noopener">Watch the video on YouTube</a></p>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, strings.TrimSpace(body(t, tt.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFixture(t *testing.T) {
	o := Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC}
	items, report, err := Markdown(os.DirFS("testdata/harbour"), o)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	addresses := make(map[string]bool)
	for _, it := range items {
		addresses["/"+it.Day+"/"+it.Slug] = true
		names := it.Category.Name
		for _, tag := range it.Tags {
			names += "," + tag.Name
		}
		for _, a := range it.Authors {
			names += ";" + a.Name
		}
		got[strings.TrimPrefix(it.ImportKey, "markdown:")] = it.Day + "/" + it.Slug + " " + it.Headline + " [" + names + "]"
	}
	for _, it := range items {
		checkItem(t, it, addresses)
	}
	want := map[string]string{
		"news/2025-03-04-ferry.md":    "20250304/ferry Ferry & crew are back [Transport,Weather;Ada Quay;Bo Pier]",
		"news/2025-03-04-ferry2.md":   "20250304/ferry-2 The second ferry [News;Cleo Dock]",
		"news/json.md":                "20250305/json JSON story [Weather]",
		"news/toml.md":                "20250306/toml TOML story [Weather,Storms]",
		"news/2025-03-07-broken.md":   "20250307/broken Broken: a colon [News]",
		"news/draft.md":               "/draft Not yet [News]",
		"sport/2025-03-08-bare.md":    "20250308/bare A heading names it [Sport]",
		"sport/bundle/index.md":       "20250309/bundle In a bundle [Sport]",
		"news/2025-03-10-pointing.md": "20250310/pointing Elsewhere [News]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Skip{{"news/nodate.md", "no date"}}, report.Skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	var b bytes.Buffer
	report.Add(news.ImportCreated)
	report.Write(&b)
	if !strings.HasPrefix(b.String(), "created 1, updated 0, unchanged 0, skipped 1\n") {
		t.Errorf("report begins %q", b.String())
	}
}
