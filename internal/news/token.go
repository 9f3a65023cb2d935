package news

import "time"

// A TokenPurpose is the one thing a mailed link is for.
type TokenPurpose string

// What links are mailed for.
const (
	TokenConfirm TokenPurpose = "confirm" // prove the address given at joining
	TokenLogin   TokenPurpose = "login"   // log in without a password
	TokenReset   TokenPurpose = "reset"   // choose a new password
	TokenChange  TokenPurpose = "change"  // prove a new address
)

// A Token is the right to do one thing once, sent by mail. It is bound to the
// member, the purpose and the address it was sent to: when any of them no
// longer fits, it is worth nothing.
type Token struct {
	Hash      []byte // SHA-256 of what stands in the link
	MemberID  int64
	Purpose   TokenPurpose
	Address   string // the folded address it was sent to
	CreatedAt time.Time
	ExpiresAt time.Time
}
