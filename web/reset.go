package web

import (
	"context"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/store"
	"broadsheet/views"
)

// newReset serves GET /login/forgotten: asks where to send a link.
func (s *Server) newReset(w http.ResponseWriter, r *http.Request) error {
	return s.writeGate(w, r, gateOf(r), http.StatusOK, s.forgottenPage)
}

// createReset serves POST /login/forgotten. The answer is the same whether or
// not there is an account.
func (s *Server) createReset(w http.ResponseWriter, r *http.Request) error {
	return s.askByMail(w, r, askReset, s.forgottenPage)
}

func (s *Server) forgottenPage(page *views.FormPage, g gate) {
	page.Heading = "Choose a new password"
	page.Lede = "We send you a link to do it with. It works once, for half an hour."
	page.Form = &views.Form{
		Action: views.ForgottenPath, Button: "Send the link", Hidden: g.hidden(),
		Fields: []views.Field{{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "email", Value: g.email, Error: g.errorOf("email")}},
	}
}

// showReset serves GET /login/reset: the form the link leads to.
func (s *Server) showReset(w http.ResponseWriter, r *http.Request) error {
	g := gateOf(r)
	_, m, err := s.db.Token(r.Context(), session.Hash(g.token), news.TokenReset, news.Instant(s.cfg.Now()))
	if err != nil {
		return linkError(err)
	}
	return s.writeGate(w, r, g, http.StatusOK, s.resetPage(m))
}

// updateReset serves POST /login/reset: sets the password, ends every session,
// tells the address, and leads to log in with it. It logs nobody in by itself.
func (s *Server) updateReset(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	ctx, at := r.Context(), news.Instant(s.cfg.Now())
	_, m, err := s.db.Token(ctx, session.Hash(g.token), news.TokenReset, at)
	if err != nil {
		return linkError(err)
	}
	g.email, g.name = m.Email, m.Name
	s.checkPassword(&g, m.Role, g.password)
	if len(g.errors) > 0 {
		return s.refuseGate(w, r, g, nil, s.resetPage(m))
	}
	hash, err := s.passwords.Hash(ctx, g.password)
	if err != nil {
		return err
	}
	err = s.db.Atomically(ctx, func(tx *store.DB) error {
		if _, _, err := tx.SpendToken(ctx, session.Hash(g.token), news.TokenReset, at); err != nil {
			return linkError(err)
		}
		// Whoever reads the mail has the address.
		if err := tx.ConfirmMember(ctx, m.ID, at); err != nil {
			return err
		}
		return s.changePassword(ctx, tx, m, hash, nil)
	})
	if err != nil {
		return err
	}
	s.cfg.MailDue()
	seeOther(w, r, views.WithQuery(g.to(views.LoginPath)))
	return nil
}

// changePassword sets a password, ends every session but the one kept, and
// tells the address.
func (s *Server) changePassword(ctx context.Context, tx *store.DB, m news.Member, hash string, keep []byte) error {
	if err := tx.SetPassword(ctx, m.ID, hash); err != nil {
		return err
	}
	if _, err := tx.DeleteOtherSessions(ctx, m.ID, keep); err != nil {
		return err
	}
	return s.queue(ctx, tx, m, "password-changed", views.PasswordChangedMail(views.PasswordChangedMailProps{
		SiteName: s.name(), Name: m.Name, ResetURL: s.canonical(views.ForgottenPath),
	}), "")
}

func (s *Server) resetPage(m news.Member) gatePage {
	return func(page *views.FormPage, g gate) {
		page.Heading = "Choose a new password"
		page.Lede = "For the account of " + m.Name + ". Wherever it is logged in now, it is logged out."
		page.Form = &views.Form{
			Action: views.ResetPath, Button: "Set the password", Hidden: g.hidden(),
			Fields: []views.Field{passwordField("new-password", g.errorOf("password"), passwordHint(m.Role))},
		}
	}
}
