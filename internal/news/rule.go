package news

import (
	"fmt"
	"strings"
	"time"
)

// CommentRules are what the newsroom decides about comments on the whole site.
// Rules for a category, an article or a member stand with these; the strictest
// wins. The zero value is the site as it comes: everything appears at once,
// but links from new members wait.
type CommentRules struct {
	// ClosedText closes all threads and says why, such as "Comments are closed
	// over the holidays."; "" leaves them open.
	ClosedText     string
	CloseAfterDays int  // after publication; 0 is never
	HoldAll        bool // moderators see every comment first
	HoldFirst      int  // of a member: held until so many were accepted
	// NewPerDay is how many comments a member of TrustNew may write in 24
	// hours; 0 is no limit beyond those for everybody.
	NewPerDay int
	// LinksFromAnybody lets links pass that would be held; AllowedHosts are
	// those that never are, beside the site's own, such as "example.org" for it
	// and everything under it.
	LinksFromAnybody bool
	AllowedHosts     []string
	RefuseWords      []string // words and phrases; a comment with one is refused
	HoldWords        []string // words and phrases; a comment with one is held

	// Trust: so many accepted comments in TrustSpan make a member TrustKnown
	// and TrustRegular; so many removed ones take a level, or all of it. 0 is
	// the usual number.
	KnownAfter   int
	RegularAfter int
	FallAfter    int
	LoseAfter    int

	// StaffedFrom and StaffedTo are when moderators are there each day, as
	// 15:04 in the site's zone; both "" is not said.
	StaffedFrom string
	StaffedTo   string

	// DigestLength and DigestHours are when moderators are mailed: so many
	// comments are held or reported, or one has been for so long. 0 is the
	// usual number.
	DigestLength int
	DigestHours  int

	RecommendLabel string // of the button; "" is "Recommend"
}

// The usual numbers, where CommentRules has 0.
const (
	KnownAfter   = 2
	RegularAfter = 20
	FallAfter    = 1
	LoseAfter    = 3
	DigestLength = 20
	DigestHours  = 4
	// DigestPause is how long moderators are not mailed again.
	DigestPause = 4 * time.Hour
	// TrustSpan is how far back conduct counts.
	TrustSpan = 90 * 24 * time.Hour
	// RehearsalSpan is how far back a new rule is tried.
	RehearsalSpan = 30 * 24 * time.Hour
)

// Usual returns the rules with the usual number where there is none.
func (r CommentRules) Usual() CommentRules {
	for _, n := range []struct {
		number *int
		usual  int
	}{{&r.KnownAfter, KnownAfter}, {&r.RegularAfter, RegularAfter}, {&r.FallAfter, FallAfter},
		{&r.LoseAfter, LoseAfter}, {&r.DigestLength, DigestLength}, {&r.DigestHours, DigestHours}} {
		if *n.number <= 0 {
			*n.number = n.usual
		}
	}
	if r.RecommendLabel == "" {
		r.RecommendLabel = "Recommend"
	}
	return r
}

// A Trust is what a member's conduct has earned.
type Trust int

// The levels of trust.
const (
	TrustNew     Trust = iota // links are held, first comments where the newsroom says so
	TrustKnown                // links pass
	TrustRegular              // moderators need not look at what they write
)

func (t Trust) String() string {
	switch t {
	case TrustKnown:
		return "known"
	case TrustRegular:
		return "regular"
	}
	return "new"
}

// A Standing is what there is to know of a member and a place when a comment
// is judged: counted in the transaction that stores it.
type Standing struct {
	Staff    bool // of the newsroom or a moderator: never held
	Accepted int  // visible comments in TrustSpan; counted up to some 1,000
	Removed  int  // removed ones in TrustSpan
	LastDay  int  // comments in the last 24 hours

	MemberHeld   bool // Member.HoldComments
	CategoryHeld bool
	ArticleHeld  bool
}

// Trust is the level that conduct has earned: accepted comments raise it,
// removed ones lower it, and both are forgotten after TrustSpan.
func (s Standing) Trust(r CommentRules) Trust {
	r = r.Usual()
	switch {
	case s.Staff:
		return TrustRegular
	case s.Removed >= r.LoseAfter || s.Accepted < r.KnownAfter:
		return TrustNew
	case s.Removed >= r.FallAfter || s.Accepted < r.RegularAfter:
		return TrustKnown
	}
	return TrustRegular
}

// A Hold is one reason for which a comment is held or refused.
type Hold struct {
	Kind   HoldKind
	Detail string // the word as typed or the host, for those kinds; else ""
}

// A HoldKind is the rule that a Hold comes from.
type HoldKind string

// The rules that hold or refuse.
const (
	HoldSite     HoldKind = "site"
	HoldCategory HoldKind = "category"
	HoldArticle  HoldKind = "article"
	HoldMember   HoldKind = "member"
	HoldFirst    HoldKind = "first"
	HoldLink     HoldKind = "link"
	HoldWord     HoldKind = "word"
	HoldByHand   HoldKind = "hand" // a moderator took it back for another look
	RefuseWord   HoldKind = "refused-word"
	RefuseDay    HoldKind = "per-day"
)

// FormatHolds writes reasons as Comment.Holds keeps them: a line each.
func FormatHolds(holds []Hold) string {
	lines := make([]string, len(holds))
	for i, h := range holds {
		lines[i] = string(h.Kind) + " " + strings.Join(strings.Fields(h.Detail), " ")
	}
	return strings.Join(lines, "\n")
}

// ParseHolds reads what FormatHolds wrote.
func ParseHolds(s string) []Hold {
	var holds []Hold
	for line := range strings.SplitSeq(s, "\n") {
		if kind, detail, _ := strings.Cut(line, " "); kind != "" {
			holds = append(holds, Hold{HoldKind(kind), detail})
		}
	}
	return holds
}

// A Verdict is what the rules make of a comment: refused when Refused is not
// empty, else held when Held is not empty, else shown.
type Verdict struct {
	Refused []Hold
	Held    []Hold
}

// A Judge decides about a comment from what is known in the transaction that
// stores it.
type Judge func(Standing) Verdict

// A RefusedError says that the rules do not let a comment in.
type RefusedError struct{ Reasons []Hold }

func (e *RefusedError) Error() string { return fmt.Sprintf("comment refused: %v", e.Reasons) }

// A WarnedError says that the member must read a warning before writing.
type WarnedError struct{ Warning Warning }

func (e *WarnedError) Error() string { return "a warning waits to be read" }
