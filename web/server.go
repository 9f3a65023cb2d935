// Package web answers HTTP: it reads a request, asks the store, fills a view
// struct and renders it. It holds no SQL and no HTML. All routes are in
// routes.go, the mapping of errors to answers in error.go, and each noun has
// the file of its name.
package web

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"broadsheet/internal/factor"
	"broadsheet/internal/password"
	"broadsheet/internal/session"
	"broadsheet/store"
)

// Config is what the newsroom decides about its site.
type Config struct {
	Name     string         // on the masthead
	Line     string         // one sentence about the paper, or ""
	Language string         // BCP 47, of the interface and of stories without their own
	Zone     *time.Location // in which dates are printed and addresses made
	URL      *url.URL       // public address, without a path
	Media    fs.FS          // picture files by name
	Now      func() time.Time
	Log      *slog.Logger

	Secret         []byte         // keys the hashes of address networks and stop links
	TrustedProxies []netip.Prefix // whose forwarding headers count
	Unlimited      bool           // no limits, for load tests
	// SecondFactorOptional lets staff in without a second factor, for the demo.
	SecondFactorOptional bool
	// MailDue is called after mail has been queued; it must not block.
	MailDue func()
}

// Server is the site as an http.Handler.
type Server struct {
	cfg       Config
	db        *store.DB
	sessions  *session.Store
	passwords *password.Hasher
	passkeys  *factor.Passkeys
	masthead  atomic.Pointer[string] // the site's name, which set-up changes
	sitting   atomic.Pointer[court]  // the rules about comments, made ready
	mux       *router
	handler   http.Handler
}

// New returns the site. It fails when a route lacks one of the properties
// that `site routes` prints.
func New(cfg Config, db *store.DB) (*Server, error) {
	if len(cfg.Secret) < 32 {
		return nil, errors.New("web: the site's secret needs 32 bytes")
	}
	if cfg.MailDue == nil {
		cfg.MailDue = func() {}
	}
	s := &Server{
		cfg:       cfg,
		db:        db,
		passwords: password.NewHasher(),
		mux:       newRouter(),
	}
	s.masthead.Store(&cfg.Name)
	var err error
	if s.passkeys, err = factor.NewPasskeys(cfg.URL, cfg.Name, cfg.Secret); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s.sessions = session.New(db, cfg.Now, cfg.URL.Scheme == "https", s.network)
	for _, route := range s.routes() {
		if err := route.check(); err != nil {
			return nil, fmt.Errorf("route %s %s: %w", route.Method, route.Pattern, err)
		}
		s.mux.Handle(route.Method, route.Pattern, s.serve(route))
	}
	// From the outside in: what is said about every request, what every
	// response carries, who may write at all, and then the route.
	s.handler = s.logged(s.headed(s.sameOrigin(http.HandlerFunc(s.dispatch))))
	return s, nil
}

// ServeHTTP answers every request to the site.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
