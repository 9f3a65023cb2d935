package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/klauspost/compress/gzip"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// sectionsMax is how many categories the navigation names; the others are on
// the page of all sections.
const sectionsMax = 8

// bareChrome is the page around the content as far as it needs no store.
func (s *Server) bareChrome(r *http.Request, v news.Viewpoint, title string) views.Chrome {
	here := r.URL.Path
	if r.Method != http.MethodGet && r.Method != http.MethodHead || strings.HasPrefix(here, views.LoginPath) || strings.HasPrefix(here, views.JoinPath) {
		here = views.FrontPath
	}
	c := views.Chrome{
		SiteName:   s.name(),
		SiteLine:   s.cfg.Line,
		Title:      title + " | " + s.name(),
		Language:   s.cfg.Language,
		Today:      s.today(v.At),
		LoginURL:   views.WithQuery(views.LoginPath, "next", here),
		JoinURL:    views.WithQuery(views.JoinPath, "next", here),
		LogoutNext: here,
	}
	if l := requestOf(r).login; l != nil && l.in {
		c.MemberName, c.NoticesURL = l.Member.Name, views.NoticesPath
		if l.Member.Role.May(news.ActModerate) && !l.Member.Suspended(v.At) && !s.lacksSecond(r, l.Member) {
			c.ModerationURL = views.ModerationPath
		}
	}
	return c
}

// chrome is bareChrome with the sections, which are left out when the store
// cannot be asked.
func (s *Server) chrome(r *http.Request, v news.Viewpoint, title string) views.Chrome {
	// Who is logged in shows on every page, also where nothing else depends on
	// it; that it cannot be told now is told by whatever does.
	_, _, _ = s.member(r)
	c := s.bareChrome(r, v, title)
	if v.Reader.SignedIn() {
		var err error
		if c.Unread, err = s.db.UnreadNotices(r.Context(), v); err != nil {
			s.cfg.Log.Error("notices left out", "request", requestOf(r).id, "error", err.Error())
		}
	}
	categories, err := s.db.Categories(r.Context(), v)
	if err != nil {
		s.cfg.Log.Error("sections left out", "request", requestOf(r).id, "error", err.Error())
		return c
	}
	for i, cat := range categories {
		if i == sectionsMax {
			c.MoreLinks = true
			break
		}
		path := views.CategoryPath(cat.Slug)
		c.Sections = append(c.Sections, views.Link{Text: cat.Name, URL: path, Current: r.URL.Path == path})
	}
	return c
}

// canonical is the absolute address of a path on this site.
func (s *Server) canonical(path string) string { return s.cfg.URL.String() + path }

// show answers 200 with a page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	s.write(w, r, http.StatusOK, page)
	return nil
}

// write renders a page to memory first, so that a fault in the middle of it
// is a whole 500 and never half a page, and sends it with the caching that
// its route and reader allow.
func (s *Server) write(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	var body bytes.Buffer
	// Rendering reads no store and takes no time: it needs no end.
	if err := page.Render(context.WithoutCancel(r.Context()), &body); err != nil {
		s.cfg.Log.Error("render", "request", requestOf(r).id, "error", err.Error())
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "Something broke on our side. Please try again.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	route := requestOf(r).route
	switch {
	case s.sessions.Carried(r):
		h.Set("Cache-Control", "private, no-store")
	case status != http.StatusOK:
		h.Set("Cache-Control", "no-store")
	case route == nil || route.Cache != CachePublic || h.Get("Cache-Control") != "":
		// A handler may have set something stricter than its route.
		h.Set("Cache-Control", "private, no-store")
	default:
		// Browsers and shared caches ask each time and mostly hear 304:
		// whoever logs in must not be shown the page from before.
		h.Set("Cache-Control", "public, max-age=0, must-revalidate")
		sum := sha256.Sum256(body.Bytes())
		h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	}
	s.send(w, r, status, &body)
}

// notShared keeps the answer out of shared caches although its route is
// public, because something in it is meant for one reader.
func notShared(w http.ResponseWriter) { w.Header().Set("Cache-Control", "private, no-store") }

// compressMin is the size under which compressing costs more than it saves.
const compressMin = 1 << 10

var zippers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, 5)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}}

// send writes a rendered body, compressed where the browser takes it, or 304
// where it has it already.
func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, body *bytes.Buffer) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	zip := body.Len() >= compressMin && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
	if etag := h.Get("ETag"); etag != "" {
		if zip {
			etag = strings.TrimSuffix(etag, `"`) + `-gz"`
			h.Set("ETag", etag)
		}
		if matches(r.Header.Get("If-None-Match"), etag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if zip {
		var small bytes.Buffer
		z := zippers.Get().(*gzip.Writer)
		z.Reset(&small)
		_, err := z.Write(body.Bytes())
		if cerr := z.Close(); err == nil {
			err = cerr
		}
		zippers.Put(z)
		if err == nil { // writing to memory does not fail
			h.Set("Content-Encoding", "gzip")
			body = &small
		}
	}
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body.Bytes()) // the reader going away is not our error
	}
}

// matches reports whether an If-None-Match header names the tag (RFC 9110
// §13.1.2: comparison is weak).
func matches(header, etag string) bool {
	if header == "*" {
		return true
	}
	for _, candidate := range strings.Split(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(candidate), "W/") == etag {
			return true
		}
	}
	return false
}

// seeOther answers 303: after a form, to the page that shows what it did.
func seeOther(w http.ResponseWriter, r *http.Request, to string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
}
