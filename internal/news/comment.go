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
	// ErrEditOver says that the time for changing a comment is over, or that
	// somebody has answered it.
	ErrEditOver = errors.New("editing is over")
	// ErrOwn says that one does not do this to what one wrote oneself.
	ErrOwn = errors.New("one's own comment")
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
	Reason    string // the house rule it was removed for, as the stub names it
	FormKey   string // makes one form one comment; unique for each member
	CreatedAt time.Time

	// ArticleVersion is the article's Version that its author saw; 0 when that
	// is not known.
	ArticleVersion int
	EditedAt       *time.Time // last change by its author, or nil
	PickedAt       *time.Time // when the newsroom picked it, or nil
	ReviewedAt     *time.Time // when a moderator looked at it, or nil
	Recommends     int
	Holds          string // why it was held, as FormatHolds writes it
	// Decisions counts what moderators decided about it: a decision names the
	// number it was made on, so that no second one passes unseen.
	Decisions int
	// Replies are the visible comments under a top-level comment; 0 for others.
	Replies int
}

// EditableUntil is when its author can no longer change a comment, unless
// somebody answers earlier.
func (c *Comment) EditableUntil() time.Time { return c.CreatedAt.Add(CommentEditSpan) }

// A Remark is a comment with its author, as a thread shows it.
type Remark struct {
	Comment
	Name        string // the author's display name
	Handle      string
	Role        Role
	ParentName  string       // whom it answers, or ""
	ParentState CommentState // "" at the top level

	// What the reader who looks has to do with it; false for signed-out ones.
	Recommended bool // they recommended it
	Reported    bool // they reported it
	Muted       bool // they muted its author
	Answered    bool // somebody answered it, whatever became of the answer
}

// CommentOrder is the order of the top-level comments of a thread; replies
// always stand oldest first, as a conversation reads.
type CommentOrder string

// The orders a thread can be read in.
const (
	OrderNewest      CommentOrder = "newest"
	OrderOldest      CommentOrder = "oldest"
	OrderRecommended CommentOrder = "recommended" // most recommended, then newest
)

// How comments are counted and cut.
const (
	CommentMin       = 3     // characters as people count them
	CommentMax       = 3000  // characters as people count them
	CommentMaxBytes  = 20000 // of UTF-8; checked before any parsing (SECURITY: bounded cost)
	CommentsPerPage  = 20    // top-level comments
	RepliesFirst     = 3     // replies under each of them, until more are asked for
	RepliesPerPart   = 100   // replies of one top-level comment shown at once
	CommentDepthMax  = 100   // how deep answers to answers may go
	CommentEditSpan  = 10 * time.Minute
	PicksMax         = 5 // picked comments of one article
	CommentBurst     = 5 // comments by one member …
	CommentBurstSpan = 5 * time.Minute
	// CommentRepeatSpan is how long the same words by the same member in the
	// same place count as the same comment sent twice.
	CommentRepeatSpan = 6 * time.Minute
)

// A KeptKind says which form a kept text was typed in.
type KeptKind string

// The kinds of kept text.
const (
	KeptNew    KeptKind = "comment"
	KeptEdit   KeptKind = "edit"   // of the comment TargetID
	KeptReport KeptKind = "report" // about the comment TargetID
)

// A KeptComment is what a reader without a session wrote: put away under an
// unguessable token until after log-in, and never published by itself.
type KeptComment struct {
	TokenHash []byte // SHA-256 of the token in the address
	Kind      KeptKind
	ArticleID int64
	ParentID  *int64 // the comment it answers
	TargetID  *int64 // the comment it changes or reports
	Body      string
	Reason    string       // chosen in a report
	Order     CommentOrder // how the thread was being read
	Page      int
	Version   int    // of the article that was being read
	MemberID  *int64 // set once somebody has logged in with it; then only theirs
	CreatedAt time.Time
	ExpiresAt time.Time
}

// KeptFor is how long a kept comment waits.
const KeptFor = 24 * time.Hour

// A ThreadFilter says which page of a thread to read, and how.
type ThreadFilter struct {
	Order CommentOrder // "" is OrderNewest
	Page  int          // of top-level comments, 1-based
	// Open is the top-level comment whose replies are all shown, RepliesPerPart
	// at once, or 0; one that is not on the page changes nothing.
	Open int64
	Part int // of the replies of Open, 1-based; 0 is 1
}

// A CommentPage is one page of a thread.
type CommentPage struct {
	// Remarks are the top-level comments in order, each followed by its first
	// RepliesFirst replies, or by the part of them that was asked for: parents
	// before children, oldest first.
	Remarks []Remark
	Picks   []Remark // the newsroom's, of the whole thread, latest pick first
	Count   int      // visible comments in the whole thread
	Roots   int      // top-level comments in the whole thread, stubs included
	Page    int      // 1-based
	Pages   int      // at least 1
	Order   CommentOrder
	// More is, by top-level comment, how many replies that stand in the thread
	// are not among Remarks.
	More map[int64]int
	Open int64 // as asked for, 0 when it is not on this page
	Part int   // 1-based; 0 without Open
	// Parts is how many parts the replies of Open have; 0 without Open.
	Parts int
}

// A CommentPlace is where in its thread a comment is read.
type CommentPlace struct {
	Page int   // of top-level comments
	Open int64 // the top-level comment to open, or 0 when it shows without
	Part int   // of its replies; 0 or 1 is the first
}

// A CommentVersion is what a comment said before its author changed it.
type CommentVersion struct {
	CommentID int64
	Body      string
	Until     time.Time // when it was changed
}
