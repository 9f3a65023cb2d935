package news

import (
	"fmt"
	"time"
)

// UndoFor is how long a decision can be taken back; its notices appear after.
const UndoFor = 60 * time.Second

// BulkMax is how many comments can be decided at once.
const BulkMax = 100

// A Decision is what a moderator does about one comment, as a form asks for it.
type Decision struct {
	CommentID int64
	// Seen is the comment's Decisions that the moderator saw; with another in
	// the store somebody else has decided since: *DecidedError.
	Seen   int
	Kind   ActKind // ActApprove, ActRemove, ActRestore, ActHold, ActPick or ActUnpick
	Rule   string  // key of the house rule, for ActRemove
	Reason string  // further words to the author, or ""
}

// A DecidedError says that somebody else decided about a comment first.
type DecidedError struct {
	CommentID int64
	State     CommentState // as it is now
	Decisions int          // as it is now
	Earlier   ActEntry     // the latest decision about it
}

func (e *DecidedError) Error() string {
	return fmt.Sprintf("comment %d was decided before", e.CommentID)
}

// Is makes errors.Is(err, ErrConflict) true.
func (e *DecidedError) Is(target error) bool { return target == ErrConflict }

// A Batch is what one press of a button decided, to be taken back together.
type Batch struct {
	ID      int64
	ActorID int64
	At      time.Time
	Kind    ActKind
	Acts    int // how many things it decided
	// UndoneAt is when it was taken back, or nil.
	UndoneAt *time.Time
}

// UndoableUntil is when the batch stands for good.
func (b *Batch) UndoableUntil() time.Time { return b.At.Add(UndoFor) }

// ErrUndoOver says that a decision can no longer be taken back: its time is
// over, it was taken back already, or somebody has decided again since.
var ErrUndoOver = fmt.Errorf("undo is over: %w", ErrConflict)

// A Warning waits to be read by its member before they can write again.
type Warning struct {
	ID       int64
	MemberID int64
	Reason   string
	At       time.Time  // from when on it is there
	ReadAt   *time.Time // when the member said that they had read it
}
