package news

import "time"

// An Act is one thing somebody with a role did, in the record that the
// application can only add to.
type Act struct {
	ID        int64
	At        time.Time
	ActorID   *int64 // nil for the command line and for the program itself
	SubjectID int64  // the member it was done to or whose comment it is; 0 when there is none
	CommentID *int64
	ArticleID *int64 // of the comment, or the thread it was done to
	Kind      ActKind
	Before    string
	After     string
	Reason    string
}

// An ActKind is what an act did.
type ActKind string

// The kinds of acts.
const (
	ActRole        ActKind = "role"
	ActSuspend     ActKind = "suspend"
	ActUnsuspend   ActKind = "unsuspend"
	ActEndSessions ActKind = "end-sessions"
	ActPassword    ActKind = "password"
	ActCreated     ActKind = "created"

	ActApprove ActKind = "approve" // shown, looked at and found right, reports closed
	ActRemove  ActKind = "remove"
	ActRestore ActKind = "restore"
	ActHold    ActKind = "hold"
	ActPick    ActKind = "pick"
	ActUnpick  ActKind = "unpick"

	ActClose      ActKind = "close"  // a thread
	ActReopen     ActKind = "reopen" // a thread, kept open whatever its age
	ActHoldThread ActKind = "hold-thread"
	ActFreeThread ActKind = "free-thread"

	ActWarn       ActKind = "warn"
	ActNote       ActKind = "note"
	ActHoldMember ActKind = "hold-member" // everything they write
	ActFreeMember ActKind = "free-member"

	ActHoldCategory ActKind = "hold-category"
	ActFreeCategory ActKind = "free-category"
	ActRules        ActKind = "rules"      // the site's CommentRules
	ActCategories   ActKind = "categories" // that a moderator is limited to

	ActUndo ActKind = "undo" // of the act whose id is in Before
)

// An ActEntry is an act with names, as the record shows it.
type ActEntry struct {
	Act
	ActorName   string // "" for the command line and the program
	SubjectName string
	Headline    string // of the article
	Undone      bool   // taken back within UndoFor
}
