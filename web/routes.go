package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/news"
)

// A CacheClass says who may keep a response.
type CacheClass string

// The cache classes. A response to a request with a session is private
// whatever its route says.
const (
	CachePublic    CacheClass = "public"    // shared, revalidated by ETag
	CachePrivate   CacheClass = "private"   // private, no-store
	CacheImmutable CacheClass = "immutable" // for ever: the address names the content
)

// Body limits in bytes. Reading a request takes none.
const (
	bodyNone = 0
	bodyForm = 64 << 10
)

// Anyone is the least role of a route that needs no account.
const Anyone news.Role = "anyone"

// A Route is one method and pattern with everything an operator wants to know
// of it; `site routes` prints them.
type Route struct {
	Method  string
	Pattern string
	Role    news.Role // the least role that is not sent away
	Cache   CacheClass
	Body    int64  // bytes of request body read at most
	Rate    string // rate-limit class

	answer func(http.ResponseWriter, *http.Request) error
}

// routes lists every address of the site.
func (s *Server) routes() []Route {
	get := func(pattern string, cache CacheClass, answer func(http.ResponseWriter, *http.Request) error) Route {
		return Route{Method: http.MethodGet, Pattern: pattern, Role: Anyone, Cache: cache, Body: bodyNone, Rate: "read", answer: answer}
	}
	post := func(pattern, rate string, answer func(http.ResponseWriter, *http.Request) error) Route {
		return Route{Method: http.MethodPost, Pattern: pattern, Role: Anyone, Cache: CachePrivate, Body: bodyForm, Rate: rate, answer: answer}
	}
	member := func(r Route) Route { r.Role = news.RoleMember; return r }

	return []Route{
		get("/{$}", CachePublic, s.showFront),
		get("/latest", CachePublic, s.showLatest),
		get("/category", CachePublic, s.showCategories),
		get("/category/{slug}", CachePublic, s.showCategory),
		get("/tag/{slug}", CachePublic, s.showTag),
		get("/author/{slug}", CachePublic, s.showAuthor),
		get("/{day}/{slug}", CachePublic, s.showArticle),

		post("/{day}/{slug}/comments", "comment", s.createComment),
		get("/comments/{id}", CachePrivate, s.showComment),

		get("/login", CachePrivate, s.newLogin),
		post("/login", "login", s.createLogin),
		post("/logout", "login", s.deleteLogin),
		get("/join", CachePrivate, s.newMember),
		post("/join", "join", s.createMember),
		member(get("/account", CachePrivate, s.showAccount)),

		get("/static/{file}", CacheImmutable, s.showAsset),
		get("/media/{file}", CacheImmutable, s.showMedia),
		get("/healthz", CachePrivate, s.showHealth),
		get("/readyz", CachePrivate, s.showReadiness),
	}
}

// check refuses a route that leaves one of its properties open.
func (r Route) check() error {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return errors.New("method is neither GET nor POST")
	case r.Role == "":
		return errors.New("no least role")
	case r.Cache == "":
		return errors.New("no cache class")
	case r.Method == http.MethodPost && r.Body == bodyNone:
		return errors.New("no body limit")
	case r.Rate == "":
		return errors.New("no rate-limit class")
	case r.answer == nil:
		return errors.New("no handler")
	}
	return nil
}

// Routes returns the route table, for operators to read.
func Routes() []Route { return (&Server{}).routes() }
