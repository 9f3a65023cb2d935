package news

import "time"

// A Passkey is a WebAuthn credential of a member.
type Passkey struct {
	ID           int64
	MemberID     int64
	CredentialID []byte
	Credential   []byte // as the WebAuthn library stores it, JSON
	Name         string // the member's word for the device
	CreatedAt    time.Time
	UsedAt       *time.Time
}

// A TOTP is a member's code generator (RFC 6238).
type TOTP struct {
	MemberID    int64
	Secret      string     // base32
	ConfirmedAt *time.Time // nil until the first code was shown
	LastStep    int64      // the time step of the last code used: a code works once
}

// A Challenge is a passkey ceremony or a half-finished log-in under way: what
// the server must remember between two requests, under a token that the
// browser holds.
type Challenge struct {
	TokenHash []byte
	Kind      string // "register", "login", "second"
	MemberID  *int64 // nil before it is known who logs in
	Data      []byte
	ExpiresAt time.Time
}

// RecoveryCodes is how many a member gets.
const RecoveryCodes = 10
