package web

import (
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// newMember serves GET /join.
func (s *Server) newMember(w http.ResponseWriter, r *http.Request) error {
	return s.openGate(w, r, s.joinPage)
}

// createMember serves POST /join.
func (s *Server) createMember(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	g.errors = s.checkMember(g)
	if len(g.errors) > 0 {
		return s.writeGate(w, r, g, http.StatusUnprocessableEntity, s.joinPage)
	}
	hash, err := s.passwords.Hash(r.Context(), g.password)
	if err != nil {
		return err
	}
	m := news.Member{
		Email:        g.email,
		EmailKey:     text.FoldEmail(g.email),
		Name:         g.name,
		NameKey:      text.Fold(g.name),
		Handle:       text.Slug(g.name),
		PasswordHash: hash,
		Role:         news.RoleMember,
		CreatedAt:    news.Instant(s.cfg.Now()),
	}
	err = s.db.CreateMember(r.Context(), &m)
	var taken *news.TakenError
	if errors.As(err, &taken) {
		words := "An account with this email address exists already: log in instead"
		if taken.Field == "name" {
			words = "Another member has this name, or one that looks like it: please choose another"
		}
		g.errors = []views.FieldError{{ID: taken.Field, Text: words}}
		return s.writeGate(w, r, g, http.StatusUnprocessableEntity, s.joinPage)
	}
	if err != nil {
		return err
	}
	if err := s.sessions.LogIn(w, r, m); err != nil {
		return err
	}
	return s.passGate(w, r, m, g)
}

// reservedNames could pass for the newsroom; the site's own name is added.
var reservedNames = []string{"admin", "administrator", "moderator", "editor", "editors", "newsroom", "staff", "support", "system", "root", "webmaster"}

// checkMember says what is wrong with a form to join, field by field.
func (s *Server) checkMember(g gate) []views.FieldError {
	var wrong []views.FieldError
	add := func(field, format string, args ...any) {
		wrong = append(wrong, views.FieldError{ID: field, Text: fmt.Sprintf(format, args...)})
	}
	switch {
	case g.email == "":
		add("email", "Enter your email address")
	case !text.ValidEmail(g.email):
		add("email", "Enter an email address in the form name@example.org")
	}
	key := text.Fold(g.name)
	switch n := text.Length(g.name); {
	case n == 0:
		add("name", "Enter the name your comments will be shown with")
	case n < news.NameMin || key == "":
		add("name", "Your display name needs at least %d letters or digits", news.NameMin)
	case n > news.NameMax || len(g.name) > 4*news.NameMax:
		add("name", "Your display name is too long: %d characters at most", news.NameMax)
	default:
		for _, reserved := range append(reservedNames, s.cfg.Name) {
			if key == text.Fold(reserved) {
				add("name", "This name is kept for the newsroom: please choose another")
				break
			}
		}
	}
	switch n := utf8.RuneCountInString(g.password); {
	case n == 0:
		add("password", "Choose a password")
	case !utf8.ValidString(g.password):
		add("password", "Your password contains bytes that are no characters")
	case n < news.PasswordMin:
		add("password", "Your password needs at least %d characters: %d more", news.PasswordMin, news.PasswordMin-n)
	case n > news.PasswordMax:
		add("password", "Your password is too long: %d characters at most", news.PasswordMax)
	}
	return wrong
}

func (s *Server) joinPage(page *views.GatePage, g gate, other string) {
	page.Heading = "Become a member"
	page.Lede = "Members comment on stories, under a name of their own. It costs nothing."
	if page.Kept != nil {
		page.Heading = "Become a member to post your comment"
	}
	page.Action, page.Button = views.JoinPath, "Become a member"
	page.Fields = []views.Field{
		{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "email", Value: g.email, Error: g.errorOf("email"),
			Hint: "To log in with. We show it to nobody."},
		{ID: "name", Name: "name", Label: "Display name", Type: "text", Autocomplete: "nickname", Value: g.name, Error: g.errorOf("name"),
			Hint: "Stands beside your comments. Your own name is welcome, and so is another."},
		{ID: "password", Name: "password", Label: "Password", Type: "password", Autocomplete: "new-password", Error: g.errorOf("password"),
			Hint: fmt.Sprintf("At least %d characters. A few words in a row are good; spaces are fine.", news.PasswordMin)},
	}
	page.Before, page.Other, page.After = "Already a member?", views.Link{Text: "Log in", URL: views.LoginPath + other}, "."
}

// showAccount serves GET /account.
func (s *Server) showAccount(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	m, _, err := s.member(r)
	if err != nil {
		return err
	}
	page := views.AccountPage{
		Chrome: s.chrome(r, v, "Your account"),
		Name:   m.Name,
		Email:  m.Email,
		Since:  s.moment(m.CreatedAt),
	}
	page.NoIndex = true
	return s.show(w, r, views.AccountPageView(page))
}
