package news

import (
	"errors"
	"fmt"
	"time"
)

// Why a comment cannot be stored, beside the errors of this package that have
// a meaning everywhere.
var (
	// ErrThreadClosed says that the article takes no more comments.
	ErrThreadClosed = errors.New("thread closed")
	// ErrParentGone says that the comment to be answered is no longer shown,
	// or never stood under that article.
	ErrParentGone = errors.New("parent comment gone")
	// ErrUnconfirmed says that the member's address is not proven yet.
	ErrUnconfirmed = errors.New("address not confirmed")
)

// A SuspendedError says that the member may not write for now.
type SuspendedError struct {
	Until  time.Time // Forever for a ban
	Reason string    // in the newsroom's words
}

func (e *SuspendedError) Error() string {
	return fmt.Sprintf("suspended until %s", e.Until.Format(time.RFC3339))
}

// A TooManyError says that somebody does something too often.
type TooManyError struct {
	RetryAfter time.Duration // how long until it is allowed again
}

func (e *TooManyError) Error() string {
	return fmt.Sprintf("too many; again in %s", e.RetryAfter)
}

// A CommentState says who sees a comment.
type CommentState string

// The states a comment can be in.
const (
	CommentVisible CommentState = "visible"
	CommentHeld    CommentState = "held"    // seen by its author; moderators see it in their queue
	CommentRemoved CommentState = "removed" // taken down by a moderator; leaves a stub
	CommentDeleted CommentState = "deleted" // taken down by its author; leaves a stub when answered
)

// A Comment is one member's contribution to the thread of an article.
type Comment struct {
	ID        int64
	ArticleID int64
	MemberID  int64
	ParentID  *int64 // the comment it answers
	RootID    int64  // the top-level comment it stands under; its own ID for one of those
	Depth     int    // 0 at the top level; true depth, however it is shown
	Body      string // as typed, in Unicode NFC; rendered on reading
	State     CommentState
	Reason    string // why it was removed, in the newsroom's words
	FormKey   string // makes one form one comment; unique for each member
	CreatedAt time.Time
}

// A Remark is a comment with its author, as a thread shows it.
type Remark struct {
	Comment
	Name        string // the author's display name
	Handle      string
	Role        Role
	ParentName  string       // whom it answers, or ""
	ParentState CommentState // "" at the top level
}

// CommentOrder is the order of the top-level comments of a thread; replies
// always stand oldest first, as a conversation reads.
type CommentOrder string

// The orders a thread can be read in.
const (
	OrderNewest CommentOrder = "newest"
	OrderOldest CommentOrder = "oldest"
)

// How comments are counted and cut.
const (
	CommentMin       = 3     // characters as people count them
	CommentMax       = 3000  // characters as people count them
	CommentMaxBytes  = 20000 // of UTF-8; checked before any parsing (SECURITY: bounded cost)
	CommentsPerPage  = 20    // top-level comments
	CommentDepthMax  = 100   // how deep answers to answers may go
	CommentBurst     = 5     // comments by one member …
	CommentBurstSpan = 5 * time.Minute
	// CommentRepeatSpan is how long the same words by the same member in the
	// same place count as the same comment sent twice.
	CommentRepeatSpan = 6 * time.Minute
)

// A KeptComment is what a reader without a session wrote: put away under an
// unguessable token until after log-in, and never published by itself.
type KeptComment struct {
	TokenHash []byte // SHA-256 of the token in the address
	ArticleID int64
	ParentID  *int64
	Body      string
	Order     CommentOrder // how the thread was being read
	Page      int
	MemberID  *int64 // set once somebody has logged in with it; then only theirs
	CreatedAt time.Time
	ExpiresAt time.Time
}

// KeptFor is how long a kept comment waits.
const KeptFor = 24 * time.Hour

// A CommentPage is one page of a thread.
type CommentPage struct {
	Remarks []Remark // top-level comments in order, each followed by its replies, parents before children
	Count   int      // visible comments in the whole thread
	Roots   int      // top-level comments in the whole thread, stubs included
	Page    int      // 1-based
	Pages   int      // at least 1
	Order   CommentOrder
}
