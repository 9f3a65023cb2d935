package web

import (
	"net/url"
	"strings"
	"testing"
)

func TestLocalPath(t *testing.T) {
	for _, own := range []string{"/", "/latest", "/20260310/x?order=oldest&page=2#comment-7", "/category/caf%C3%A9", "/search?q=a+b"} {
		if got := localPath(own); got != own {
			t.Errorf("%q became %q", own, got)
		}
	}
	for _, other := range []string{
		"", "latest", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
		"https://evil.example", "https:evil.example", "javascript:alert(1)", " /latest", "/latest\r\nSet-Cookie: a=b",
		"/%5cevil.example", "/%2fevil.example", "http://paper.example/", "/a\x00b", "/a b", "/" + strings.Repeat("a", 3000), "/%zz",
	} {
		if got := localPath(other); got != "/" {
			t.Errorf("%q became %q", other, got)
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/a", "//a", "/\\a", "/%2f%2fa", "https:a", "/a?b#c"} {
		f.Add(s)
	}
	base := &url.URL{Scheme: "https", Host: "paper.example", Path: "/login"}
	f.Fuzz(func(t *testing.T, next string) {
		to, err := base.Parse(localPath(next))
		if err != nil || to.Host != base.Host || to.Scheme != base.Scheme {
			t.Errorf("%q leads to %v (%v)", next, to, err)
		}
	})
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 comments", 1: "1 comment", 48: "48 comments", 1204: "1,204 comments", 1000000: "1,000,000 comments"} {
		if got := plural(n, "comment"); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
