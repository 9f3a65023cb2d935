package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"broadsheet/internal/factor"
	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// passkeysMax is how many passkeys a member can have.
const passkeysMax = 20

// registering is what a registration remembers between its two requests; that
// it exists says that the member has proven to be the account's owner.
type registering struct {
	Name  string          `json:"name"`
	State json.RawMessage `json:"state"`
}

// opening is what a log-in by passkey remembers.
type opening struct {
	State json.RawMessage `json:"state"`
	// Second is the token hash of the half-finished log-in that it completes,
	// or nil for one that began without a password.
	Second []byte `json:"second,omitempty"`
}

// ceremony answers the script of passkeys: what to ask the browser for, or
// what is wrong.
type ceremony struct {
	Options   json.RawMessage `json:"options,omitempty"`
	Challenge string          `json:"challenge,omitempty"`
	Error     string          `json:"error,omitempty"`
}

func (s *Server) answerCeremony(w http.ResponseWriter, status int, c ceremony) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader going away is not our error
	return nil
}

// scripted turns what a script cannot show as a page into a sentence for it.
func (s *Server) scripted(w http.ResponseWriter, r *http.Request, err error) error {
	var tooMany *news.TooManyError
	var own *refusal
	switch {
	case errors.As(err, &tooMany):
		setRetryAfter(w, tooMany.RetryAfter)
		return s.answerCeremony(w, http.StatusTooManyRequests, ceremony{Error: "That was tried too often: please wait " + soon(tooMany.RetryAfter) + "."})
	case errors.As(err, &own):
		return s.answerCeremony(w, own.status, ceremony{Error: own.heading + ". " + own.text})
	}
	return err
}

// errUnusable answers at addresses where browsers allow no passkeys.
func errUnusable() error {
	return &refusal{status: http.StatusConflict, heading: "Passkeys cannot be used here", text: "Browsers allow them only at a name, over https."}
}

func passkeyNameField(id, value string, g gate) views.Field {
	return views.Field{ID: id, Name: "name", Label: "Name of the passkey", Type: "text", Autocomplete: "off", Value: value,
		Hint: "Such as the device it is on.", Error: g.errorOf(id), MaxLength: news.NameMax}
}

// checkPasskeyName notes what is wrong with a member's word for a passkey.
func checkPasskeyName(g *gate, field string) {
	switch n := text.Length(g.name); {
	case n == 0:
		g.fault(field, "Enter a name to know the passkey by")
	case n > news.NameMax || len(g.name) > 4*news.NameMax:
		g.fault(field, "That name is too long: "+strconv.Itoa(news.NameMax)+" characters at most")
	}
}

// newPasskey serves POST /account/passkeys/options: proof, and then what the
// browser is to be asked for.
func (s *Server) newPasskey(w http.ResponseWriter, r *http.Request) error {
	return s.scripted(w, r, s.beginPasskey(w, r))
}

func (s *Server) beginPasskey(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	if !s.passkeys.Usable() {
		return errUnusable()
	}
	g, err := readGate(r)
	if err != nil {
		return err
	}
	checkPasskeyName(&g, "add-name")
	if len(g.errors) == 0 {
		if err := s.prove(r, m, "add", &g); err != nil {
			return err
		}
	}
	if len(g.errors) > 0 {
		return s.answerCeremony(w, http.StatusUnprocessableEntity, ceremony{Error: g.errors[0].Text + "."})
	}
	keys, err := s.db.Passkeys(r.Context(), m.ID)
	if err != nil {
		return err
	}
	if len(keys) >= passkeysMax {
		return &refusal{status: http.StatusConflict, heading: "That is enough passkeys", text: "Remove one that you no longer use first."}
	}
	options, state, err := s.passkeys.Registering(m, keys)
	if err != nil {
		return err
	}
	data, err := json.Marshal(registering{Name: g.name, State: state})
	if err != nil {
		return err
	}
	token, err := s.challenge(r.Context(), challengeRegister, m.ID, data)
	if err != nil {
		return err
	}
	return s.answerCeremony(w, http.StatusOK, ceremony{Options: options, Challenge: token})
}

// createPasskey serves POST /account/passkeys, with what the browser made.
func (s *Server) createPasskey(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	refuse := func(words string) error {
		g := gate{}
		g.fault("add-name", words)
		return s.writeFactors(w, r, g, "add", http.StatusUnprocessableEntity)
	}
	c, err := s.db.TakeChallenge(r.Context(), session.Hash(r.PostFormValue("challenge")), challengeRegister, v.At)
	if errors.Is(err, news.ErrNotFound) || err == nil && (c.MemberID == nil || *c.MemberID != m.ID) {
		return refuse("That took too long: please add the passkey again")
	}
	if err != nil {
		return err
	}
	var begun registering
	if err := json.Unmarshal(c.Data, &begun); err != nil {
		return err
	}
	if !s.passkeys.Usable() {
		return errUnusable()
	}
	key, err := s.passkeys.Registered(m, begun.State, []byte(r.PostFormValue("credential")))
	if errors.Is(err, factor.ErrRefused) {
		s.cfg.Log.Info("passkey refused", "member", m.ID, "error", text.Cut(err.Error(), 300))
		return refuse("Your browser's answer did not fit: please add the passkey again")
	}
	if err != nil {
		return err
	}
	key.Name, key.CreatedAt = begun.Name, v.At
	codes, err := s.applyFactors(r.Context(), m, factorChange{done: "passkey", change: func(ctx context.Context, tx *store.DB, m news.Member) (string, error) {
		return "the passkey “" + key.Name + "” was added", tx.AddPasskey(ctx, &key)
	}})
	if errors.Is(err, news.ErrConflict) {
		return refuse("This passkey is registered already")
	}
	if err != nil {
		return err
	}
	return s.factorsChanged(w, r, m, codes, "passkey", true)
}

