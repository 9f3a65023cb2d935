package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// newLink serves GET /login/link: asks where to send a log-in link.
func (s *Server) newLink(w http.ResponseWriter, r *http.Request) error {
	return s.openGate(w, r, s.linkPage)
}

// createLink serves POST /login/link. The answer is the same whether or not
// there is an account.
func (s *Server) createLink(w http.ResponseWriter, r *http.Request) error {
	return s.askByMail(w, r, askLogin, s.linkPage)
}

// askByMail answers a form that asks for a link by mail. Whether there is an
// account is looked up later, beside the request, so that known and unknown
// addresses get the same answer after the same work.
func (s *Server) askByMail(w http.ResponseWriter, r *http.Request, kind string, page gatePage) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	g.checkEmail()
	if len(g.errors) > 0 {
		return s.refuseGate(w, r, g, nil, page)
	}
	if err := s.take(r, news.LimitMailNetwork, s.networkKey(r)); err != nil {
		return s.refuseGate(w, r, g, err, page)
	}
	allowed, err := s.mayMail(r, text.FoldEmail(g.email))
	if err != nil {
		return err
	}
	if allowed {
		if err := s.ask(r.Context(), s.db, kind, g); err != nil {
			return err
		}
		s.cfg.MailDue()
	}
	seeOther(w, r, views.WithQuery(views.JoinSentPath, "about", "link"))
	return nil
}

// mayMail counts a mail to an address against its limits; over them the
// answer to the form stays the same, and nothing is sent.
func (s *Server) mayMail(r *http.Request, emailKey string) (bool, error) {
	for _, l := range []news.Limit{news.LimitMailAddress, news.LimitMailDay} {
		var tooMany *news.TooManyError
		if err := s.take(r, l, emailKey); errors.As(err, &tooMany) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	return true, nil
}

// showLink serves GET /login/link/open: a button. Opening a link does nothing
// by itself, because mail scanners open links.
func (s *Server) showLink(w http.ResponseWriter, r *http.Request) error {
	g := gateOf(r)
	if _, _, err := s.db.Token(r.Context(), session.Hash(g.token), news.TokenLogin, news.Instant(s.cfg.Now())); err != nil {
		return linkError(err)
	}
	return s.writeGate(w, r, g, http.StatusOK, func(page *views.FormPage, g gate) {
		page.Heading = "Log in"
		page.Lede = "One press and you are in."
		page.Form = &views.Form{Action: views.LinkOpenPath, Button: "Log in", Hidden: g.hidden()}
	})
}

// openLink serves POST /login/link/open.
func (s *Server) openLink(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	m, err := s.spendAndConfirm(r.Context(), g.token, news.TokenLogin)
	if err != nil {
		return err
	}
	return s.admit(w, r, m, g)
}

// spendAndConfirm spends a mailed token and notes, in the same transaction,
// that whoever has it reads the mail of that address.
func (s *Server) spendAndConfirm(ctx context.Context, token string, purpose news.TokenPurpose) (m news.Member, err error) {
	at := news.Instant(s.cfg.Now())
	err = s.db.Atomically(ctx, func(tx *store.DB) error {
		if _, m, err = tx.SpendToken(ctx, session.Hash(token), purpose, at); err != nil {
			return linkError(err)
		}
		if err := tx.ConfirmMember(ctx, m.ID, at); err != nil {
			return err
		}
		m, err = tx.MemberByID(ctx, m.ID)
		return err
	})
	return m, err
}

// linkError says that a mailed link no longer works, and what to do.
func linkError(err error) error {
	if !errors.Is(err, news.ErrNotFound) {
		return err
	}
	return &refusal{
		status:  http.StatusNotFound,
		heading: "This link no longer works",
		text:    "It has been used, a newer one was sent, or its time is over. Ask for a new one.",
		links:   []views.Link{{Text: "Log in", URL: views.LoginPath}, {Text: "Choose a new password", URL: views.ForgottenPath}},
	}
}

// addToken makes a token for a mailed link and returns what stands in it.
func (s *Server) addToken(ctx context.Context, tx *store.DB, m news.Member, purpose news.TokenPurpose, address string, lasting time.Duration) (string, error) {
	token := session.NewToken()
	at := news.Instant(s.cfg.Now())
	return token, tx.AddToken(ctx, news.Token{
		Hash: session.Hash(token), MemberID: m.ID, Purpose: purpose, Address: address, CreatedAt: at, ExpiresAt: at.Add(lasting),
	})
}

func (s *Server) linkPage(page *views.FormPage, g gate) {
	page.Heading = "Log in by mail"
	page.Lede = "We send you a link that works once, for half an hour."
	page.Form = &views.Form{
		Action: views.LinkPath, Button: "Send the link", Hidden: g.hidden(),
		Fields: []views.Field{{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "email", Value: g.email, Error: g.errorOf("email")}},
	}
	page.Links = []views.Sentence{{Before: "You know your password?", Link: views.Link{Text: "Log in", URL: g.to(views.LoginPath)}, After: "."}}
}

// showSent serves GET /join/sent: what to do next, after a form that mails.
func (s *Server) showSent(w http.ResponseWriter, r *http.Request) error {
	page := views.FormPage{Heading: "Look in your mail", Lede: "We have sent you a mail. Open it, and press the button it leads to.",
		Notes: []string{"If it does not come within a few minutes, look among the unwanted mail, and check the address you gave."}}
	if r.URL.Query().Get("about") == "link" {
		page.Lede = "If there is an account with that address, a mail with a link is on its way to it."
	} else {
		page.Notes = append(page.Notes, "A comment we keep for you is back after that, on any device you open the mail on.")
	}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, page)
}
