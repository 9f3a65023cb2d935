package web

import (
	"strconv"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/views"
)

// visibleDepth is how many levels of replies are shown nested; deeper ones
// stand flat on the last, naming whom they answer.
const visibleDepth = 3

// A threadBuilder makes the tree that is shown from the remarks of a page.
type threadBuilder struct {
	server    *Server
	viewpoint news.Viewpoint
	reading   reading
	story     news.Story
	page      news.CommentPage
	label     string // of the button that recommends
	canReply  bool
	canAct    bool           // recommend and report
	folded    bool           // under another article, to read: there are no forms for buttons
	canEdit   bool           // change what one wrote, as long as that is possible
	answering int64          // id of the comment with the reply form
	compose   *views.Compose // that form
}

// build nests remarks, which come parents first, to the visible depth. In a
// later part of a branch parents are missing: their answers stand flat under
// the top-level comment.
func (b threadBuilder) build(remarks []news.Remark) []views.Comment {
	here := map[int64]bool{}
	children := map[int64][]news.Remark{}
	orphans := map[int64]bool{}
	var roots []news.Remark
	for _, m := range remarks {
		here[m.ID] = true
		switch {
		case m.ParentID == nil:
			roots = append(roots, m)
		case here[*m.ParentID] && !orphans[*m.ParentID]:
			children[*m.ParentID] = append(children[*m.ParentID], m)
		default:
			orphans[m.ID] = true
			children[m.RootID] = append(children[m.RootID], m)
		}
	}
	var list []views.Comment
	for _, root := range roots {
		c := b.branch(root, children, 1)
		b.lead(&c, root)
		list = append(list, c)
	}
	return list
}

// lead adds to a top-level comment the way to those of its replies that are
// not here.
func (b threadBuilder) lead(c *views.Comment, root news.Remark) {
	rd, anchor := b.reading, "#"+views.CommentAnchor(root.ID)
	if root.ID == b.page.Open {
		c.Parts = pager(b.page.Parts, b.page.Part, "Earlier replies", "Later replies", "Parts of this conversation", func(n int) string {
			return rd.path(b.story.Article, b.page.Page, root.ID, n) + anchor
		})
		if c.Parts.Where != "" {
			c.Parts.Where = "Part " + strconv.Itoa(b.page.Part) + " of " + strconv.Itoa(b.page.Parts)
		}
		return
	}
	if n := b.page.More[root.ID]; n > 0 {
		words := "Show " + plural(n, "more reply")
		if n > 1 {
			words = "Show " + grouped(n) + " more replies"
		}
		c.More = &views.Link{Text: words, URL: rd.path(b.story.Article, b.page.Page, root.ID, 0) + anchor}
	}
}

// branch is a comment at the given level, 1 being the top, with its replies.
// From the last visible level on, all descendants become its siblings.
func (b threadBuilder) branch(m news.Remark, children map[int64][]news.Remark, level int) views.Comment {
	c := b.comment(m)
	for _, child := range children[m.ID] {
		if level+1 < visibleDepth {
			reply := b.branch(child, children, level+1)
			b.sayWhom(&reply, child, m.ID)
			c.Replies = append(c.Replies, reply)
		} else {
			c.Replies = b.flat(c.Replies, child, children, m.ID)
		}
	}
	return c
}

// flat appends a comment and all its descendants in reading order.
func (b threadBuilder) flat(list []views.Comment, m news.Remark, children map[int64][]news.Remark, under int64) []views.Comment {
	c := b.comment(m)
	b.sayWhom(&c, m, under)
	list = append(list, c)
	for _, child := range children[m.ID] {
		list = b.flat(list, child, children, under)
	}
	return list
}

// sayWhom names whom a comment answers that does not answer the one it stands
// under.
func (b threadBuilder) sayWhom(c *views.Comment, m news.Remark, under int64) {
	if m.ParentID != nil && *m.ParentID != under && c.Stub == "" && m.ParentState == news.CommentVisible {
		c.InReplyTo = &views.Link{Text: m.ParentName, URL: "#" + views.CommentAnchor(*m.ParentID)}
		if m.RootID == b.page.Open && b.page.Part > 1 { // it may stand in an earlier part
			c.InReplyTo.URL = views.CommentPath(*m.ParentID)
		}
	}
}

