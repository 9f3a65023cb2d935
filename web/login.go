package web

import (
	"errors"
	"net/http"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// A gate is a request to log in or join: what was typed, where it leads back
// to, and the comment kept meanwhile.
type gate struct {
	email, name, password string
	next                  string
	token                 string
	errors                []views.FieldError // by the id of the field
}

// errorOf is what is wrong with one field, or "".
func (g gate) errorOf(id string) string {
	for _, e := range g.errors {
		if e.ID == id {
			return e.Text
		}
	}
	return ""
}

// newLogin serves GET /login.
func (s *Server) newLogin(w http.ResponseWriter, r *http.Request) error {
	return s.openGate(w, r, s.loginPage)
}

// openGate shows a gate to those outside and lets the others through.
func (s *Server) openGate(w http.ResponseWriter, r *http.Request, page gatePage) error {
	q := r.URL.Query()
	g := gate{next: localPath(q.Get("next")), token: q.Get("kept")}
	m, in, err := s.member(r)
	if err != nil {
		return err
	}
	if in {
		return s.passGate(w, r, m, g)
	}
	return s.writeGate(w, r, g, http.StatusOK, page)
}

// readGate reads a posted gate form.
func readGate(r *http.Request) (gate, error) {
	if err := parseForm(r); err != nil {
		return gate{}, err
	}
	g := gate{
		password: r.PostFormValue("password"),
		next:     localPath(r.PostFormValue("next")),
		token:    r.PostFormValue("kept"),
	}
	for field, value := range map[string]*string{"email": &g.email, "name": &g.name} {
		clean, err := text.CleanName(r.PostFormValue(field))
		if err != nil {
			return g, malformed("That is not text", "What arrived contains bytes that are no characters. Please go back and type it again.")
		}
		*value = clean
	}
	return g, nil
}

// createLogin serves POST /login.
func (s *Server) createLogin(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	switch {
	case g.email == "":
		g.errors = append(g.errors, views.FieldError{ID: "email", Text: "Enter your email address"})
	case len(g.email) > news.EmailMax:
		g.email = ""
		g.errors = append(g.errors, views.FieldError{ID: "email", Text: "That email address is too long to be one"})
	}
	if g.password == "" {
		g.errors = append(g.errors, views.FieldError{ID: "password", Text: "Enter your password"})
	}
	if len(g.errors) > 0 {
		return s.writeGate(w, r, g, http.StatusUnprocessableEntity, s.loginPage)
	}
	m, err := s.db.MemberByEmail(r.Context(), text.FoldEmail(g.email))
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	// An unknown address costs the same check as a wrong password.
	ok, err := s.passwords.Check(r.Context(), cutPassword(g.password), m.PasswordHash)
	if err != nil {
		return err
	}
	if !ok {
		g.errors = append(g.errors, views.FieldError{ID: "email", Text: "The email address or the password is wrong"})
		return s.writeGate(w, r, g, http.StatusUnprocessableEntity, s.loginPage)
	}
	if err := s.sessions.LogIn(w, r, m); err != nil {
		return err
	}
	return s.passGate(w, r, m, g)
}

// cutPassword bounds what is hashed; no password that could have been set is
// that long.
func cutPassword(p string) string { return p[:min(len(p), 4*news.PasswordMax+1)] }

// passGate leads a member on: to the comment kept for them, else to where
// they came from.
func (s *Server) passGate(w http.ResponseWriter, r *http.Request, m news.Member, g gate) error {
	v := news.Now(s.cfg.Now())
	v.Reader = readerOf(m)
	_, story, ok, err := s.keptNote(r.Context(), v, g.token)
	if err != nil {
		return err
	}
	if !ok {
		seeOther(w, r, g.next)
		return nil
	}
	if err := s.db.ClaimKept(r.Context(), session.Hash(g.token), m.ID); err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	seeOther(w, r, keptPath(story, g.token))
	return nil
}

// deleteLogin serves POST /logout.
func (s *Server) deleteLogin(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if err := s.sessions.LogOut(w, r); err != nil {
		return err
	}
	next := localPath(r.PostFormValue("next"))
	if strings.HasPrefix(next, views.AccountPath) {
		next = views.FrontPath // it would only ask to log in again
	}
	seeOther(w, r, next)
	return nil
}

// A gatePage fills in what tells the ways in apart.
type gatePage func(page *views.GatePage, g gate, other string)

// writeGate renders a gate with the comment kept meanwhile.
func (s *Server) writeGate(w http.ResponseWriter, r *http.Request, g gate, status int, fill gatePage) error {
	v := news.Now(s.cfg.Now())
	note, _, ok, err := s.keptNote(r.Context(), v, g.token)
	if err != nil {
		return err
	}
	page := views.GatePage{Errors: g.errors, Next: g.next}
	other := []string{"next", g.next}
	if ok {
		page.Kept, page.Token = &note, g.token
		other = []string{"kept", g.token}
	}
	fill(&page, g, views.WithQuery("", other...))
	title := page.Heading
	if len(g.errors) > 0 {
		title = "Error: " + title
	}
	page.Chrome = s.chrome(r, v, title)
	page.NoIndex = true
	s.write(w, r, status, views.GatePageView(page))
	return nil
}

func (s *Server) loginPage(page *views.GatePage, g gate, other string) {
	page.Heading = "Log in"
	if page.Kept != nil {
		page.Heading = "Log in to post your comment"
	}
	page.Action, page.Button = views.LoginPath, "Log in"
	page.Fields = []views.Field{
		{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "email", Value: g.email, Error: g.errorOf("email")},
		{ID: "password", Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Error: g.errorOf("password")},
	}
	page.Before, page.Other, page.After = "No account yet?", views.Link{Text: "Become a member", URL: views.JoinPath + other}, "."
	if page.Kept != nil {
		page.After = ". Your comment is kept for that too."
	}
}
