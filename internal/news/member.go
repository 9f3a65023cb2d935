package news

import (
	"fmt"
	"time"
)

// A Role says what an account may do; each includes the ones before it except
// that moderators do not edit.
type Role string

// The roles, from least to most.
const (
	RoleMember        Role = "member"
	RoleModerator     Role = "moderator"
	RoleWriter        Role = "writer"
	RoleEditor        Role = "editor"
	RoleAdministrator Role = "administrator"
)

// Limits on what a member types at the gate. Lengths are in characters as
// people count them (extended grapheme clusters, UAX #29), except passwords,
// which NIST SP 800-63B counts in code points.
const (
	NameMin     = 2
	NameMax     = 60
	EmailMax    = 254 // octets, RFC 5321 §4.5.3.1.3 less the brackets
	PasswordMin = 12
	PasswordMax = 256
)

// A Member is an account.
type Member struct {
	ID           int64
	Email        string // as typed
	EmailKey     string // folded for uniqueness by internal/text
	Name         string
	NameKey      string // folded for uniqueness by internal/text
	Handle       string // in the address of the member's page
	PasswordHash string // PHC string; empty means no password works
	Role         Role
	CreatedAt    time.Time
}

// A Session is one log-in on one device. Only a hash of the cookie's token is
// kept.
type Session struct {
	TokenHash []byte // SHA-256 of the token
	MemberID  int64
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
}

// How long a member's session lasts.
const (
	SessionIdle     = 14 * 24 * time.Hour // since last seen
	SessionLifetime = 30 * 24 * time.Hour // since log-in
)

// A TakenError is the ErrConflict of a value that must be unique.
type TakenError struct {
	Field string // the form field: "email" or "name"
}

func (e *TakenError) Error() string { return fmt.Sprintf("%s is taken", e.Field) }

// Is makes errors.Is(err, ErrConflict) true.
func (e *TakenError) Is(target error) bool { return target == ErrConflict }
