package web

import (
	"net/http"
	"strings"
)

// A router finds the route of a request. A mux refuses two patterns neither of
// which is more specific, such as /moderation/articles/{id} and
// /{day}/{slug}/comments; so those of articles, which begin with a date, stand
// in a mux of their own that is asked last.
type router struct{ named, dated *http.ServeMux }

func newRouter() *router { return &router{http.NewServeMux(), http.NewServeMux()} }

// Handle adds a route.
func (t *router) Handle(method, pattern string, h http.Handler) {
	mux := t.named
	if strings.HasPrefix(pattern, "/{day}/") {
		mux = t.dated
	}
	mux.Handle(method+" "+pattern, h)
}

// Handler returns what answers a request, and its pattern; "" for nothing.
func (t *router) Handler(r *http.Request) (http.Handler, string) {
	if h, pattern := t.named.Handler(r); pattern != "" {
		return h, pattern
	}
	return t.dated.Handler(r)
}

// ServeHTTP answers a request that has a route.
func (t *router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, pattern := t.named.Handler(r); pattern != "" {
		t.named.ServeHTTP(w, r)
		return
	}
	t.dated.ServeHTTP(w, r)
}
