package web

import (
	"context"
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// emailForm is /account/email: the new address is confirmed before it counts,
// and the old one is told.
func (s *Server) emailForm(m news.Member) accountForm {
	return accountForm{
		proof: true,
		fill: func(page *views.FormPage, g gate) {
			page.Heading, page.Links = "Email address", back
			page.Lede = "We send a mail to the new address, and it becomes yours when you confirm it. The old one is told."
			value := g.email
			if value == m.Email {
				value = ""
			}
			page.Form = &views.Form{Action: views.EmailPath, Button: "Change the address", Fields: []views.Field{
				{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "email", Value: value, Error: g.errorOf("email"), Hint: "Now it is " + m.Email + "."},
				passwordField("current-password", g.errorOf("password"), "So that we know it is you."),
			}}
		},
		act: func(ctx context.Context, _ news.Viewpoint, m news.Member, g *gate, r *http.Request) (string, error) {
			g.checkEmail()
			key := text.FoldEmail(g.email)
			if len(g.errors) == 0 && key == m.EmailKey {
				g.fault("email", "That is your address already")
			}
			if len(g.errors) > 0 {
				return "", nil
			}
			allowed, err := s.mayMail(r, key)
			if err != nil || !allowed {
				return views.WithQuery(views.AccountPath, "done", "pending"), err
			}
			_, err = s.db.MemberByEmail(ctx, key)
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				return "", err
			}
			if err == nil {
				// Whose address it is, is nobody's business: the answer is the same.
				return views.WithQuery(views.AccountPath, "done", "pending"), nil
			}
			err = s.db.Atomically(ctx, func(tx *store.DB) error {
				if err := tx.SetPendingEmail(ctx, m.ID, g.email); err != nil {
					return err
				}
				token, err := s.addToken(ctx, tx, m, news.TokenChange, key, news.ChangeFor)
				if err != nil {
					return err
				}
				url := s.canonical(views.WithQuery(views.EmailOpenPath, "token", token))
				err = s.queueTo(ctx, tx, m, g.email, "change", views.ChangeEmailMail(views.ChangeEmailMailProps{
					SiteName: s.name(), Name: m.Name, URL: url, Hours: int(news.ChangeFor.Hours()),
				}), "")
				if err != nil {
					return err
				}
				return s.queue(ctx, tx, m, "change-notice", views.EmailChangedMail(views.EmailChangedMailProps{
					SiteName: s.name(), Name: m.Name, AccountURL: s.canonical(views.EmailPath),
				}), "")
			})
			s.cfg.MailDue()
			return views.WithQuery(views.AccountPath, "done", "pending"), err
		},
	}
}

// showEmailConfirmation serves GET /account/email/confirm: a button.
func (s *Server) showEmailConfirmation(w http.ResponseWriter, r *http.Request) error {
	g := gateOf(r)
	_, m, err := s.db.Token(r.Context(), session.Hash(g.token), news.TokenChange, news.Instant(s.cfg.Now()))
	if err != nil {
		return linkError(err)
	}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
		Heading: "Confirm your new address",
		Lede:    "From then on, " + m.Name + " logs in with " + m.PendingEmail + ". Log-ins on other devices end.",
		Form:    &views.Form{Action: views.EmailOpenPath, Button: "This is my address", Hidden: g.hidden()},
	})
}

// confirmEmail serves POST /account/email/confirm.
func (s *Server) confirmEmail(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	err = s.db.Atomically(ctx, func(tx *store.DB) error {
		token, m, err := tx.SpendToken(ctx, session.Hash(g.token), news.TokenChange, news.Instant(s.cfg.Now()))
		if err != nil {
			return linkError(err)
		}
		if err := tx.ChangeEmail(ctx, m.ID, m.PendingEmail, token.Address); err != nil {
			if errors.Is(err, news.ErrConflict) {
				return linkError(news.ErrNotFound)
			}
			return err
		}
		_, err = tx.DeleteOtherSessions(ctx, m.ID, s.tokenHash(r))
		return err
	})
	if err != nil {
		return err
	}
	return afterwards(w, r, views.AccountPath, "email")
}
