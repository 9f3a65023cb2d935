package markup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		md   string
		want []string
	}{
		{"no link, example.org", nil},
		{"https://Example.ORG/path?q#f.", []string{"example.org"}},
		{"(http://a.example:8080/) and https://b.example./", []string{"a.example", "b.example"}},
		{"[words](https://a.example/x) [again](HTTPS://A.EXAMPLE)", []string{"a.example"}},
		{"<https://a.example>", []string{"a.example"}},
		{"[x](https&colon;//a.example)", []string{"a.example"}},
		{"[x][1]\n\n[1]: https://a.example", []string{"a.example"}}, // no reference, but an address
		{"> *quoted https://a.example*", []string{"a.example"}},
		{"`https://a.example`", nil},
		{"![p](https://a.example/p.png)", []string{"a.example"}},
		{"ftp://a.example mailto:x@a.example javascript://a.example", nil},
		{"[x](//a.example) [y](/path)", nil},
		{"https://example.org@evil.example/", nil}, // no link, as it deceives
		{"[x](https://example.org\\@evil.example/)", nil},
		{"https://exämple.org https://EXÄMPLE.org", []string{"xn--exmple-cua.org"}},
		{"[x](https://ｅxample。org/)", []string{"example.org"}},
		{"https://xn--exmple-cua.org", []string{"xn--exmple-cua.org"}},
		{"[x](https://[::1]/) and http://127.0.0.1/", []string{"127.0.0.1"}},
		{"xhttps://a.example", nil},
	} {
		if got := Links(tt.md); !slices.Equal(got, tt.want) {
			t.Errorf("Links(%q) = %q, want %q; rendered %q", tt.md, got, tt.want, Comment(tt.md))
		}
	}
}

// As many links as Comment shows, and never more work than it is allowed.
func TestLinksAgree(t *testing.T) {
	for _, unit := range []string{"https://a.example ", "[x](https://a.example)", "<https://a.example>", "[", "*[a](", "https://"} {
		md := strings.Repeat(unit, news.CommentMaxBytes/len(unit))
		start := time.Now()
		hosts := Links(md)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%q: %v", unit, took)
		}
		if linked := strings.Contains(Comment(md), "<a "); linked != (len(hosts) > 0) {
			t.Errorf("%q: hosts %q, rendered with a link: %v", unit, hosts, linked)
		}
	}
}
