package markup

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const shared = "../../../shared/data/text/"

func TestComment(t *testing.T) {
	const rel = `" rel="ugc nofollow noopener">`
	for _, tt := range []struct{ name, in, want string }{
		{"lines", "a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>"},
		{"inline", "*a* __b__ `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"},
		{"quote", "> a\n\nb", "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>"},
		{"link", "[a](https://b.example/c?d=1&e=2)", `<p><a href="https://b.example/c?d=1&amp;e=2` + rel + `a</a></p>`},
		{"bare", "(see https://b.example/x_(y).)", `<p>(see <a href="https://b.example/x_(y)` + rel + `https://b.example/x_(y)</a>.)</p>`},
		{"bare beside ideographs", "见https://b.example/c。", `<p>见<a href="https://b.example/c` + rel + `https://b.example/c</a>。</p>`},
		{"other links", "[a](/b) [c](mailto:d@e.example) [f](//g.example) [h](javascript:alert(1))", "<p>a c f h</p>"},
		{"obfuscated", "[a](java&#115;cript:alert&#40;1)) [b](&#x2f;&#x2f;c.example) [d](\\//e.example)", "<p>a) b d</p>"},
		{"user name", "https://bank.example@evil.example", "<p>https://bank.example@evil.example</p>"},
		{"no blocks", "# a\n- b\n1. c\n***\n| d |", "<p># a<br>\n- b<br>\n1. c<br>\n***<br>\n| d |</p>"},
		{"no picture", "![a](b)", "<p>![a](b)</p>"},
		{"no html", "<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"},
		{"bidi", "a\u202eb\u2066c&#x202e;d\u200fe", "<p>abcd\u200fe</p>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, strings.TrimSpace(Comment(tt.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestArticle(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"headings", "# a\n#### b\n#### c\n## d", "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h2>d</h2>"},
		{"attribution without an empty line", "> a\n> b\n> — *B*, c", "<blockquote>\n<p>a\nb</p>\n<footer><em>B</em>, c</footer>\n</blockquote>"},
		{"dash in the middle", "> a\n> — b\n> c", "<blockquote>\n<p>a\n— b\nc</p>\n</blockquote>"},
		{"attribution", "> a\n>\n> — *B*, c", "<blockquote>\n<p>a</p>\n<footer><em>B</em>, c</footer>\n</blockquote>"},
		{"only a dash", "> — a", "<blockquote>\n<p>— a</p>\n</blockquote>"},
		{"own picture", "![a \"b\"](/media/c.jpg)", `<p><img src="/media/c.jpg" alt="a &#34;b&#34;"></p>`},
		{"other picture", "![a](https://b.example/c.jpg) ![](//d.example/e.jpg)", `<p><a href="https://b.example/c.jpg" rel="noopener">a</a> </p>`},
		{"climbing picture", "![a](/media/../x)", `<p><a href="/media/../x">a</a></p>`},
		{"links", "[a](/b) [c](mailto:d@e.example) [f](//g.example) [h](data:text/html,x) [i](#j)", `<p><a href="/b">a</a> <a href="mailto:d@e.example">c</a> f h i</p>`},
		{"link in link", "[a <https://b.example> c](/d)", `<p><a href="/d">a https://b.example c</a></p>`},
		{"strike", "~~a~~ \"b\" -- c", "<p><del>a</del> &#34;b&#34; -- c</p>"},
		{"ideographs", "日本\n語\n**太**\na\n*b*", "<p>日本語<strong>太</strong>\na\n<em>b</em></p>"},
		{"table", "|a|\n|-:|\n|b|", "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th scope=\"col\" class=\"right\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"right\">b</td>\n</tr>\n</tbody>\n</table></div>"},
		{"html", "<div>a</div>", "<p>&lt;div&gt;a&lt;/div&gt;</p>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, strings.TrimSpace(Article(tt.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	if got, want := Plain("<p>a &amp; <em>b</em></p><p>c<br>d</p><script>e</script>"), "a & b c d"; got != want {
		t.Errorf("Plain = %q, want %q", got, want)
	}
}

// allowed lists tags with a pattern of their attributes as key=value lines.
type allowed map[string]*regexp.Regexp

var (
	none      = regexp.MustCompile(`^$`)
	commentOK = allowed{"p": none, "br": none, "blockquote": none, "em": none, "strong": none, "code": none,
		"a": regexp.MustCompile(`^href=https?://\S+\nrel=ugc nofollow noopener\n$`)}
	articleOK = allowed{"p": none, "br": none, "hr": none, "h2": none, "h3": none, "h4": none, "ul": none, "li": none,
		"ol": regexp.MustCompile(`^(?:start=\d+\n)?$`), "blockquote": none, "footer": none, "em": none, "strong": none,
		"del": none, "code": none, "pre": none, "table": none, "thead": none, "tbody": none, "tr": none,
		"th":  regexp.MustCompile(`^scope=col\n(?:class=(?:right|center)\n)?$`),
		"td":  regexp.MustCompile(`^(?:class=(?:right|center)\n)?$`),
		"div": regexp.MustCompile(`^class=scroll\ntabindex=0\n$`),
		"img": regexp.MustCompile(`^src=/media/[^\s/]\S*\nalt=[^\x00]*\n$`),
		"a":   regexp.MustCompile(`^href=(?:https?://\S+\nrel=noopener\n|mailto:\S+\n|/(?:[^/\\]\S*)?\n)$`)}
)

// check holds for every output: only allowed markup, links that parse, tags
// that nest as written, and nothing left for a second sanitising.
func check(t *testing.T, in, out string, ok allowed, policy *bluemonday.Policy) {
	t.Helper()
	if again := policy.Sanitize(out); again != out {
		t.Errorf("not idempotent for %q:\n%s\n%s", in, out, again)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(out), body)
	if err != nil {
		t.Fatalf("%q: %v", in, err)
	}
	elements := 0
	for _, root := range nodes {
		if root.Type == html.ElementNode {
			elements += element(t, in, root, ok)
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				elements += element(t, in, n, ok)
			}
		}
	}
	// A parser that had to repair the nesting makes more elements or fewer.
	z := html.NewTokenizer(strings.NewReader(out))
	starts := 0
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			starts++
		}
	}
	if starts != elements {
		t.Errorf("%q: %d tags make %d elements:\n%s", in, starts, elements, out)
	}
}

