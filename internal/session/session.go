// Package session keeps log-ins behind the Store interface of
// gorilla/sessions. The cookie holds an opaque random token and nothing else;
// the backend holds the token's SHA-256, the member and the times. Visitors
// who never log in get no cookie and no row. It knows no page and no SQL.
package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"broadsheet/internal/news"
)

// A Backend stores sessions; *store.DB is one.
type Backend interface {
	CreateSession(ctx context.Context, s news.Session) error
	SessionMember(ctx context.Context, tokenHash []byte, at time.Time) (news.Session, news.Member, error)
	TouchSession(ctx context.Context, tokenHash []byte, at time.Time) error
	DeleteSession(ctx context.Context, tokenHash []byte) error
}

// touchEvery bounds how often reading pages writes the time last seen.
const touchEvery = 5 * time.Minute

// The keys of a session's values: the news.Member, the news.Session as stored,
// and whether a second factor is shown at this log-in.
const (
	memberKey = "member"
	storedKey = "stored"
	secondKey = "second"
)

// Store is a sessions.Store over a Backend.
type Store struct {
	backend Backend
	now     func() time.Time
	secure  bool
	network func(*http.Request) []byte
}

var _ sessions.Store = (*Store)(nil)

// New returns a Store that tells the time by now and where a request comes
// from by network, which gives a keyed hash. With secure, cookies carry the
// Secure attribute and the __Host- prefix (RFC 6265bis), which browsers accept
// over https only.
func New(b Backend, now func() time.Time, secure bool, network func(*http.Request) []byte) *Store {
	return &Store{backend: b, now: now, secure: secure, network: network}
}

// CookieName is the name of the one cookie there is.
func (s *Store) CookieName() string {
	if s.secure {
		return "__Host-session"
	}
	return "session"
}

// options are set here in full: gorilla's defaults are SameSite=None and no
// HttpOnly.
func (s *Store) options(maxAge int) *sessions.Options {
	return &sessions.Options{Path: "/", MaxAge: maxAge, Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// Get returns the request's session, the same one each time it is asked.
func (s *Store) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New returns the session of the request's cookie, or a new one without
// values when there is none, it is unknown, or it has ended: an unknown token
// is never adopted. An error means that the backend could not be asked.
func (s *Store) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.Options = s.options(int(news.SessionLifetime / time.Second))
	session.IsNew = true
	cookie, err := r.Cookie(name)
	if err != nil || cookie.Value == "" {
		return session, nil
	}
	hash := Hash(cookie.Value)
	at := news.Instant(s.now())
	stored, member, err := s.backend.SessionMember(r.Context(), hash, at)
	if errors.Is(err, news.ErrNotFound) {
		return session, nil
	}
	if err != nil {
		return session, err
	}
	if at.Sub(stored.SeenAt) > touchEvery {
		// Failing to note the time must not fail the page.
		_ = s.backend.TouchSession(r.Context(), hash, at)
	}
	session.ID = cookie.Value
	session.IsNew = false
	session.Values[memberKey] = member
	session.Values[storedKey] = stored
	return session, nil
}

// Save stores a session and sets its cookie. A session that already has a
// token gets a new one and the old one is dead from then on, so that a token
// from before a log-in is worth nothing after it. With Options.MaxAge < 0 the
// session ends and the cookie is dropped. Without a member nothing is stored
// and no cookie is set.
func (s *Store) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	old := session.ID
	if session.Options.MaxAge < 0 {
		http.SetCookie(w, sessions.NewCookie(session.Name(), "", session.Options))
		if old == "" {
			return nil
		}
		return s.backend.DeleteSession(r.Context(), Hash(old))
	}
	member, ok := session.Values[memberKey].(news.Member)
	if !ok {
		return nil
	}
	token := NewToken()
	at := news.Instant(s.now())
	lifetime := news.SessionLifetime
	if member.Role.Staff() {
		lifetime = news.StaffSessionLifetime
	}
	second, _ := session.Values[secondKey].(bool)
	stored := news.Session{
		TokenHash: Hash(token),
		MemberID:  member.ID,
		CreatedAt: at,
		SeenAt:    at,
		ExpiresAt: at.Add(lifetime),
		Device:    Device(r.UserAgent()),
		Network:   s.network(r),
		Second:    second,
	}
	if err := s.backend.CreateSession(r.Context(), stored); err != nil {
		return err
	}
	session.Values[storedKey] = stored
	session.Options = s.options(int(lifetime / time.Second))
	if old != "" {
		if err := s.backend.DeleteSession(r.Context(), Hash(old)); err != nil {
			return err
		}
	}
	session.ID = token
	session.IsNew = false
	http.SetCookie(w, sessions.NewCookie(session.Name(), token, session.Options))
	return nil
}

// A Login is who is logged in, and how.
type Login struct {
	Member  news.Member
	Session news.Session
}

// Login returns who is logged in, and whether anybody is. An error means that
// the backend could not be asked.
func (s *Store) Login(r *http.Request) (Login, bool, error) {
	session, err := s.Get(r, s.CookieName())
	if err != nil {
		return Login{}, false, err
	}
	m, ok := session.Values[memberKey].(news.Member)
	if !ok {
		return Login{}, false, nil
	}
	stored, _ := session.Values[storedKey].(news.Session)
	return Login{Member: m, Session: stored}, true, nil
}

// Carried reports whether the request brings a session cookie at all, dead or
// alive; such a request never gets a shared response.
func (s *Store) Carried(r *http.Request) bool {
	_, err := r.Cookie(s.CookieName())
	return err == nil
}

// LogIn makes a new session for the member in place of any other; second says
// that a second factor was shown.
func (s *Store) LogIn(w http.ResponseWriter, r *http.Request, m news.Member, second bool) error {
	session, err := s.Get(r, s.CookieName())
	if err != nil {
		return err
	}
	session.Values[memberKey] = m
	session.Values[secondKey] = second
	return session.Save(r, w)
}

// LogOut ends the session, if there is one, and drops the cookie.
func (s *Store) LogOut(w http.ResponseWriter, r *http.Request) error {
	session, err := s.Get(r, s.CookieName())
	if err != nil {
		return err
	}
	session.Options = s.options(-1)
	delete(session.Values, memberKey)
	return session.Save(r, w)
}

// NewToken returns 256 random bits for use in a cookie or an address.
func NewToken() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails: crypto/rand ends the program rather than return weak bytes
	return base64.RawURLEncoding.EncodeToString(b)
}

// Hash is what is kept of a token: whoever reads the database cannot use it.
func Hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
