package news

import "time"

// An Act is one thing somebody with a role did to a member, in the record
// that the application can only add to.
type Act struct {
	ID        int64
	At        time.Time
	ActorID   *int64 // nil for the command line and for the program itself
	SubjectID int64  // the member
	Kind      string // "role", "suspend", "unsuspend", "end-sessions", "password", "created"
	Before    string
	After     string
	Reason    string
}
