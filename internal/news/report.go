package news

import "time"

// A Report is a member's word to the moderators that a comment breaks a rule.
type Report struct {
	ID        int64
	CommentID int64
	MemberID  *int64 // nil once the account is gone
	Name      string // of the member, for moderators alone; "" elsewhere
	Reason    ReportReason
	Words     string // what the member wrote beside it, or ""
	CreatedAt time.Time
	ClosedAt  *time.Time // when a moderator decided about the comment
}

// A ReportReason is why a comment is reported.
type ReportReason string

// The reasons there are, in the order they are offered.
const (
	ReportAbuse    ReportReason = "abuse"
	ReportSpam     ReportReason = "spam"
	ReportOffTopic ReportReason = "off-topic"
	ReportFact     ReportReason = "wrong-fact"
	ReportIllegal  ReportReason = "illegal"
	ReportOther    ReportReason = "other"
)

// ReportReasons are the reasons as the form offers them.
var ReportReasons = []struct {
	Reason ReportReason
	Label  string
}{
	{ReportAbuse, "It insults or threatens somebody"},
	{ReportSpam, "It is advertising or spam"},
	{ReportOffTopic, "It has nothing to do with the story"},
	{ReportFact, "It states something untrue"},
	{ReportIllegal, "It is against the law"},
	{ReportOther, "Something else"},
}

// ReportWordsMax is how much may be written beside a report, in characters as
// people count them.
const ReportWordsMax = 1000
