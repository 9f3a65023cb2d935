package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A Page is one address as a crawl found it.
type Page struct {
	URL    string // path and query
	From   string // where the crawl first found it
	Status int
	Header http.Header
	Body   string
	Root   *html.Node // of HTML pages
}

// Crawl follows every link, image, stylesheet, script, srcset and GET form of
// a site from its front page, signed out, and hands each answer to look. It
// reports links that are broken and servers that fail as errors of the test,
// and returns how many addresses it saw. Links to other hosts are not
// followed; base is the site's own absolute address.
func Crawl(t *testing.T, site http.Handler, base string, look func(Page)) int {
	t.Helper()
	type found struct{ url, from string }
	queue := []found{{"/", ""}}
	seen := map[string]bool{"/": true}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, next.url, nil))
		p := Page{URL: next.url, From: next.from, Status: w.Code, Header: w.Header(), Body: w.Body.String()}
		if w.Code >= 400 {
			t.Errorf("%s, linked from %s, answers %d", p.URL, p.From, w.Code)
		}
		var links []string
		if to := w.Header().Get("Location"); to != "" {
			links = append(links, to)
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			root, err := html.Parse(strings.NewReader(p.Body))
			if err != nil {
				t.Errorf("%s: %v", p.URL, err)
				continue
			}
			p.Root = root
			links = append(links, pageLinks(root)...)
		}
		look(p)
		here, err := url.Parse(next.url)
		if err != nil {
			t.Errorf("%s: %v", next.url, err)
			continue
		}
		for _, link := range links {
			to, err := here.Parse(strings.TrimPrefix(link, base))
			if err != nil {
				t.Errorf("%s has a link that is none: %q", p.URL, link)
				continue
			}
			if to.Host != "" || to.Scheme != "" {
				continue
			}
			to.Fragment = ""
			if to.Path == "/login" || to.Path == "/join" {
				to.RawQuery = "" // where they lead back to makes no other page
			}
			if address := to.String(); !seen[address] {
				seen[address] = true
				queue = append(queue, found{address, p.URL})
			}
		}
	}
	return len(seen)
}

// pageLinks are all addresses a page names, its own host's and others'.
func pageLinks(root *html.Node) []string {
	var links []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		get := n.Data == "form" && !strings.EqualFold(Attribute(n, "method"), "post")
		for _, a := range n.Attr {
			switch {
			case a.Key == "href", a.Key == "src", a.Key == "action" && get:
				links = append(links, a.Val)
			case a.Key == "srcset":
				for _, candidate := range strings.Split(a.Val, ",") {
					file, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
					links = append(links, file)
				}
			}
		}
	}
	return links
}

// Attribute returns the value of an element's attribute, or "".
func Attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
