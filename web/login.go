package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// newLogin serves GET /login.
func (s *Server) newLogin(w http.ResponseWriter, r *http.Request) error {
	return s.openGate(w, r, s.loginPage)
}

// createLogin serves POST /login.
func (s *Server) createLogin(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	switch {
	case g.email == "":
		g.fault("email", "Enter your email address")
	case len(g.email) > news.EmailMax:
		g.email = ""
		g.fault("email", "That email address is too long to be one")
	}
	if g.password == "" {
		g.fault("password", "Enter your password")
	}
	if len(g.errors) > 0 {
		return s.refuseGate(w, r, g, nil, s.loginPage)
	}
	key := text.FoldEmail(g.email)
	if err := s.mayTry(r, key); err != nil {
		return s.refuseGate(w, r, g, err, s.loginPage)
	}
	m, err := s.db.MemberByEmail(r.Context(), key)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	// An unknown address costs the same check as a wrong password.
	ok, err := s.passwords.Check(r.Context(), cutPassword(g.password), m.PasswordHash)
	if err != nil {
		return err
	}
	if !ok {
		if err := s.countFailure(r, key); err != nil {
			return err
		}
		g.fault("email", "The email address or the password is wrong")
		return s.refuseGate(w, r, g, nil, s.loginPage)
	}
	if err := s.db.Forgive(r.Context(), news.LimitLoginAccount, s.accountKey(r, key)); err != nil {
		return err
	}
	if err := s.upgrade(r.Context(), m, g.password); err != nil {
		return err
	}
	return s.admit(w, r, m, g)
}

// accountKey names an account as tried from one address network, so that
// nobody can lock somebody else's account from afar.
func (s *Server) accountKey(r *http.Request, emailKey string) string {
	return emailKey + " " + s.networkKey(r)
}

// A tried is one limit on wrong passwords with its key.
type tried struct {
	limit news.Limit
	key   string
}

// triedBy are the limits on wrong passwords: for this account from this
// network, from this network at all, and for this account from anywhere.
func (s *Server) triedBy(r *http.Request, emailKey string) []tried {
	return []tried{
		{news.LimitLoginAccount, s.accountKey(r, emailKey)},
		{news.LimitLoginNetwork, s.networkKey(r)},
		{news.LimitLoginAny, emailKey},
	}
}

// mayTry refuses when too many passwords were wrong.
func (s *Server) mayTry(r *http.Request, emailKey string) error {
	for _, t := range s.triedBy(r, emailKey) {
		if err := s.peek(r, t.limit, t.key); err != nil {
			return err
		}
	}
	return nil
}

// countFailure counts a wrong password; that a limit is full now shows at the
// next try.
func (s *Server) countFailure(r *http.Request, emailKey string) error {
	for _, t := range s.triedBy(r, emailKey) {
		var tooMany *news.TooManyError
		if err := s.take(r, t.limit, t.key); err != nil && !errors.As(err, &tooMany) {
			return err
		}
	}
	return nil
}

// upgrade hashes a password anew that was just shown to be right, when what a
// hash costs has risen since.
func (s *Server) upgrade(ctx context.Context, m news.Member, password string) error {
	if !s.passwords.Outdated(m.PasswordHash) {
		return nil
	}
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.UpgradePassword(ctx, m.ID, m.PasswordHash, hash)
}

// admit lets in whoever has shown the first factor: through the second where
// the account has one.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, m news.Member, g gate) error {
	second, err := s.needsSecond(r.Context(), m)
	if err != nil {
		return err
	}
	if second {
		return s.beginSecond(w, r, m, g)
	}
	return s.finishLogin(w, r, m, g, false)
}

// finishLogin makes the session and leads on.
func (s *Server) finishLogin(w http.ResponseWriter, r *http.Request, m news.Member, g gate, second bool) error {
	if err := s.sessions.LogIn(w, r, m, second); err != nil {
		return err
	}
	forgetPages(w)
	return s.passGate(w, r, m, g)
}

// forgetPages makes the browser drop the pages it keeps: after a log-in or a
// log-out, Back must not show how they looked to somebody else.
func forgetPages(w http.ResponseWriter) { w.Header().Set("Clear-Site-Data", `"cache"`) }

// cutPassword bounds what is hashed; no password that could have been set is
// that long.
func cutPassword(p string) string { return p[:min(len(p), 4*news.PasswordMax+1)] }

// deleteLogin serves POST /logout.
func (s *Server) deleteLogin(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if err := s.sessions.LogOut(w, r); err != nil {
		return err
	}
	forgetPages(w)
	next := localPath(r.PostFormValue("next"))
	for _, private := range []string{views.AccountPath, views.NewsroomPath} {
		if strings.HasPrefix(next, private) {
			next = views.FrontPath // it would only ask to log in again
		}
	}
	seeOther(w, r, next)
	return nil
}

func (s *Server) loginPage(page *views.FormPage, g gate) {
	page.Heading = "Log in"
	if page.Kept != nil {
		page.Heading = "Log in to post your comment"
	}
	page.Form = &views.Form{
		Action: views.LoginPath, Button: "Log in", Hidden: g.hidden(),
		Fields: []views.Field{
			{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "username", Value: g.email, Error: g.errorOf("email")},
			passwordField("current-password", g.errorOf("password"), ""),
		},
	}
	page.Passkey = s.passkeys.Usable()
	page.PasskeyNext, page.PasskeyKept = g.next, g.kept
	page.Links = []views.Sentence{
		{Before: "Rather not type it?", Link: views.Link{Text: "Log in by a link in a mail", URL: g.to(views.LinkPath)}, After: "."},
		{Before: "No longer know it?", Link: views.Link{Text: "Choose a new password", URL: g.to(views.ForgottenPath)}, After: "."},
		{Before: "No account yet?", Link: views.Link{Text: "Become a member", URL: g.to(views.JoinPath)}, After: "."},
	}
	if page.Kept != nil {
		page.Links[2].After = ". Your comment is kept for that too."
	}
}

// passwordField is a password input; autocomplete says to the browser which.
func passwordField(autocomplete, fault, hint string) views.Field {
	return views.Field{ID: "password", Name: "password", Label: "Password", Type: "password", Autocomplete: autocomplete, Error: fault, Hint: hint}
}

// passwordHint says what a new password needs.
func passwordHint(m news.Role) string {
	return "At least " + strconv.Itoa(passwordMin(m)) + " characters. A few words in a row are good; spaces are fine."
}
