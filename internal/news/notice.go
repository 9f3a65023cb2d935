package news

import "time"

// A Notice tells a member something inside the site, and by mail where they
// asked for it. It is there from At on, which for what moderators did is when
// it can no longer be undone.
type Notice struct {
	ID        int64
	MemberID  int64
	Kind      NoticeKind
	At        time.Time
	CommentID *int64 // the answer, or the member's own comment that it is about
	ActorName string // who answered, or ""
	Words     string // the house rule, the reason, the warning
	ReadAt    *time.Time

	// Where the comment stands; empty when there is none, or when it cannot be
	// read any more.
	Headline string
	Body     string // of the comment
}

// A NoticeKind is what a notice tells.
type NoticeKind string

// What notices tell.
const (
	NoticeReply       NoticeKind = "reply"    // somebody answered
	NoticeApproved    NoticeKind = "approved" // a held comment is public
	NoticeRemoved     NoticeKind = "removed"
	NoticeRestored    NoticeKind = "restored"
	NoticeHeld        NoticeKind = "held" // taken back for another look
	NoticePicked      NoticeKind = "picked"
	NoticeWarned      NoticeKind = "warned"
	NoticeSuspended   NoticeKind = "suspended" // mailed in any case
	NoticeUnsuspended NoticeKind = "unsuspended"
)

// NoticesKept is how long notices are kept.
const NoticesKept = 180 * 24 * time.Hour

// A Mute is a member whose comments another does not want to see.
type Mute struct {
	MemberID  int64 // who is muted
	Name      string
	Handle    string
	CreatedAt time.Time
}

// A Visit is when a member was on an article.
type Visit struct {
	SeenAt time.Time
	// BeforeAt is when the visit before this one ended; nil on the first.
	BeforeAt *time.Time
}

// VisitGap is how long somebody must have been away for a new visit.
const VisitGap = 30 * time.Minute
