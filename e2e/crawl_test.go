package e2e

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// crawlMax bounds the crawl; to reach it means that links grow without end.
const crawlMax = 6000

// A visit is what the crawl found at an address.
type visit struct {
	from    string
	ids     map[string]bool
	fetched bool
}

// Every link, form and file of the demo leads somewhere, and every public
// page has the headers that keep it safe and cacheable.
func TestCrawl(t *testing.T) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	seen := map[string]*visit{"/": {}}
	fragments := map[string]string{} // address with fragment → where it stands
	queue := []string{"/"}
	for len(queue) > 0 {
		if len(seen) > crawlMax {
			t.Fatalf("more than %d addresses; the last is %s", crawlMax, queue[len(queue)-1])
		}
		path := queue[0]
		queue = queue[1:]
		v := seen[path]
		answer, err := client.Get(shared.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		headers(t, path, answer)
		base, err := url.Parse(shared.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		follow := func(to string) {
			u, err := base.Parse(to)
			if err != nil {
				t.Errorf("%s: %q is no address", path, to)
				return
			}
			if "http://"+u.Host != shared.URL {
				return
			}
			if u.Fragment != "" {
				fragments[u.RequestURI()+"#"+u.Fragment] = path
			}
			if seen[u.RequestURI()] == nil {
				seen[u.RequestURI()] = &visit{from: path}
				queue = append(queue, u.RequestURI())
			}
		}
		switch {
		case answer.StatusCode >= 400:
			t.Errorf("%d for %s, linked from %s", answer.StatusCode, path, v.from)
		case answer.StatusCode >= 300:
			follow(answer.Header.Get("Location"))
		case strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html"):
			v.fetched = true
			v.ids = read(t, path, body, follow)
		}
	}
	for address, from := range fragments {
		path, fragment, _ := strings.Cut(address, "#")
		if v := seen[path]; v.fetched && !v.ids[fragment] {
			t.Errorf("%s leads to %s, where there is no %q", from, path, fragment)
		}
	}
	t.Logf("%d addresses, %d with a fragment", len(seen), len(fragments))
	if len(seen) < 300 {
		t.Errorf("only %d addresses found", len(seen))
	}
}

// headers wants what every answer to a stranger carries.
func headers(t *testing.T, path string, answer *http.Response) {
	t.Helper()
	h := answer.Header
	if h.Get("Set-Cookie") != "" {
		t.Errorf("%s sets a cookie", path)
	}
	if h.Get("Cache-Control") == "" || h.Get("Content-Security-Policy") == "" || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s lacks a header: %v", path, h)
	}
	private := false
	for _, p := range []string{"/login", "/join", "/account", "/comments/"} {
		private = private || strings.HasPrefix(path, p)
	}
	if answer.StatusCode != http.StatusOK || private {
		return
	}
	if !strings.HasPrefix(h.Get("Cache-Control"), "public, ") {
		t.Errorf("%s is not public: %s", path, h.Get("Cache-Control"))
	}
	if etag := h.Get("ETag"); etag == "" || strings.HasPrefix(etag, "W/") {
		t.Errorf("%s has the ETag %q", path, etag)
	}
}

// read finds the ids and the addresses in a page.
func read(t *testing.T, path string, body []byte, follow func(string)) map[string]bool {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for n := range root.Descendants() {
		get := false
		for _, a := range n.Attr {
			get = get || a.Key == "method" && strings.EqualFold(a.Val, "get")
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("%s has the id %q twice", path, a.Val)
				}
				ids[a.Val] = true
			case a.Key == "href", a.Key == "src":
				follow(a.Val)
			case a.Key == "action" && get:
				// Its fragment is of the page that the form's values make.
				address, _, _ := strings.Cut(a.Val, "#")
				follow(address)
			case a.Key == "srcset":
				for _, one := range strings.Split(a.Val, ",") {
					follow(strings.Fields(one)[0])
				}
			}
		}
	}
	return ids
}
