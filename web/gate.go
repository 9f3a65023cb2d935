package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// A gate is a request to get in: what was typed, where it leads back to, and
// the comment kept meanwhile.
type gate struct {
	email, name, password string
	next                  string
	kept                  string             // token of a kept comment
	choice                string             // what was chosen of several, on a page that asks
	token                 string             // of a mailed link
	errors                []views.FieldError // by the id of the field
}

// fault notes what is wrong with a field.
func (g *gate) fault(field, words string) {
	g.errors = append(g.errors, views.FieldError{ID: field, Text: words})
}

// errorOf is what is wrong with one field, or "".
func (g gate) errorOf(field string) string {
	for _, e := range g.errors {
		if e.ID == field {
			return e.Text
		}
	}
	return ""
}

// hidden carries a gate's way back through a form.
func (g gate) hidden() []views.Hidden {
	h := []views.Hidden{{Name: "next", Value: g.next}}
	if g.kept != "" {
		h = append(h, views.Hidden{Name: "kept", Value: g.kept})
	}
	if g.token != "" {
		h = append(h, views.Hidden{Name: "token", Value: g.token})
	}
	return h
}

// to is another page of the gate, with the way back and the kept comment.
func (g gate) to(path string) string {
	next := g.next
	if next == views.FrontPath {
		next = ""
	}
	return views.WithQuery(path, "next", next, "kept", g.kept)
}

// gateOf reads a gate from an address.
func gateOf(r *http.Request) gate {
	q := r.URL.Query()
	return gate{next: localPath(q.Get("next")), kept: q.Get("kept"), token: q.Get("token")}
}

// readGate reads a posted gate form.
func readGate(r *http.Request) (gate, error) {
	if err := parseForm(r); err != nil {
		return gate{}, err
	}
	g := gate{
		password: r.PostFormValue("password"),
		next:     localPath(r.PostFormValue("next")),
		kept:     r.PostFormValue("kept"),
		token:    r.PostFormValue("token"),
		choice:   r.PostFormValue("comments"),
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

// checkEmail notes what is wrong with the address of a gate.
func (g *gate) checkEmail() {
	switch {
	case g.email == "":
		g.fault("email", "Enter your email address")
	case !text.ValidEmail(g.email):
		g.fault("email", "Enter an email address in the form name@example.org")
	}
}

// A gatePage fills in what tells the ways in apart.
type gatePage func(page *views.FormPage, g gate)

// openGate shows a gate to those outside and lets the others through.
func (s *Server) openGate(w http.ResponseWriter, r *http.Request, page gatePage) error {
	g := gateOf(r)
	m, in, err := s.member(r)
	if err != nil {
		return err
	}
	if in {
		return s.passGate(w, r, m, g)
	}
	return s.writeGate(w, r, g, http.StatusOK, page)
}

// writeGate renders a gate with the comment kept meanwhile.
func (s *Server) writeGate(w http.ResponseWriter, r *http.Request, g gate, status int, fill gatePage) error {
	v := news.Now(s.cfg.Now())
	note, _, ok, err := s.keptNote(r.Context(), v, g.kept)
	if err != nil {
		return err
	}
	page := views.FormPage{Errors: g.errors}
	if ok {
		page.Kept = &note
	} else {
		g.kept = ""
	}
	fill(&page, g)
	return s.writeForm(w, r, v, status, page)
}

// writeForm renders a small page around a form; such pages are nobody else's,
// and their addresses, which may hold a token, are told to no other site.
func (s *Server) writeForm(w http.ResponseWriter, r *http.Request, v news.Viewpoint, status int, page views.FormPage) error {
	title := page.Heading
	if len(page.Errors) > 0 {
		title = "Error: " + title
	}
	page.Chrome = s.chrome(r, v, title)
	page.NoIndex = true
	w.Header().Set("Referrer-Policy", "no-referrer")
	s.write(w, r, status, views.FormPageView(page))
	return nil
}

// refuseGate shows a gate again: 422 for what is wrong with it, 429 with the
// time to wait for what was done too often.
func (s *Server) refuseGate(w http.ResponseWriter, r *http.Request, g gate, err error, page gatePage) error {
	var tooMany *news.TooManyError
	if !errors.As(err, &tooMany) {
		if err != nil {
			return err
		}
		return s.writeGate(w, r, g, http.StatusUnprocessableEntity, page)
	}
	setRetryAfter(w, tooMany.RetryAfter)
	g.fault("email", "That was tried too often: please wait "+soon(tooMany.RetryAfter))
	return s.writeGate(w, r, g, http.StatusTooManyRequests, page)
}

// passGate leads a member on: to the comment kept for them, else to where
// they came from.
func (s *Server) passGate(w http.ResponseWriter, r *http.Request, m news.Member, g gate) error {
	v := news.Now(s.cfg.Now())
	v.Reader = readerOf(m)
	_, to, ok, err := s.keptNote(r.Context(), v, g.kept)
	if err != nil {
		return err
	}
	if !ok {
		seeOther(w, r, g.next)
		return nil
	}
	if err := s.db.ClaimKept(r.Context(), session.Hash(g.kept), m.ID); err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	seeOther(w, r, to)
	return nil
}
