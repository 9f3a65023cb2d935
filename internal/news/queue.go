package news

import "time"

// A Queue is one of the lists that moderators work through.
type Queue string

// The queues. A comment can stand in several; deciding takes it out of all.
const (
	QueueHeld     Queue = "held"
	QueueReported Queue = "reported" // public, with reports nobody has decided about
	QueueNew      Queue = "new"      // public, and no moderator has looked yet
	QueueRemoved  Queue = "removed"  // by moderators, in the last QueueRemovedFor
)

// Queues are all of them, as they are shown.
var Queues = []Queue{QueueHeld, QueueReported, QueueNew, QueueRemoved}

// QueueRemovedFor is how long removed comments stand in their queue.
const QueueRemovedFor = 30 * 24 * time.Hour

// QueuePageSize is how many comments a page of a queue shows: what can be
// decided at once.
const QueuePageSize = 50

// QueueCountMax is up to where queues are counted; more is "1,000+".
const QueueCountMax = 1000

// A QueueFilter selects comments for moderators; zero fields do not restrict.
type QueueFilter struct {
	Queue      Queue
	ArticleID  int64
	MemberID   int64
	CategoryID int64
	Reason     ReportReason // in QueueReported
	Hold       HoldKind     // in QueueHeld
	// Categories are those that the moderator is limited to; nil is all.
	Categories []int64
	Moderator  int64 // who looks: Looking never names them
	// After continues behind an item, in the order of the queue: oldest first
	// by the time it came into it.
	AfterAt time.Time
	AfterID int64
	Limit   int // 0 is QueuePageSize
}

// A QueueItem is one comment with what a moderator needs to decide.
type QueueItem struct {
	Remark
	Since    time.Time // when it came into the queue
	Category Category
	Day      string // of the article
	Slug     string
	Headline string
	Parent   *Remark // the comment it answers, whatever its state; nil at the top level
	Reports  []Report
	Standing Standing // the author's
	Joined   time.Time
	Last     []Comment // the author's last five others, newest first
	// Looking is another moderator who opened it less than LookFor ago, or "".
	Looking string
}

// LookFor is how long opening a comment tells other moderators so.
const LookFor = 2 * time.Minute

// QueueCounts is how much there is in each queue, and since when.
type QueueCounts struct {
	Held, Reported, New, Removed int // at most QueueCountMax + 1
	OldestHeld                   *time.Time
	OldestReported               *time.Time
}

// A CommentSearch selects comments for moderators, newest first; zero fields
// do not restrict.
type CommentSearch struct {
	Words      string // all of them; "in quotes" as they stand; accents and case do not count
	MemberID   int64
	ArticleID  int64
	State      CommentState
	From, To   time.Time // created at or after, and before
	Categories []int64   // that the moderator is limited to; nil is all
	AfterAt    time.Time // continues behind a comment
	AfterID    int64
	Limit      int // 0 is QueuePageSize
}

// CommentSearchMax is the longest text to search for, in characters.
const CommentSearchMax = 200

// A PastComment is a comment of the last weeks with the standing its author
// had when it was written, for trying new rules.
type PastComment struct {
	ID         int64
	ArticleID  int64
	CategoryID int64
	MemberID   int64
	Name       string
	Headline   string
	Body       string
	State      CommentState
	CreatedAt  time.Time
	Standing   Standing
}