// renamePasskey serves POST /account/passkeys/{id}/name. It opens nothing, and
// so needs no proof.
func (s *Server) renamePasskey(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	g, err := readGate(r)
	if err != nil {
		return err
	}
	form := "name-" + r.PathValue("id")
	checkPasskeyName(&g, form)
	if len(g.errors) > 0 {
		return s.writeFactors(w, r, g, form, http.StatusUnprocessableEntity)
	}
	if err := s.db.RenamePasskey(r.Context(), m.ID, id, g.name); err != nil {
		return err
	}
	return afterwards(w, r, views.FactorPath, "passkey-name")
}

// deletePasskey serves POST /account/passkeys/{id}/delete.
func (s *Server) deletePasskey(w http.ResponseWriter, r *http.Request) error {
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	return s.changeFactors(w, r, factorChange{form: "passkey-" + r.PathValue("id"), done: "passkey-removed",
		change: func(ctx context.Context, tx *store.DB, m news.Member) (string, error) {
			return "a passkey was removed", tx.DeletePasskey(ctx, m.ID, id)
		}})
}

// newPasskeyLogin serves POST /login/passkey/options. Nobody has said who they
// are yet, unless a half-finished log-in does.
func (s *Server) newPasskeyLogin(w http.ResponseWriter, r *http.Request) error {
	return s.scripted(w, r, s.beginPasskeyLogin(w, r))
}

func (s *Server) beginPasskeyLogin(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if !s.passkeys.Usable() {
		return errUnusable()
	}
	if err := s.take(r, news.LimitPasskeyNetwork, s.networkKey(r)); err != nil {
		return err
	}
	var begun opening
	var m news.Member
	var keys []news.Passkey
	if token := r.PostFormValue("second"); token != "" {
		var err error
		if m, _, err = s.second(r.Context(), token); err != nil {
			return err
		}
		if keys, err = s.db.Passkeys(r.Context(), m.ID); err != nil {
			return err
		}
		if len(keys) == 0 {
			return &refusal{status: http.StatusConflict, heading: "There is no passkey any more", text: "Please use a code."}
		}
		begun.Second = session.Hash(token)
	}
	options, state, err := s.passkeys.Opening(m.ID, keys)
	if err != nil {
		return err
	}
	begun.State = state
	data, err := json.Marshal(begun)
	if err != nil {
		return err
	}
	token, err := s.challenge(r.Context(), challengeLogin, m.ID, data)
	if err != nil {
		return err
	}
	return s.answerCeremony(w, http.StatusOK, ceremony{Options: options, Challenge: token})
}

// createPasskeyLogin serves POST /login/passkey, with what the browser signed.
// A passkey is something one has, unlocked by something one knows or is: it
// stands for both steps.
func (s *Server) createPasskeyLogin(w http.ResponseWriter, r *http.Request) error {
	g, err := readGate(r)
	if err != nil {
		return err
	}
	at := news.Instant(s.cfg.Now())
	c, err := s.db.TakeChallenge(r.Context(), session.Hash(r.PostFormValue("challenge")), challengeLogin, at)
	if errors.Is(err, news.ErrNotFound) {
		return errTooLate()
	}
	if err != nil {
		return err
	}
	var begun opening
	if err := json.Unmarshal(c.Data, &begun); err != nil {
		return err
	}
	if !s.passkeys.Usable() {
		return errUnusable()
	}
	key, err := s.passkeys.Opened(begun.State, []byte(r.PostFormValue("credential")), func(credentialID []byte) ([]news.Passkey, error) {
		key, err := s.db.PasskeyByCredential(r.Context(), credentialID)
		if err != nil {
			return nil, err
		}
		return s.db.Passkeys(r.Context(), key.MemberID)
	})
	if errors.Is(err, factor.ErrRefused) || errors.Is(err, news.ErrNotFound) {
		s.cfg.Log.Info("passkey refused", "error", text.Cut(err.Error(), 300))
		return &refusal{status: http.StatusUnprocessableEntity, heading: "This passkey does not open an account here",
			text:  "It may have been removed. You can log in another way.",
			links: []views.Link{{Text: "Log in", URL: g.to(views.LoginPath)}}}
	}
	if err != nil {
		return err
	}
	m, err := s.db.MemberByID(r.Context(), key.MemberID)
	if err != nil {
		return err
	}
	way := gate{next: g.next, kept: g.kept}
	err = s.db.Atomically(r.Context(), func(tx *store.DB) error {
		if begun.Second != nil {
			half, err := tx.TakeChallenge(r.Context(), begun.Second, challengeSecond, at)
			if errors.Is(err, news.ErrNotFound) || err == nil && (half.MemberID == nil || *half.MemberID != m.ID) {
				return errTooLate()
			}
			if err != nil {
				return err
			}
			var h halfway
			if err := json.Unmarshal(half.Data, &h); err != nil {
				return err
			}
			way = gate{next: localPath(h.Next), kept: h.Kept}
		}
		return tx.UpdatePasskey(r.Context(), key.ID, key.Credential, at)
	})
	if err != nil {
		return err
	}
	return s.finishLogin(w, r, m, way, true)
}
