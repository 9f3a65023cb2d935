// Package factor is what a member shows beside a password, or instead of one:
// passkeys (WebAuthn), codes from an app (TOTP, RFC 6238) and recovery codes.
// It makes and checks them; it knows no request and no SQL, and what works
// only once is burnt by the store.
package factor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"broadsheet/internal/news"
)

// ErrRefused says that what a browser sent does not prove what it should. It
// wraps the reason, which is for the log and not for the reader.
var ErrRefused = errors.New("passkey refused")

// Passkeys runs the ceremonies of one site.
type Passkeys struct {
	web    *webauthn.WebAuthn // nil where passkeys cannot work
	secret []byte
}

// NewPasskeys returns the ceremonies of the site at an address. The secret
// keys what authenticators are told to know members by: when it changes, the
// passkeys registered until then open nothing any more.
func NewPasskeys(site *url.URL, name string, secret []byte) (*Passkeys, error) {
	p := &Passkeys{secret: secret}
	host := site.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return p, nil // WebAuthn knows names only
	}
	if site.Scheme != "https" && host != "localhost" {
		return p, nil // browsers keep it from pages that anybody could have changed
	}
	ceremony := webauthn.TimeoutConfig{Timeout: news.ChallengeFor, TimeoutUVD: news.ChallengeFor}
	resident := true
	web, err := webauthn.New(&webauthn.Config{
		RPID:                  host,
		RPDisplayName:         name,
		RPOrigins:             []string{site.Scheme + "://" + site.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &resident,
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			UserVerification:   protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: ceremony, Registration: ceremony},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	p.web = web
	return p, nil
}

// Usable reports whether browsers allow passkeys at the site's address.
func (p *Passkeys) Usable() bool { return p.web != nil }

// handle is what authenticators know a member by: it is the same each time,
// and says nothing of the member to whoever reads it.
func (p *Passkeys) handle(memberID int64) []byte {
	mac := hmac.New(sha256.New, p.secret)
	mac.Write([]byte("passkey\x00" + strconv.FormatInt(memberID, 10))) // never returns an error
	return mac.Sum(nil)
}

// owner is a member as the WebAuthn library wants them.
type owner struct {
	handle      []byte
	name        string
	credentials []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return o.handle }
func (o owner) WebAuthnName() string                       { return o.name }
func (o owner) WebAuthnDisplayName() string                { return o.name }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.credentials }

func (p *Passkeys) owner(memberID int64, name string, keys []news.Passkey) (owner, error) {
	o := owner{handle: p.handle(memberID), name: name}
	for _, k := range keys {
		var c webauthn.Credential
		if err := json.Unmarshal(k.Credential, &c); err != nil {
			return o, fmt.Errorf("passkey %d: %w", k.ID, err)
		}
		o.credentials = append(o.credentials, c)
	}
	return o, nil
}

// Registering begins a registration: options are for the browser's
// parseCreationOptionsFromJSON, and state for Registered. The member's other
// keys are named so that no authenticator registers twice.
func (p *Passkeys) Registering(m news.Member, keys []news.Passkey) (options, state []byte, err error) {
	o, err := p.owner(m.ID, m.Name, keys)
	if err != nil {
		return nil, nil, err
	}
	creation, session, err := p.web.BeginRegistration(o,
		webauthn.WithExclusions(webauthn.Credentials(o.credentials).CredentialDescriptors()))
	if err != nil {
		return nil, nil, fmt.Errorf("passkeys: %w", err)
	}
	return encode(creation.Response, session)
}

// Registered ends a registration with what the browser sent. It returns an
// ErrRefused when that does not answer the state.
func (p *Passkeys) Registered(m news.Member, state, response []byte) (news.Passkey, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return news.Passkey{}, fmt.Errorf("passkeys: %w", err)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return news.Passkey{}, refused(err)
	}
	o, err := p.owner(m.ID, m.Name, nil)
	if err != nil {
		return news.Passkey{}, err
	}
	credential, err := p.web.CreateCredential(o, session, parsed)
	if err != nil {
		return news.Passkey{}, refused(err)
	}
	stored, err := json.Marshal(credential)
	return news.Passkey{MemberID: m.ID, CredentialID: credential.ID, Credential: stored}, err
}

// Opening begins a log-in: options are for parseRequestOptionsFromJSON, and
// state for Opened. Without a member the authenticator says who it is; for one
// who is known already the browser asks for one of their keys.
func (p *Passkeys) Opening(memberID int64, keys []news.Passkey) (options, state []byte, err error) {
	var assertion *protocol.CredentialAssertion
	var session *webauthn.SessionData
	if memberID == 0 {
		assertion, session, err = p.web.BeginDiscoverableLogin()
	} else {
		var o owner
		if o, err = p.owner(memberID, "", keys); err != nil {
			return nil, nil, err
		}
		assertion, session, err = p.web.BeginLogin(o)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("passkeys: %w", err)
	}
	return encode(assertion.Response, session)
}

// Opened ends a log-in with what the browser sent, and returns the key that
// was shown, as it is to be stored from now on. The key has been unlocked by
// its owner (PIN, finger, face), which makes it both factors. find returns the
// keys of the member who owns a credential, and its errors come back as they
// are. It returns an ErrRefused for all that proves nothing, which a key that
// counts backwards does not either: there is a copy of it.
func (p *Passkeys) Opened(state, response []byte, find func(credentialID []byte) ([]news.Passkey, error)) (news.Passkey, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return news.Passkey{}, fmt.Errorf("passkeys: %w", err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return news.Passkey{}, refused(err)
	}
	keys, err := find(parsed.RawID)
	if err != nil {
		return news.Passkey{}, err
	}
	var key news.Passkey
	for _, k := range keys {
		if string(k.CredentialID) == string(parsed.RawID) {
			key = k
		}
	}
	o, err := p.owner(key.MemberID, "", keys)
	if err != nil {
		return news.Passkey{}, err
	}
	var credential *webauthn.Credential
	if len(session.UserID) > 0 {
		credential, err = p.web.ValidateLogin(o, session, parsed)
	} else {
		credential, err = p.web.ValidateDiscoverableLogin(func(_, _ []byte) (webauthn.User, error) { return o, nil }, session, parsed)
	}
	if err != nil {
		return news.Passkey{}, refused(err)
	}
	if credential.Authenticator.CloneWarning {
		return news.Passkey{}, refused(errors.New("the counter of the key went backwards"))
	}
	key.Credential, err = json.Marshal(credential)
	return key, err
}

// encode turns what both sides of a ceremony need into JSON.
func encode(options any, session *webauthn.SessionData) ([]byte, []byte, error) {
	session.Expires = time.Time{} // the challenge's own time is what counts
	o, err1 := json.Marshal(options)
	s, err2 := json.Marshal(session)
	return o, s, errors.Join(err1, err2)
}

// refused keeps the library's own words on an error, which says more than its
// message does.
func refused(err error) error {
	var detail *protocol.Error
	if errors.As(err, &detail) {
		return fmt.Errorf("%w: %w (%s)", ErrRefused, err, detail.DevInfo)
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}
