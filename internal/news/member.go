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
	// StaffPasswordMin is for writers and above.
	StaffPasswordMin = 15
	PasswordMax      = 256
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
	// ConfirmedAt is when the owner of the address proved to be this member;
	// until then they may look around but not comment, and the account lapses
	// after UnconfirmedFor.
	ConfirmedAt *time.Time
	// PendingEmail is a new address that waits to be confirmed, or "".
	PendingEmail string
	// SuspendedUntil ends a suspension; a ban ends at Forever.
	SuspendedUntil  *time.Time
	SuspendedReason string
	// DeleteAt is when the account goes, as its owner asked; until then they
	// can change their mind.
	DeleteAt *time.Time
	// EraseComments says that the owner wants their comments gone as well;
	// otherwise they stay under "Former member".
	EraseComments bool
	NoticeMail    NoticeMail
	// QueueMail says that somebody who moderates wants the digest of the queue.
	QueueMail bool
	// ReadingOrder is how they read threads; "" is the usual order.
	ReadingOrder CommentOrder
	// HideNew says that they do not want to be told what is new since their
	// last visit; then visits are not kept either.
	HideNew bool
	// HideComments says that their public page does not list their comments.
	HideComments bool
	// HoldComments says that moderators see everything they write first.
	HoldComments bool
}

// NoticeMail says whether a member's notices are mailed to them too.
type NoticeMail string

// The choices; nobody is mailed without having asked for it.
const (
	NoticeMailOff   NoticeMail = "off"
	NoticeMailEach  NoticeMail = "each"  // one by one, at once
	NoticeMailDaily NoticeMail = "daily" // together, once a day
)

// How long things about accounts last.
const (
	UnconfirmedFor = 7 * 24 * time.Hour // then the account lapses
	DeletionGrace  = 24 * time.Hour     // between asking and being gone
	ConfirmFor     = 48 * time.Hour     // a confirmation link
	LinkFor        = 30 * time.Minute   // a log-in or reset link
	ChangeFor      = 24 * time.Hour     // the confirmation of a new address
	ChallengeFor   = 5 * time.Minute    // a passkey ceremony, or a second step
)

// Forever is when a ban ends.
var Forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// FormerMember is the name that a deleted member's comments stand under.
const FormerMember = "Former member"

// Suspended reports whether the member is suspended or banned at that instant.
// It ends by itself.
func (m *Member) Suspended(at time.Time) bool {
	return m.SuspendedUntil != nil && at.Before(*m.SuspendedUntil)
}

// Confirmed reports whether the member's address is proven.
func (m *Member) Confirmed() bool { return m.ConfirmedAt != nil }

// Staff reports whether the role belongs to the newsroom: writer and above,
// who must have a second factor.
func (r Role) Staff() bool { return r == RoleWriter || r == RoleEditor || r == RoleAdministrator }

// A MemberFilter selects members for administrators; zero fields do not
// restrict.
type MemberFilter struct {
	Query string // part of the name, folded
	// EmailQuery is the beginning of the address, folded as addresses are; ""
	// means Query.
	EmailQuery string
	Role       Role
	Limit      int // at most this many; 0 means PageSize
	Offset     int
}

// A Session is one log-in on one device. Only a hash of the cookie's token is
// kept.
type Session struct {
	TokenHash []byte // SHA-256 of the token
	MemberID  int64
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	Device    string // such as "Firefox on Windows", from the browser's own word
	Network   []byte // keyed hash of the address network it was made from
	// Second says that a second factor was shown at this log-in.
	Second bool
	// ID names the session in the list of one's sessions; it opens nothing.
	ID int64
}

// How long sessions last: members', and the newsroom's.
const (
	SessionIdle          = 14 * 24 * time.Hour // since last seen
	SessionLifetime      = 30 * 24 * time.Hour // since log-in
	StaffSessionIdle     = time.Hour
	StaffSessionLifetime = 12 * time.Hour
)

// A TakenError is the ErrConflict of a value that must be unique.
type TakenError struct {
	Field string // the form field: "email" or "name"
}

func (e *TakenError) Error() string { return fmt.Sprintf("%s is taken", e.Field) }

// Is makes errors.Is(err, ErrConflict) true.
func (e *TakenError) Is(target error) bool { return target == ErrConflict }
