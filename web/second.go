package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/factor"
	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/store"
	"broadsheet/views"
)

// The kinds of challenges.
const (
	challengeRegister = "register"
	challengeLogin    = "login"
	challengeSecond   = "second"
)

// halfway is what a log-in between its two steps remembers.
type halfway struct {
	Next string `json:"next,omitempty"`
	Kept string `json:"kept,omitempty"`
}

// needsSecond reports whether a member has to show a second factor.
func (s *Server) needsSecond(ctx context.Context, m news.Member) (bool, error) {
	return s.db.HasSecondFactor(ctx, m.ID)
}

// challenge stores what the next request needs and returns the token for it.
func (s *Server) challenge(ctx context.Context, kind string, memberID int64, data []byte) (token string, err error) {
	token = session.NewToken()
	c := news.Challenge{TokenHash: session.Hash(token), Kind: kind, Data: data, ExpiresAt: s.cfg.Now().Add(news.ChallengeFor)}
	if memberID != 0 {
		c.MemberID = &memberID
	}
	return token, s.db.PutChallenge(ctx, c)
}

// beginSecond asks for the second factor of a member who has shown the first.
// No session exists until that is done.
func (s *Server) beginSecond(w http.ResponseWriter, r *http.Request, m news.Member, g gate) error {
	data, err := json.Marshal(halfway{Next: g.next, Kept: g.kept})
	if err != nil {
		return err
	}
	token, err := s.challenge(r.Context(), challengeSecond, m.ID, data)
	if err != nil {
		return err
	}
	seeOther(w, r, views.WithQuery(views.SecondPath, "challenge", token))
	return nil
}

// second finds the half-finished log-in of a token, and whose it is. One that
// is spent, expired or made up is a 410 that leads back to the beginning.
func (s *Server) second(ctx context.Context, token string) (news.Member, gate, error) {
	c, err := s.db.Challenge(ctx, session.Hash(token), challengeSecond, s.cfg.Now())
	if errors.Is(err, news.ErrNotFound) || err == nil && c.MemberID == nil {
		return news.Member{}, gate{}, errTooLate()
	}
	if err != nil {
		return news.Member{}, gate{}, err
	}
	var h halfway
	if err := json.Unmarshal(c.Data, &h); err != nil {
		return news.Member{}, gate{}, err
	}
	m, err := s.db.MemberByID(ctx, *c.MemberID)
	return m, gate{next: localPath(h.Next), kept: h.Kept, token: token}, err
}

func errTooLate() error {
	return &refusal{status: http.StatusGone, heading: "That took too long",
		text:  "This step has to be done within five minutes, and once. Please begin again.",
		links: []views.Link{{Text: "Log in", URL: views.LoginPath}}}
}

// newSecond serves GET /login/second.
func (s *Server) newSecond(w http.ResponseWriter, r *http.Request) error {
	m, g, err := s.second(r.Context(), r.URL.Query().Get("challenge"))
	if err != nil {
		return err
	}
	return s.writeSecond(w, r, m, g, http.StatusOK)
}

func (s *Server) writeSecond(w http.ResponseWriter, r *http.Request, m news.Member, g gate, status int) error {
	v := news.Now(s.cfg.Now())
	f, err := readFactors(r.Context(), s.db, m.ID)
	if err != nil {
		return err
	}
	hidden := []views.Hidden{{Name: "challenge", Value: g.token}}
	page := views.FormPage{
		Errors: g.errors, Heading: "One more step",
		Lede: "Your account is protected by a second factor.",
		Form: &views.Form{Action: views.SecondPath, Button: "Log in", Hidden: hidden},
		Links: []views.Sentence{{Before: "Not you, or not now?",
			Link: views.Link{Text: "Begin again", URL: views.WithQuery(views.LoginPath, "next", g.next, "kept", g.kept)}, After: "."}},
	}
	if f.app() {
		page.Form.Fields = []views.Field{codeField("Code", "The six digits your app shows now, or one of your recovery codes.", g)}
	} else {
		page.Form.Fields = []views.Field{codeField("Recovery code", "One of the codes you kept for the day you have no passkey at hand.", g)}
	}
	var passkey *views.PasskeyForm
	if s.passkeys.Usable() && len(f.passkeys) > 0 {
		passkey = &views.PasskeyForm{Action: views.PasskeyLoginPath, Options: views.PasskeyLoginOptionsPath, Button: "Use a passkey", Quiet: true,
			Hidden: []views.Hidden{{Name: "second", Value: g.token}}}
	}
	title := page.Heading
	if len(page.Errors) > 0 {
		title = "Error: " + title
	}
	page.Chrome = s.chrome(r, v, title)
	page.NoIndex = true
	w.Header().Set("Referrer-Policy", "no-referrer")
	s.write(w, r, status, views.SecondPageView(page, passkey))
	return nil
}

