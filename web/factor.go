package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"broadsheet/internal/factor"
	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/views"
)

// showFactors serves GET /account/second-factor.
func (s *Server) showFactors(w http.ResponseWriter, r *http.Request) error {
	return s.writeFactors(w, r, gate{}, "", http.StatusOK)
}

// factors are what a member has beside a password.
type factors struct {
	passkeys []news.Passkey
	totp     news.TOTP // with no secret when there is none
	codes    int
}

func (f factors) app() bool { return f.totp.ConfirmedAt != nil }
func (f factors) any() bool { return f.app() || len(f.passkeys) > 0 }

func readFactors(ctx context.Context, db *store.DB, memberID int64) (f factors, err error) {
	if f.passkeys, err = db.Passkeys(ctx, memberID); err != nil {
		return f, err
	}
	if f.totp, err = db.TOTP(ctx, memberID); err != nil && !errors.Is(err, news.ErrNotFound) {
		return f, err
	}
	f.codes, err = db.RecoveryCodesLeft(ctx, memberID)
	return f, err
}

// prove checks that whoever changes a factor is the account's owner, and not
// somebody at a device left open: by the field Password or the field Code.
// What is wrong is noted on the gate, under the form's name.
func (s *Server) prove(r *http.Request, m news.Member, form string, g *gate) error {
	if typed := r.PostFormValue("code"); g.password == "" && typed != "" {
		err := s.useCode(r.Context(), m, factor.ReadCode(typed), nil)
		if errors.Is(err, errWrongCode) {
			g.fault(form+"-code", wrongCode)
			return nil
		}
		return err
	}
	proof := gate{password: g.password}
	if err := s.provePassword(r, m, &proof); err != nil {
		return err
	}
	for _, e := range proof.errors {
		g.fault(form+"-password", e.Text)
	}
	return nil
}

// proofFields are the fields that prove reads.
func proofFields(f factors, form string, g gate) []views.Field {
	fields := []views.Field{{ID: form + "-password", Name: "password", Label: "Password", Type: "password",
		Autocomplete: "current-password", Error: g.errorOf(form + "-password"), Hint: "So that we know it is you."}}
	if f.any() {
		fields[0].Hint = "So that we know it is you; or a code instead."
		fields = append(fields, views.Field{ID: form + "-code", Name: "code", Label: "Code", Type: "text",
			Autocomplete: "one-time-code", Error: g.errorOf(form + "-code"), Hint: "From your app, or a recovery code."})
	}
	return fields
}

// writeFactors renders the overview; form is the one that was refused, if any.
func (s *Server) writeFactors(w http.ResponseWriter, r *http.Request, g gate, form string, status int) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	f, err := readFactors(r.Context(), s.db, m.ID)
	if err != nil {
		return err
	}
	title := "Passkeys and second factor"
	if len(g.errors) > 0 {
		title = "Error: " + title
	}
	page := views.FactorPage{
		Chrome: s.chrome(r, v, title), Errors: g.errors, Done: factorDone[r.URL.Query().Get("done")],
		Lede:    "With one of these, nobody gets in with your password alone.",
		Pending: f.totp.Secret != "" && !f.app(),
	}
	page.NoIndex = true
	if s.mustHaveFactor(m) {
		page.Lede = "Your role needs one of these, so that nobody gets in with your password alone."
	}
	fold := func(name, summary, action, button string, fields ...views.Field) views.Fold {
		return views.Fold{Summary: summary, Open: form == name, Form: views.Form{
			Action: action, Button: button, Fields: append(fields, proofFields(f, name, g)...)}}
	}
	for _, k := range f.passkeys {
		id := strconv.FormatInt(k.ID, 10)
		item := views.PasskeyItem{Name: k.Name, Added: s.moment(k.CreatedAt)}
		if k.UsedAt != nil {
			used := s.moment(*k.UsedAt)
			item.Used = &used
		}
		item.Rename = views.Fold{Summary: "Rename " + k.Name, Open: form == "name-"+id, Form: views.Form{
			Action: views.PasskeyNamePath(k.ID), Button: "Rename", Fields: []views.Field{passkeyNameField("name-"+id, k.Name, g)}}}
		item.Remove = fold("passkey-"+id, "Remove "+k.Name, views.PasskeyDeletePath(k.ID), "Remove this passkey")
		page.Passkeys = append(page.Passkeys, item)
	}
	if s.passkeys.Usable() {
		page.Add = &views.PasskeyForm{Action: views.PasskeysPath, Options: views.PasskeyOptionsPath, Create: true, Button: "Add a passkey",
			Fields: append([]views.Field{passkeyNameField("add-name", "", g)}, proofFields(f, "add", g)...)}
	} else {
		page.Without = "Passkeys cannot be used at this address: browsers allow them only at a name, over https. Codes from an app work."
	}
	if f.app() {
		page.App = "On since " + s.moment(*f.totp.ConfirmedAt).Text + "."
		page.AppForm = fold("totp", "Switch codes off", views.TOTPDeletePath, "Switch codes off")
	} else {
		page.App = "Off. An authenticator app shows a new code of six digits every half minute, which you type after your password."
		page.AppForm = fold("totp", "Set up codes from an app", views.TOTPPath, "Set it up")
	}
	page.Codes = "They come with your first passkey or app, for the day you lose it."
	if f.any() {
		page.Codes = plural(f.codes, "code") + " left of " + strconv.Itoa(news.RecoveryCodes) + "."
		more := fold("codes", "Make new recovery codes", views.RecoveryCodesPath, "Make new recovery codes")
		page.NewCodes = &more
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	s.write(w, r, status, views.FactorPageView(page))
	return nil
}

