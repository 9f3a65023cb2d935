package news

import "time"

// An OutMail is a message to be sent, stored in the same transaction as its
// cause.
type OutMail struct {
	ID          int64
	MemberID    *int64 // whom it is to, where that is a member
	Address     string
	Kind        string // such as "confirm"; names the template, and the log line
	Subject     string
	Text        string // emptied once sent: it may hold a link that opens something
	HTML        string // likewise
	Unsubscribe string // address for one-click unsubscribe (RFC 8058), or "" for security mail
	State       MailState
	Attempts    int
	DueAt       time.Time
	CreatedAt   time.Time
	SentAt      *time.Time
	Fault       string // what the server last said, without addresses
}

// A MailState is how far a message has come.
type MailState string

// The states of a message.
const (
	MailQueued MailState = "queued"
	MailSent   MailState = "sent"
	MailParked MailState = "parked" // given up on, for an administrator to see
)

// How patiently mail is sent.
const (
	MailAttempts = 12               // then it is parked
	MailPauseMin = 30 * time.Second // after the first failure; doubles each time
	MailPauseMax = 4 * time.Hour
	MailLease    = 2 * time.Minute // how long a claimed message is one sender's
	MailKept     = 7 * 24 * time.Hour
)
