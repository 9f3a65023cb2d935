package web

import (
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/rule"
	"broadsheet/views"
)

// holdNames are the rules that hold, as the filter of the queue offers them.
var holdNames = []struct {
	kind news.HoldKind
	name string
}{
	{news.HoldWord, "A listed word"}, {news.HoldLink, "A link"}, {news.HoldFirst, "A member’s first comments"},
	{news.HoldMember, "The member"}, {news.HoldArticle, "The story"}, {news.HoldCategory, "The section"},
	{news.HoldSite, "The whole site"}, {news.HoldByHand, "A moderator, by hand"},
}

// holdText says to moderators why a comment is held or refused.
func holdText(h news.Hold) string {
	switch h.Kind {
	case news.HoldSite:
		return "Every comment on the site is looked at first"
	case news.HoldCategory:
		return "Every comment in the section is looked at first"
	case news.HoldArticle:
		return "Every comment on the story is looked at first"
	case news.HoldMember:
		return "Everything this member writes is looked at first"
	case news.HoldFirst:
		return "One of the member’s first comments"
	case news.HoldLink:
		if h.Detail == "" {
			return "A new member’s link"
		}
		return "A new member’s link, to " + h.Detail
	case news.HoldWord:
		return "Contains “" + h.Detail + "”, a word to hold"
	case news.HoldByHand:
		return "A moderator took it back for another look"
	case news.RefuseWord:
		return "Contains “" + h.Detail + "”, a word to refuse"
	case news.RefuseDay:
		return "More than a new member may write in a day"
	}
	return string(h.Kind)
}

// verdictText is what rules make of a comment, for moderators.
func verdictText(v news.Verdict) string {
	reasons, words := v.Held, "held: "
	switch {
	case len(v.Refused) > 0:
		reasons, words = v.Refused, "refused: "
	case len(v.Held) == 0:
		return "shown at once"
	}
	for i, h := range reasons {
		if i > 0 {
			words += "; "
		}
		words += holdText(h)
	}
	return words
}

// reportText is the reason of a report as moderators read it.
func reportText(r news.ReportReason) string {
	for _, known := range news.ReportReasons {
		if known.Reason == r {
			return known.Label
		}
	}
	return string(r)
}

// stateText says how a comment stands.
func stateText(c news.Comment) string {
	switch c.State {
	case news.CommentHeld:
		return "held"
	case news.CommentRemoved:
		if c.Reason != "" {
			return "removed: " + c.Reason
		}
		return "removed"
	case news.CommentDeleted:
		return "deleted by its author"
	}
	if c.PickedAt != nil {
		return "public, picked"
	}
	return "public"
}

// actNames are the acts as the record tells them, in the order its filter
// offers them.
var actNames = []struct {
	kind news.ActKind
	name string
}{
	{news.ActApprove, "Approved"}, {news.ActRemove, "Removed"}, {news.ActRestore, "Restored"}, {news.ActHold, "Held"},
	{news.ActPick, "Picked"}, {news.ActUnpick, "Pick taken back"},
	{news.ActClose, "Thread closed"}, {news.ActReopen, "Thread reopened"},
	{news.ActHoldThread, "Comments on a story held first"}, {news.ActFreeThread, "Comments on a story no longer held"},
	{news.ActWarn, "Warned"}, {news.ActNote, "Note"}, {news.ActSuspend, "Suspended"}, {news.ActUnsuspend, "Suspension lifted"},
	{news.ActHoldMember, "Everything a member writes held first"}, {news.ActFreeMember, "What a member writes no longer held"},
	{news.ActHoldCategory, "Comments in a section held first"}, {news.ActFreeCategory, "Comments in a section no longer held"},
	{news.ActRules, "Rules changed"}, {news.ActCategories, "A moderator’s sections changed"}, {news.ActUndo, "Taken back"},
	{news.ActRole, "Role changed"}, {news.ActEndSessions, "All log-ins ended"}, {news.ActPassword, "Password set"}, {news.ActCreated, "Account made"},
}

// actName is what an act did, in a word or two.
func actName(kind news.ActKind) string {
	for _, known := range actNames {
		if known.kind == kind {
			return known.name
		}
	}
	return string(kind)
}

// batchText says what one press did to how many.
func batchText(kind news.ActKind, n int) string {
	switch kind {
	case news.ActApprove, news.ActRemove, news.ActRestore, news.ActHold, news.ActPick:
		if n == 1 {
			return actName(kind)
		}
		return actName(kind) + ": " + plural(n, "comment")
	}
	return actName(kind)
}

// trustText says what a member's conduct has earned.
func trustText(st news.Standing, rules news.CommentRules) string {
	switch st.Trust(rules) {
	case news.TrustKnown:
		return "known"
	case news.TrustRegular:
		return "regular"
	}
	return "new"
}

// grouped is a number as people read it: "1,204".
func grouped(n int) string {
	digits, _, _ := strings.Cut(plural(n, ""), " ")
	return digits
}

// conductText is how a member has done of late.
func (s *Server) conductText(st news.Standing, joined time.Time, rules news.CommentRules) string {
	return "Joined " + joined.In(s.cfg.Zone).Format("2 January 2006") + ". In the last 90 days " + grouped(st.Accepted) + " accepted, " +
		grouped(st.Removed) + " removed. Trust: " + trustText(st, rules) + "."
}

// spans are a text with its marks as pieces. The text stands as it was typed,
// not rendered: marks are offsets in the source, a moderator wants to see where
// a link really leads, and pieces of plain text cannot become markup.
func spans(body string, marks []rule.Mark) []views.Span {
	var pieces []views.Span
	at := 0
	for _, m := range marks {
		if m.From < at || m.To <= m.From || m.To > len(body) {
			continue
		}
		if m.From > at {
			pieces = append(pieces, views.Span{Text: body[at:m.From]})
		}
		pieces = append(pieces, views.Span{Text: body[m.From:m.To], Mark: true})
		at = m.To
	}
	if at < len(body) {
		pieces = append(pieces, views.Span{Text: body[at:]})
	}
	return pieces
}