// factorDone are the sentences said after a change, by the name in ?done=.
var factorDone = map[string]string{
	"passkey":         "The passkey is added.",
	"passkey-name":    "The passkey is renamed.",
	"passkey-removed": "The passkey is removed: it opens nothing any more. You can delete it from your device as well.",
	"totp":            "Codes from your app are on.",
	"totp-removed":    "Codes from your app are off.",
}

// mustHaveFactor reports whether the member's role needs a second factor here.
func (s *Server) mustHaveFactor(m news.Member) bool {
	return m.Role.Staff() && !s.cfg.SecondFactorOptional
}

// A factorChange is one form that changes what an account is opened with.
type factorChange struct {
	form string // begins the ids of its fields
	done string // in ?done=
	// change does it in one transaction and says what it did, for the notice
	// by mail.
	change func(ctx context.Context, tx *store.DB, m news.Member) (what string, err error)
}

// changeFactors proves, changes, makes recovery codes where a first factor
// came and drops them where the last one went, and tells the member by mail.
// The session gets a new token (SECURITY A6).
func (s *Server) changeFactors(w http.ResponseWriter, r *http.Request, c factorChange) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	g, err := readGate(r)
	if err != nil {
		return err
	}
	if err := s.prove(r, m, c.form, &g); err != nil {
		return err
	}
	if len(g.errors) > 0 {
		return s.writeFactors(w, r, g, c.form, http.StatusUnprocessableEntity)
	}
	codes, err := s.applyFactors(r.Context(), m, c)
	if err != nil {
		return err
	}
	return s.factorsChanged(w, r, m, codes, c.done, false)
}

// applyFactors is the transaction of a change.
func (s *Server) applyFactors(ctx context.Context, m news.Member, c factorChange) (codes []string, err error) {
	err = s.db.Atomically(ctx, func(tx *store.DB) error {
		if err := tx.LockMember(ctx, m.ID); err != nil {
			return err
		}
		before, err := readFactors(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		what, err := c.change(ctx, tx, m)
		if err != nil {
			return err
		}
		after, err := readFactors(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		switch {
		case before.any() && !after.any():
			if s.mustHaveFactor(m) {
				return &refusal{status: http.StatusConflict, heading: "This is the last one",
					text:  "Your role needs a second factor. Add another one first; then this one can go.",
					links: []views.Link{{Text: "Back", URL: views.FactorPath}}}
			}
			err = tx.SetRecoveryCodes(ctx, m.ID, nil)
		case after.any() && after.codes == 0 && !before.any() || c.form == "codes":
			var hashes [][]byte
			codes, hashes = factor.RecoveryCodes()
			err = tx.SetRecoveryCodes(ctx, m.ID, hashes)
		}
		if err != nil {
			return err
		}
		return s.notifyFactor(ctx, tx, m, what)
	})
	if err != nil {
		return nil, err
	}
	s.cfg.MailDue()
	s.cfg.Log.Info("second factor changed", "member", m.ID, "change", c.done)
	return codes, nil
}

// factorsChanged answers a change: with new recovery codes where there are
// any, else by the overview. shown says that the member has just shown a
// second factor.
func (s *Server) factorsChanged(w http.ResponseWriter, r *http.Request, m news.Member, codes []string, done string, shown bool) error {
	login, _, err := s.sessions.Login(r)
	if err != nil {
		return err
	}
	if err := s.sessions.LogIn(w, r, m, shown || login.Session.Second); err != nil {
		return err
	}
	if codes == nil {
		return afterwards(w, r, views.FactorPath, done)
	}
	v, _, err := s.owner(r)
	if err != nil {
		return err
	}
	page := views.CodesPage{Chrome: s.chrome(r, v, "Your recovery codes"), Done: factorDone[done], Codes: codes}
	if done == "" {
		page.Done = "These take the place of all earlier ones."
	}
	page.NoIndex = true
	return s.show(w, r, views.CodesPageView(page))
}

// createRecoveryCodes serves POST /account/second-factor/recovery-codes.
func (s *Server) createRecoveryCodes(w http.ResponseWriter, r *http.Request) error {
	return s.changeFactors(w, r, factorChange{form: "codes", change: func(ctx context.Context, tx *store.DB, m news.Member) (string, error) {
		has, err := tx.HasSecondFactor(ctx, m.ID)
		if err == nil && !has {
			err = &refusal{status: http.StatusConflict, heading: "There is nothing to recover from",
				text:  "Recovery codes come with your first passkey or app.",
				links: []views.Link{{Text: "Back", URL: views.FactorPath}}}
		}
		return "new recovery codes were made, and the earlier ones are void", err
	}})
}

// hasTOTP reports whether codes from an app are on.
func (s *Server) hasTOTP(ctx context.Context, m news.Member) (bool, error) {
	t, err := s.db.TOTP(ctx, m.ID)
	if errors.Is(err, news.ErrNotFound) {
		return false, nil
	}
	return t.ConfirmedAt != nil, err
}