func element(t *testing.T, in string, n *html.Node, ok allowed) int {
	t.Helper()
	var attrs strings.Builder
	for _, a := range n.Attr {
		attrs.WriteString(a.Key + "=" + a.Val + "\n")
		if a.Key == "href" || a.Key == "src" {
			if _, err := url.Parse(a.Val); err != nil {
				t.Errorf("%q: address %q: %v", in, a.Val, err)
			}
		}
	}
	if pattern := ok[n.Data]; pattern == nil || !pattern.MatchString(attrs.String()) {
		t.Errorf("%q: element %s with %q", in, n.Data, attrs.String())
	}
	return 1
}

func checkComment(t *testing.T, in string) {
	t.Helper()
	out := Comment(in)
	check(t, in, out, commentOK, commentPolicy)
	if strings.ContainsFunc(out, reorders) {
		t.Errorf("%q: reorders: %q", in, out)
	}
}

func checkArticle(t *testing.T, in string) {
	t.Helper()
	check(t, in, Article(in), articleOK, articlePolicy)
}

// corpus returns the shared hostile strings, whole and within markup.
func corpus(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile(shared + "blns.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared strings are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	if b, err = os.ReadFile(shared + "h5sc-vectors.txt"); err != nil {
		t.Fatal(err)
	}
	vectors := strings.Split(string(b), `<div id="`)
	if len(list) < 500 || len(vectors) < 100 {
		t.Fatalf("%d strings and %d vectors", len(list), len(vectors))
	}
	for _, v := range vectors {
		list = append(list, `<div id="`+v)
	}
	for _, s := range list[:len(list):len(list)] {
		list = append(list, "["+s+"]("+s+")", "<"+s+">", "[a](<"+s+">)", "![a]("+s+")", "> - "+s, "`"+s+"`", "|"+s+"|\n|-|\n|"+s+"|")
	}
	return list
}

func TestCorpus(t *testing.T) {
	for _, s := range corpus(t) {
		checkComment(t, s)
		checkArticle(t, s)
	}
}

func FuzzComment(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) { checkComment(t, s) })
}

func FuzzArticle(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) { checkArticle(t, s) })
}

func seed(f *testing.F) {
	for _, s := range []string{"*a* [b](http://c) > d", "> a\n>\n> — b", "|a|b|\n|-|:-:|\n|`\\|`|", "1) a\n   - b\n\n     c",
		"![a](/media/b) <http://c> https://d(e)", "[a]: b\n\n[a] [c][a]", "~~~\na\n", "a&#58;&Tab;\\\n", "a\n===\n\tb"} {
		f.Add(s)
	}
}

func BenchmarkComment(b *testing.B) {
	s := strings.Repeat("A *word* in a [comment](https://a.example/b) that https://c.example/d goes on.\n\n> As quoted.\n\n", 6)
	b.ReportAllocs()
	for b.Loop() {
		Comment(s)
	}
}

func BenchmarkArticle(b *testing.B) {
	s := strings.Repeat("## Head\n\nA *word* in an [article](/b) that goes on and on and on.\n\n- one\n- two\n\n> Quoted.\n>\n> — Who\n\n", 40)
	b.ReportAllocs()
	for b.Loop() {
		Article(s)
	}
}
