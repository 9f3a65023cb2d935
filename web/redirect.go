package web

import (
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// moved answers 301 for a path that an article had before, and for a path
// that is right but for a slash at its end: one hop either way. It returns
// news.ErrNotFound when there is nothing of the kind, and news.ErrGone when
// what stood there was withdrawn.
func (s *Server) moved(w http.ResponseWriter, r *http.Request) error {
	path := strings.TrimRight(r.URL.Path, "/")
	if path == "" {
		return news.ErrNotFound
	}
	v := news.Now(s.cfg.Now())
	a, err := s.db.RedirectTarget(r.Context(), v, path)
	if err == nil {
		permanent(w, r, views.ArticlePath(a.Day, a.Slug))
		return nil
	}
	if path != r.URL.Path {
		probe := r.Clone(r.Context())
		probe.URL = &url.URL{Path: path}
		if _, pattern := s.mux.Handler(probe); pattern != "" {
			permanent(w, r, probe.URL.EscapedPath())
			return nil
		}
	}
	return err
}

// permanent answers 301 and keeps the query.
func permanent(w http.ResponseWriter, r *http.Request, path string) {
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	http.Redirect(w, r, path, http.StatusMovedPermanently)
}
