package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"

	"broadsheet/internal/news"
	"broadsheet/internal/password"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// newMember serves GET /join.
func (s *Server) newMember(w http.ResponseWriter, r *http.Request) error {
	return s.openGate(w, r, s.joinPage)
}

// createMember serves POST /join. Known and unknown addresses get the same
// answer after the same work: what differs is the mail.
func (s *Server) createMember(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	g.checkEmail()
	s.checkName(&g)
	s.checkPassword(&g, news.RoleMember, g.password)
	if len(g.errors) > 0 {
		return s.refuseGate(w, r, g, nil, s.joinPage)
	}
	for _, l := range []news.Limit{news.LimitJoinNetwork, news.LimitJoinDay} {
		if err := s.take(r, l, s.networkKey(r)); err != nil {
			return s.refuseGate(w, r, g, err, s.joinPage)
		}
	}
	m := news.Member{
		Email:      g.email,
		EmailKey:   text.FoldEmail(g.email),
		Name:       g.name,
		NameKey:    text.Fold(g.name),
		Handle:     text.Slug(g.name),
		Role:       news.RoleMember,
		NoticeMail: news.NoticeMailOff,
		CreatedAt:  news.Instant(s.cfg.Now()),
	}
	// Whether the name is free is said before anything depends on the address.
	known, err := s.db.MemberByEmail(r.Context(), m.EmailKey)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	isKnown := err == nil
	namesake, err := s.db.MemberByName(r.Context(), m.NameKey)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	if err == nil && !(isKnown && namesake.ID == known.ID) {
		g.fault("name", "Another member has this name, or one that looks like it: please choose another")
		return s.refuseGate(w, r, g, nil, s.joinPage)
	}
	if m.PasswordHash, err = s.passwords.Hash(r.Context(), g.password); err != nil {
		return err
	}
	allowed, err := s.mayMail(r, m.EmailKey)
	if err != nil {
		return err
	}
	err = s.db.Atomically(r.Context(), func(tx *store.DB) error {
		if allowed {
			if err := s.ask(r.Context(), tx, askJoin, g); err != nil {
				return err
			}
		}
		if isKnown {
			// The same work as below, to no effect.
			return tx.SetNoticeMail(r.Context(), known.ID, known.NoticeMail, known.QueueMail)
		}
		return tx.CreateMember(r.Context(), &m)
	})
	var taken *news.TakenError
	if errors.As(err, &taken) && taken.Field == "name" { // somebody was quicker
		g.fault("name", "Another member has this name, or one that looks like it: please choose another")
		return s.refuseGate(w, r, g, nil, s.joinPage)
	}
	if err != nil && !errors.As(err, &taken) {
		return err
	}
	s.cfg.MailDue()
	seeOther(w, r, views.JoinSentPath)
	return nil
}

// welcomeBack mails somebody who joined with an address that has an account
// how to log in.
func (s *Server) welcomeBack(ctx context.Context, tx *store.DB, m news.Member, g gate) error {
	return s.queue(ctx, tx, m, "already", views.AlreadyMail(views.AlreadyMailProps{
		SiteName: s.name(), Name: m.Name, LoginURL: s.canonical(g.to(views.LoginPath)), ResetURL: s.canonical(views.ForgottenPath),
	}), "")
}

// askConfirmation mails the link that proves an address.
func (s *Server) askConfirmation(ctx context.Context, tx *store.DB, m news.Member, g gate) error {
	token, err := s.addToken(ctx, tx, m, news.TokenConfirm, m.EmailKey, news.ConfirmFor)
	if err != nil {
		return err
	}
	url := s.canonical(views.WithQuery(views.ConfirmPath, "token", token, "next", g.next, "kept", g.kept))
	return s.queue(ctx, tx, m, "confirm", views.ConfirmMail(views.ConfirmMailProps{SiteName: s.name(), Name: m.Name, URL: url, Hours: int(news.ConfirmFor.Hours())}), "")
}

// showConfirmation serves GET /join/confirm: a form with a button. It asks for
// the password, so that an account somebody else opened with this address can
// never become its owner's with a password they do not know.
func (s *Server) showConfirmation(w http.ResponseWriter, r *http.Request) error {
	g := gateOf(r)
	_, m, err := s.db.Token(r.Context(), session.Hash(g.token), news.TokenConfirm, news.Instant(s.cfg.Now()))
	if err != nil {
		return linkError(err)
	}
	g.name = m.Name
	return s.writeGate(w, r, g, http.StatusOK, s.confirmPage)
}

