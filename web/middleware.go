package web

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
)

// requestKey is the context key of the request's own record.
type requestKey struct{}

// request is what the layers of one request tell each other.
type request struct {
	id    string
	route *Route // nil until dispatched
	login *login // nil until somebody asked who reads
}

// login is who reads, looked up once.
type login struct {
	session.Login
	in bool
}

func requestOf(r *http.Request) *request { return r.Context().Value(requestKey{}).(*request) }

// statusWriter remembers what was answered, for the log.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logged writes one line for each request, without addresses or query: both
// may hold what is nobody's business. A panic becomes a 500 and a line.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		req := &request{id: strings.ToLower(rand.Text()[:12])}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, req))
		out := &statusWriter{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				s.cfg.Log.Error("panic", "request", req.id, "value", p, "stack", string(debug.Stack()))
				if out.status == 0 {
					s.fail(out, r, errors.New("panic"))
				}
			}
			pattern := "unmatched"
			if req.route != nil {
				pattern = req.route.Pattern
			}
			s.cfg.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("request", req.id), slog.String("method", r.Method), slog.String("route", pattern),
				slog.Int("status", out.status), slog.Float64("ms", float64(time.Since(start).Microseconds())/1000))
		}()
		next.ServeHTTP(out, r)
	})
}

// policy allows this site's own files and nothing else, and nothing inline.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headed sets what every response carries, errors included.
func (s *Server) headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
		if s.cfg.URL.Scheme == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses writes that another site's page sent (CSRF), by
// Sec-Fetch-Site or Origin; together with SameSite=Lax cookies it needs no
// token in the form, so that pages stay the same for everybody.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &refusal{
			status:  http.StatusForbidden,
			heading: "This was sent from another site",
			text:    "For your safety we accept forms only from our own pages. Open the page here and try again.",
		})
	}))
	return guard.Handler(next)
}

// dispatch finds the route, or says why there is none.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	if len(r.RequestURI) > 8<<10 {
		s.fail(w, r, &refusal{status: http.StatusRequestURITooLong, heading: "That address is too long", text: "It cannot lead anywhere here."})
		return
	}
	if _, pattern := s.mux.Handler(r); pattern == "" {
		s.unmatched(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// serve makes a route's function a handler: body limit, then the function,
// then its error's answer.
func (s *Server) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requestOf(r).route = &route
		if route.Body > 0 {
			r.Body = http.MaxBytesReader(w, r.Body, route.Body)
		}
		if err := s.admitted(w, r, route); err != nil {
			s.fail(w, r, withWords(r, err))
			return
		}
		if err := route.answer(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// errSetUpSecond sends staff to set up a second factor before anything else.
var errSetUpSecond = errors.New("second factor to be set up")

// admitted says whether whoever sent a request may use a route: by role, and
// for staff by a second factor, without which they reach nothing but what
// everybody reads and the pages that set one up.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request, route Route) error {
	if route.Action == news.ActRead {
		return nil
	}
	m, in, err := s.member(r)
	if err != nil {
		return err
	}
	if !in {
		if route.Action == news.ActComment {
			return nil // what is written without a session is kept
		}
		return news.ErrSignInNeeded
	}
	if !m.Role.May(route.Action) {
		return news.ErrForbidden
	}
	// Suspended, one still has an account and hears why one may not comment,
	// and no more.
	if m.Suspended(s.cfg.Now()) && route.Action != news.ActAccount && route.Action != news.ActComment {
		return news.ErrForbidden
	}
	if s.lacksSecond(r, m) && !route.setsUp && route.Action != news.ActComment {
		return errSetUpSecond
	}
	return nil
}

// lacksSecond reports whether a member of staff has shown no second factor
// where one is required. Only who is logged in has a session to ask.
func (s *Server) lacksSecond(r *http.Request, m news.Member) bool {
	return m.Role.Staff() && !s.cfg.SecondFactorOptional && !requestOf(r).login.Session.Second
}

// unmatched answers requests that no route takes: an address the article once
// had, one with a slash too many, one that exists for other methods, or none.
func (s *Server) unmatched(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		err := s.moved(w, r)
		if !errors.Is(err, news.ErrNotFound) {
			if err != nil {
				s.fail(w, r, err)
			}
			return
		}
	}
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		probe := r.Clone(r.Context())
		probe.Method = method
		if _, pattern := s.mux.Handler(probe); pattern != "" {
			allowed = append(allowed, method)
			if method == http.MethodGet {
				allowed = append(allowed, http.MethodHead)
			}
		}
	}
	if len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		s.fail(w, r, &refusal{status: http.StatusMethodNotAllowed, heading: "That cannot be done here", text: "This address exists, but not for what was asked of it."})
		return
	}
	s.fail(w, r, news.ErrNotFound)
}

// member returns who is logged in; it asks the store once a request, and not
// at all for readers without a cookie.
func (s *Server) member(r *http.Request) (news.Member, bool, error) {
	req := requestOf(r)
	if req.login == nil {
		l, in, err := s.sessions.Login(r)
		if err != nil {
			return news.Member{}, false, err
		}
		req.login = &login{Login: l, in: in}
	}
	return req.login.Member, req.login.in, nil
}

// readerOf is a member as a reader of pages.
func readerOf(m news.Member) news.Reader {
	return news.Reader{MemberID: m.ID, Name: m.Name, Role: m.Role}
}

// viewpoint is the clock's now and the real reader: the one the live pages
// are made for.
func (s *Server) viewpoint(r *http.Request) (news.Viewpoint, error) {
	v := news.Now(s.cfg.Now())
	m, in, err := s.member(r)
	if in {
		v.Reader = readerOf(m)
	}
	return v, err
}
