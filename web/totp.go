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

// createTOTP serves POST /account/second-factor/totp: a new secret, which
// counts for nothing until an app has shown a first code.
func (s *Server) createTOTP(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	g, err := readGate(r)
	if err != nil {
		return err
	}
	if err := s.prove(r, m, "totp", &g); err != nil {
		return err
	}
	if len(g.errors) > 0 {
		return s.writeFactors(w, r, g, "totp", http.StatusUnprocessableEntity)
	}
	if err := s.db.SetTOTP(r.Context(), m.ID, factor.NewSecret()); err != nil {
		return err
	}
	seeOther(w, r, views.TOTPPath)
	return nil
}

// pendingTOTP is the code generator that a member is setting up. The secret of
// one in use is shown to nobody.
func (s *Server) pendingTOTP(ctx context.Context, m news.Member) (news.TOTP, error) {
	t, err := s.db.TOTP(ctx, m.ID)
	if errors.Is(err, news.ErrNotFound) || err == nil && t.ConfirmedAt != nil {
		return news.TOTP{}, &refusal{status: http.StatusConflict, heading: "There is nothing to set up",
			text:  "Codes from your app are on already, or you have not begun to set them up.",
			links: []views.Link{{Text: "Passkeys and second factor", URL: views.FactorPath}}}
	}
	return t, err
}

// showTOTP serves GET /account/second-factor/totp.
func (s *Server) showTOTP(w http.ResponseWriter, r *http.Request) error {
	return s.writeTOTP(w, r, gate{}, http.StatusOK)
}

func (s *Server) writeTOTP(w http.ResponseWriter, r *http.Request, g gate, status int) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	t, err := s.pendingTOTP(r.Context(), m)
	if err != nil {
		return err
	}
	title := "Set up codes from an app"
	if len(g.errors) > 0 {
		title = "Error: " + title
	}
	page := views.TOTPPage{
		Chrome: s.chrome(r, v, title), Errors: g.errors,
		Secret: factor.Groups(t.Secret), URL: factor.KeyURL(s.name(), m.Name, t.Secret),
		Form: views.Form{Action: views.TOTPConfirmPath, Button: "Switch codes on", Fields: []views.Field{
			codeField("Code", "Six digits.", g)}},
	}
	page.NoIndex = true
	w.Header().Set("Referrer-Policy", "no-referrer")
	s.write(w, r, status, views.TOTPPageView(page))
	return nil
}

func codeField(label, hint string, g gate) views.Field {
	return views.Field{ID: "code", Name: "code", Label: label, Type: "text", Autocomplete: "one-time-code", Hint: hint, Error: g.errorOf("code")}
}

// showTOTPPicture serves GET /account/second-factor/totp/qr.
func (s *Server) showTOTPPicture(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	t, err := s.pendingTOTP(r.Context(), m)
	if err != nil {
		return err
	}
	picture, err := factor.QR(factor.KeyURL(s.name(), m.Name, t.Secret))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "private, no-store")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Length", strconv.Itoa(len(picture)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(picture) // the reader going away is not our error
	}
	return nil
}

// confirmTOTP serves POST /account/second-factor/totp/confirm: the first code
// puts the app to use.
func (s *Server) confirmTOTP(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	t, err := s.pendingTOTP(r.Context(), m)
	if err != nil {
		return err
	}
	step, ok := factor.Step(t.Secret, factor.ReadCode(r.PostFormValue("code")).TOTP, v.At)
	if !ok {
		// The secret is on the page: there is nothing to guess, and no limit.
		g := gate{}
		g.fault("code", "That is not the code for this key. Check that the clock of the device is right, and type the code it shows now")
		return s.writeTOTP(w, r, g, http.StatusUnprocessableEntity)
	}
	codes, err := s.applyFactors(r.Context(), m, factorChange{done: "totp", change: func(ctx context.Context, tx *store.DB, m news.Member) (string, error) {
		return "codes from an app were switched on", tx.ConfirmTOTP(ctx, m.ID, t.Secret, step, v.At)
	}})
	if errors.Is(err, news.ErrNotFound) {
		err = news.ErrConflict // confirmed or replaced in the meantime
	}
	if err != nil {
		return err
	}
	return s.factorsChanged(w, r, m, codes, "totp", true)
}

// deleteTOTP serves POST /account/second-factor/totp/delete.
func (s *Server) deleteTOTP(w http.ResponseWriter, r *http.Request) error {
	return s.changeFactors(w, r, factorChange{form: "totp", done: "totp-removed", change: func(ctx context.Context, tx *store.DB, m news.Member) (string, error) {
		return "codes from an app were switched off", tx.DeleteTOTP(ctx, m.ID)
	}})
}