// createConfirmation serves POST /join/confirm.
func (s *Server) createConfirmation(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	at := news.Instant(s.cfg.Now())
	_, m, err := s.db.Token(r.Context(), session.Hash(g.token), news.TokenConfirm, at)
	if err != nil {
		return linkError(err)
	}
	g.name = m.Name
	if err := s.mayTry(r, m.EmailKey); err != nil {
		return s.refuseGate(w, r, g, err, s.confirmPage)
	}
	ok, err := s.passwords.Check(r.Context(), cutPassword(g.password), m.PasswordHash)
	if err != nil {
		return err
	}
	if !ok {
		if err := s.countFailure(r, m.EmailKey); err != nil {
			return err
		}
		g.fault("password", "That is not the password this account was opened with")
		return s.refuseGate(w, r, g, nil, s.confirmPage)
	}
	if m, err = s.spendAndConfirm(r.Context(), g.token, news.TokenConfirm); err != nil {
		return err
	}
	return s.admit(w, r, m, g)
}

func (s *Server) confirmPage(page *views.FormPage, g gate) {
	page.Heading = "Confirm your address"
	page.Lede = "Enter the password you chose for " + g.name + ", and you are a member."
	page.Form = &views.Form{
		Action: views.ConfirmPath, Button: "Confirm and log in", Hidden: g.hidden(),
		Fields: []views.Field{passwordField("current-password", g.errorOf("password"), "")},
	}
	page.Links = []views.Sentence{{Before: "Not the one who chose it, or no longer know it?", Link: views.Link{Text: "Choose a new password", URL: views.ForgottenPath}, After: "; that confirms your address too."}}
}

// resendConfirmation serves POST /account/confirmation.
func (s *Server) resendConfirmation(w http.ResponseWriter, r *http.Request) error {
	m, _, err := s.member(r)
	if err != nil {
		return err
	}
	if !m.Confirmed() {
		allowed, err := s.mayMail(r, m.EmailKey)
		if err != nil {
			return err
		}
		if allowed {
			err := s.db.Atomically(r.Context(), func(tx *store.DB) error {
				return s.askConfirmation(r.Context(), tx, m, gate{next: views.FrontPath})
			})
			if err != nil {
				return err
			}
			s.cfg.MailDue()
		}
	}
	seeOther(w, r, views.JoinSentPath)
	return nil
}

// reservedNames could pass for the newsroom; the site's own name is added.
var reservedNames = []string{"admin", "administrator", "moderator", "editor", "editors", "newsroom", "staff", "support", "system", "root", "webmaster", news.FormerMember}

// checkName notes what is wrong with a display name.
func (s *Server) checkName(g *gate) {
	key := text.Fold(g.name)
	switch n := text.Length(g.name); {
	case n == 0:
		g.fault("name", "Enter the name your comments will be shown with")
	case n < news.NameMin || key == "":
		g.fault("name", fmt.Sprintf("Your display name needs at least %d letters or digits", news.NameMin))
	case n > news.NameMax || len(g.name) > 4*news.NameMax:
		g.fault("name", fmt.Sprintf("Your display name is too long: %d characters at most", news.NameMax))
	default:
		for _, reserved := range append(reservedNames, s.name()) {
			if key == text.Fold(reserved) {
				g.fault("name", "This name is kept for the newsroom: please choose another")
				return
			}
		}
	}
}

// passwordMin is how long a password must be: longer for staff, in case their
// second factor is optional or lost.
func passwordMin(role news.Role) int {
	if role.Staff() {
		return news.StaffPasswordMin
	}
	return news.PasswordMin
}

// checkPassword notes what is wrong with a new password, and says why.
func (s *Server) checkPassword(g *gate, role news.Role, chosen string) {
	least := passwordMin(role)
	switch n := utf8.RuneCountInString(chosen); {
	case n == 0:
		g.fault("password", "Choose a password")
	case !utf8.ValidString(chosen):
		g.fault("password", "Your password contains bytes that are no characters")
	case n < least:
		g.fault("password", fmt.Sprintf("Your password needs at least %d characters: %d more", least, least-n))
	case n > news.PasswordMax:
		g.fault("password", fmt.Sprintf("Your password is too long: %d characters at most", news.PasswordMax))
	default:
		if why := password.Weakness(chosen, g.email, g.name, s.name()); why != "" {
			g.fault("password", why)
		}
	}
}

func (s *Server) joinPage(page *views.FormPage, g gate) {
	page.Heading = "Become a member"
	page.Lede = "Members comment on stories, under a name of their own. It costs nothing."
	if page.Kept != nil {
		page.Heading = "Become a member to post your comment"
	}
	page.Form = &views.Form{
		Action: views.JoinPath, Button: "Become a member", Hidden: g.hidden(),
		Fields: []views.Field{
			{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "username", Value: g.email, Error: g.errorOf("email"),
				Hint: "We send a mail there to confirm it. It is shown to nobody."},
			nameField(g),
			passwordField("new-password", g.errorOf("password"), passwordHint(news.RoleMember)),
		},
	}
	page.Links = []views.Sentence{{Before: "Already a member?", Link: views.Link{Text: "Log in", URL: g.to(views.LoginPath)}, After: "."}}
}

func nameField(g gate) views.Field {
	return views.Field{ID: "name", Name: "name", Label: "Display name", Type: "text", Autocomplete: "nickname", Value: g.name, Error: g.errorOf("name"),
		Hint: "Stands beside your comments. Your own name is welcome, and so is another."}
}