// badge marks the newsroom by role, never by name.
func badge(role news.Role) string {
	if role != news.RoleMember && role != "" {
		return "Staff"
	}
	return ""
}

// profilePath is the public page of an author, "" for one who has left.
func profilePath(name, handle string) string {
	if handle == "" || name == news.FormerMember {
		return ""
	}
	return views.ProfilePath(handle)
}

func (b threadBuilder) comment(m news.Remark) views.Comment {
	c := views.Comment{ID: m.ID, Anchor: views.CommentAnchor(m.ID)}
	reader, now := b.viewpoint.Reader, b.viewpoint.At
	own := reader.SignedIn() && m.MemberID == reader.MemberID
	if b.reading.moderates && !own && m.Role.Rank() <= b.viewpoint.Reader.Role.Rank() && m.State != news.CommentDeleted {
		next := b.reading.path(b.story.Article, b.page.Page, b.page.Open, b.page.Part) + "#" + c.Anchor
		c.Moderate = b.server.moderateView(m, next)
	}
	switch m.State {
	case news.CommentRemoved:
		c.Stub = "Comment removed by a moderator."
		if m.Reason != "" {
			c.Stub = "Comment removed by a moderator: " + m.Reason + "."
		}
		return c
	case news.CommentDeleted:
		c.Stub = "Comment removed by its author."
		return c
	case news.CommentHeld:
		if !own {
			c.Stub = "This comment is waiting for a moderator."
			return c
		}
		c.Mark = "Waiting for a moderator"
		c.Why = "Only you see it so far"
		if holds := news.ParseHolds(m.Holds); len(holds) > 0 {
			c.Why += ": " + b.server.why(holds, b.story)
		}
		c.Why += ". You will be told what becomes of it."
	}
	c.Name, c.ProfileURL, c.Badge = m.Name, profilePath(m.Name, m.Handle), badge(m.Role)
	c.Picked = m.PickedAt != nil
	c.Time = b.server.ago(m.CreatedAt, now)
	c.URL = views.CommentPath(m.ID)
	c.HTML = markup.Comment(m.Body)
	c.Muted = m.Muted && !own
	c.Before = b.before(m)
	if m.EditedAt != nil {
		edited := b.server.moment(*m.EditedAt)
		c.Edited = &edited
	}
	c.CanReply = b.canReply && m.State == news.CommentVisible
	c.Label, c.Recommends = b.label, m.Recommends
	if own {
		b.own(&c, m)
	} else if b.canAct && m.State == news.CommentVisible {
		c.RecommendURL, c.Recommended = views.RecommendPath(m.ID), m.Recommended
		if c.Reported = m.Reported; !c.Reported {
			c.ReportURL = views.CommentReportPath(m.ID)
		}
	}
	if m.ID == b.answering {
		c.Compose = b.compose
	}
	return c
}

// own adds what an author can do with a comment.
func (b threadBuilder) own(c *views.Comment, m news.Remark) {
	if !b.folded {
		c.DeleteURL = views.CommentDeletePath(m.ID)
	}
	// By this a script knows that what it keeps on the device has arrived,
	// however much later the page is opened again.
	c.Key = m.FormKey
	if b.viewpoint.At.Before(m.EditableUntil()) && b.canEdit && !m.Answered && m.Decisions == 0 {
		c.EditURL = views.CommentEditPath(m.ID)
	}
}

// before says that a comment is older than the last change of the story that
// readers were told of.
func (b threadBuilder) before(m news.Remark) string {
	a := b.story.Article
	if m.ArticleVersion == 0 || m.ArticleVersion >= a.UpdatedVersion || a.UpdatedAt == nil || a.UpdatedAt.After(b.viewpoint.At) {
		return ""
	}
	zone := b.server.cfg.Zone
	updated, now := a.UpdatedAt.In(zone), b.viewpoint.At.In(zone)
	if midnight(updated).Equal(midnight(now)) {
		return "Written before the update of " + updated.Format("15:04") + "."
	}
	return "Written before the update of " + updated.Format("2 January, 15:04") + "."
}
