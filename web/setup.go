package web

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// The names of settings that are kept in the database.
const (
	settingName  = "name"  // of the site
	settingSetup = "setup" // hash of the token of the set-up address, in hex
)

// name is the name on the masthead.
func (s *Server) name() string { return *s.masthead.Load() }

// BeginSetup makes a new one-time address at which the administrator and the
// site's name are made, and returns it; "" when there is an administrator.
func (s *Server) BeginSetup(ctx context.Context) (string, error) {
	n, err := s.db.Administrators(ctx)
	if err != nil || n > 0 {
		return "", err
	}
	token := session.NewToken()
	if err := s.db.SetSetting(ctx, settingSetup, hex.EncodeToString(session.Hash(token))); err != nil {
		return "", err
	}
	return s.canonical(views.SetupPath + "/" + token), nil
}

// maySet returns news.ErrNotFound unless the request has the set-up token and
// there is no administrator yet: then the address is closed for good.
func (s *Server) maySet(ctx context.Context, db *store.DB, token string) error {
	n, err := db.Administrators(ctx)
	if err != nil {
		return err
	}
	stored, err := db.Setting(ctx, settingSetup)
	if err != nil {
		return err
	}
	if n > 0 || subtle.ConstantTimeCompare([]byte(stored), []byte(hex.EncodeToString(session.Hash(token)))) != 1 {
		return news.ErrNotFound
	}
	return nil
}

// newSetup serves GET /setup/{token}.
func (s *Server) newSetup(w http.ResponseWriter, r *http.Request) error {
	if err := s.maySet(r.Context(), s.db, r.PathValue("token")); err != nil {
		return err
	}
	return s.writeSetup(w, r, http.StatusOK, gate{}, s.name())
}

func (s *Server) writeSetup(w http.ResponseWriter, r *http.Request, status int, g gate, site string) error {
	page := views.FormPage{Errors: g.errors, Heading: "Set up the paper", Lede: "The name on the masthead, and the account that runs it. This page closes for good after that."}
	page.Form = &views.Form{Action: views.SetupPath + "/" + r.PathValue("token"), Button: "Open the paper", Fields: []views.Field{
		{ID: "site", Name: "site", Label: "Name of the paper", Type: "text", Autocomplete: "organization", Value: site, Error: g.errorOf("site")},
		{ID: "email", Name: "email", Label: "Email", Type: "email", Autocomplete: "username", Value: g.email, Error: g.errorOf("email"), Hint: "To log in with."},
		nameField(g),
		passwordField("new-password", g.errorOf("password"), passwordHint(news.RoleAdministrator)),
	}}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), status, page)
}

// createSetup serves POST /setup/{token}.
func (s *Server) createSetup(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.maySet(ctx, s.db, r.PathValue("token")); err != nil {
		return err
	}
	g, err := readGate(r)
	if err != nil {
		return err
	}
	site, err := text.CleanName(r.PostFormValue("site"))
	if err != nil || site == "" || len(site) > 80 {
		g.fault("site", "Enter a name of at most 80 characters")
	}
	g.checkEmail()
	s.checkName(&g)
	s.checkPassword(&g, news.RoleAdministrator, g.password)
	if len(g.errors) > 0 {
		return s.writeSetup(w, r, http.StatusUnprocessableEntity, g, site)
	}
	at := news.Instant(s.cfg.Now())
	m := news.Member{
		Email: g.email, EmailKey: text.FoldEmail(g.email), Name: g.name, NameKey: text.Fold(g.name), Handle: text.Slug(g.name),
		Role: news.RoleAdministrator, NoticeMail: news.NoticeMailOff, CreatedAt: at, ConfirmedAt: &at,
	}
	if m.PasswordHash, err = s.passwords.Hash(ctx, g.password); err != nil {
		return err
	}
	err = s.db.Atomically(ctx, func(tx *store.DB) error {
		if err := s.maySet(ctx, tx, r.PathValue("token")); err != nil {
			return err
		}
		if err := tx.CreateMember(ctx, &m); err != nil {
			return err
		}
		if err := tx.RecordAct(ctx, news.Act{At: at, SubjectID: m.ID, Kind: "created", After: string(m.Role)}); err != nil {
			return err
		}
		if err := tx.SetSetting(ctx, settingName, site); err != nil {
			return err
		}
		return tx.SetSetting(ctx, settingSetup, "")
	})
	var taken *news.TakenError
	if errors.As(err, &taken) {
		g.fault(taken.Field, "This is taken: choose another")
		return s.writeSetup(w, r, http.StatusUnprocessableEntity, g, site)
	}
	if err != nil {
		return err
	}
	s.masthead.Store(&site)
	g.next = views.AccountPath
	return s.finishLogin(w, r, m, g, false)
}

// Name is the name to begin with: the one given, else the one that was set up,
// else the fallback.
func Name(ctx context.Context, db *store.DB, given, fallback string) (string, error) {
	if given = strings.TrimSpace(given); given != "" {
		return given, nil
	}
	stored, err := db.Setting(ctx, settingName)
	if errors.Is(err, news.ErrNotFound) {
		return fallback, nil
	}
	return stored, err
}