// createSecond serves POST /login/second.
func (s *Server) createSecond(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	m, g, err := s.second(r.Context(), r.PostFormValue("challenge"))
	if err != nil {
		return err
	}
	code := factor.ReadCode(r.PostFormValue("code"))
	if r.PostFormValue("code") == "" {
		g.fault("code", "Enter a code")
		return s.writeSecond(w, r, m, g, http.StatusUnprocessableEntity)
	}
	var tooMany *news.TooManyError
	switch err := s.useCode(r.Context(), m, code, session.Hash(g.token)); {
	case errors.Is(err, errWrongCode):
		s.cfg.Log.Info("second factor refused", "member", m.ID)
		g.fault("code", wrongCode)
		return s.writeSecond(w, r, m, g, http.StatusUnprocessableEntity)
	case errors.As(err, &tooMany):
		setRetryAfter(w, tooMany.RetryAfter)
		g.fault("code", "That was tried too often: please wait "+soon(tooMany.RetryAfter)+", or use a passkey")
		return s.writeSecond(w, r, m, g, http.StatusTooManyRequests)
	case err != nil:
		return err
	}
	return s.finishLogin(w, r, m, gate{next: g.next, kept: g.kept}, true)
}

// errWrongCode says that a code is wrong or spent; it was counted.
var errWrongCode = errors.New("wrong code")

const wrongCode = "That code is not right, or was used already. Codes from the app change every half minute"

// useCode checks a code, burns it, and takes the challenge that it answers, if
// any, in one transaction in which nobody else tries codes of this member: of
// many at once, no more than the limit are looked at. It returns errWrongCode,
// or a *news.TooManyError without having looked.
func (s *Server) useCode(ctx context.Context, m news.Member, code factor.Code, challengeHash []byte) error {
	at := news.Instant(s.cfg.Now())
	key := "member-" + strconv.FormatInt(m.ID, 10)
	wrong := false
	err := s.db.Atomically(ctx, func(tx *store.DB) error {
		if err := tx.LockMember(ctx, m.ID); err != nil {
			return err
		}
		if !s.cfg.Unlimited {
			if wait, err := tx.Peek(ctx, news.LimitSecond, key, at); err != nil {
				return err
			} else if wait > 0 {
				return &news.TooManyError{RetryAfter: wait}
			}
		}
		err := s.burn(ctx, tx, m, code, at)
		if errors.Is(err, news.ErrNotFound) {
			wrong = true
			if s.cfg.Unlimited {
				return nil
			}
			_, err = tx.Take(ctx, news.LimitSecond, key, at) // kept: the transaction ends well
			return err
		}
		if err != nil || challengeHash == nil {
			return err
		}
		if _, err = tx.TakeChallenge(ctx, challengeHash, challengeSecond, at); errors.Is(err, news.ErrNotFound) {
			err = errTooLate()
		}
		return err
	})
	if err == nil && wrong {
		err = errWrongCode
	}
	if err == nil && code.Recovery != nil {
		s.cfg.MailDue()
	}
	return err
}

// burn spends a code; news.ErrNotFound says that it is worth nothing.
func (s *Server) burn(ctx context.Context, tx *store.DB, m news.Member, code factor.Code, at time.Time) error {
	switch {
	case code.TOTP != "":
		t, err := tx.TOTP(ctx, m.ID)
		if err != nil {
			return err
		}
		step, ok := factor.Step(t.Secret, code.TOTP, at)
		if !ok {
			return news.ErrNotFound
		}
		return tx.UseTOTPStep(ctx, m.ID, step)
	case code.Recovery != nil:
		if err := tx.UseRecoveryCode(ctx, m.ID, code.Recovery); err != nil {
			return err
		}
		left, err := tx.RecoveryCodesLeft(ctx, m.ID)
		if err != nil {
			return err
		}
		return s.notifyFactor(ctx, tx, m, "a recovery code was used; "+strconv.Itoa(left)+" are left")
	}
	return news.ErrNotFound
}
