package web

import (
	"context"
	"net/http"
	"strconv"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// visibleDepth is how many levels of replies are shown nested; deeper ones
// stand flat on the last, naming whom they answer.
const visibleDepth = 3

// guide is the one line above every comment form.
const guide = "Argue with the point, not the person. Say what you know that the story doesn’t."

// A reading is how one request looks at an article's comments.
type reading struct {
	order   news.CommentOrder
	page    int
	further bool // the further article's comments are open
	draft   draft
	barred  string // why this member may not write, or ""
	errors  []views.FieldError
}

// A draft is what stands in the comment form.
type draft struct {
	parent *news.Remark // being answered, or nil
	body   string
	key    string
	kept   string // token of the kept comment it came from
	note   string
	err    string
}

// hidden are the form values that bring a reader back to the same reading.
func (rd reading) hidden() []views.Hidden {
	var h []views.Hidden
	if rd.order != news.OrderNewest {
		h = append(h, views.Hidden{Name: "order", Value: string(rd.order)})
	}
	if rd.page > 1 {
		h = append(h, views.Hidden{Name: "page", Value: strconv.Itoa(rd.page)})
	}
	return h
}

// orderOf reads an order by name; anything unknown is the usual one.
func orderOf(name string) news.CommentOrder {
	if news.CommentOrder(name) == news.OrderOldest {
		return news.OrderOldest
	}
	return news.OrderNewest
}

// threadPath is the address of a page of a thread, without a fragment.
func threadPath(a news.Article, order news.CommentOrder, page int) string {
	name := ""
	if order != news.OrderNewest {
		name = string(order)
	}
	return views.WithQuery(views.ArticlePath(a.Day, a.Slug), "order", name, "page", pageText(page))
}

// readingOf reads ?order=, ?page=, ?reply=, ?further= and ?kept=.
func (s *Server) readingOf(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story) (reading, error) {
	q := r.URL.Query()
	page, err := pageNumber(r)
	if err != nil {
		return reading{}, err
	}
	rd := reading{order: orderOf(q.Get("order")), page: page, further: q.Get("further") == "open"}
	m, in, err := s.member(r)
	if err != nil {
		return reading{}, err
	}
	if in {
		rd.draft.key = newFormKey()
		if barred := s.barred(r, m, v.At); barred != nil {
			rd.barred = barred.heading + ". " + barred.text
		}
	}
	if q.Has("reply") {
		id, ok := positiveID(q.Get("reply"))
		if !ok {
			return reading{}, news.ErrNotFound
		}
		if err := s.answering(r.Context(), v, story, id, &rd); err != nil {
			return reading{}, err
		}
	}
	if token := q.Get("kept"); token != "" {
		notShared(w)
		if err := s.unpack(r.Context(), v, story, token, &rd); err != nil {
			return reading{}, err
		}
	}
	return rd, nil
}

// answering turns a reading to the page that holds the comment to be
// answered. It returns news.ErrNotFound when that comment cannot be answered
// here.
func (s *Server) answering(ctx context.Context, v news.Viewpoint, story news.Story, id int64, rd *reading) error {
	parent, err := s.db.CommentByID(ctx, v, id)
	if err != nil {
		return err
	}
	if parent.ArticleID != story.ID || parent.State != news.CommentVisible {
		return news.ErrNotFound
	}
	if rd.page, err = s.db.CommentPlace(ctx, v, id, rd.order); err != nil {
		return err
	}
	rd.draft.parent = &parent
	return nil
}

// threadView is the comment section of the page's own article.
func (s *Server) threadView(v news.Viewpoint, story news.Story, page news.CommentPage, rd reading) views.Thread {
	path := views.ArticlePath(story.Day, story.Slug)
	t := views.Thread{
		Count: page.Count,
		Guide: guide,
		Pager: threadPager(story.Article, page),
	}
	// The reply form finds the page by itself, in the order being read.
	for _, h := range rd.hidden() {
		if h.Name != "page" {
			t.Keep = append(t.Keep, h)
		}
	}
	for _, o := range []struct {
		order news.CommentOrder
		name  string
	}{{news.OrderNewest, "Newest"}, {news.OrderOldest, "Oldest"}} {
		t.Orders = append(t.Orders, views.Link{
			Text: o.name, URL: threadPath(story.Article, o.order, 1) + "#comments", Current: o.order == page.Order,
		})
	}
	closed := story.CommentsClosed(v.At)
	b := threadBuilder{server: s, viewpoint: v, canReply: !closed, order: page.Order, article: story.Article}
	switch {
	case closed:
		t.State = "Comments on this story are closed."
	case rd.barred != "":
		t.State = rd.barred
		b.canReply = false
	case rd.draft.parent != nil:
		b.answering, b.compose = rd.draft.parent.ID, s.composeView(v, story, rd)
	default:
		t.Compose = s.composeView(v, story, rd)
	}
	if b.canReply {
		t.ReplyAction = path + "#write"
	}
	t.Comments = b.build(page.Remarks)
	if len(t.Comments) == 0 && !closed {
		t.Empty = "No comments yet. Start with what you know that the story doesn’t."
	}
	return t
}

// foldedThread is the opened comments under the further article: its first
// page, to read; writing happens on the article's own page.
func (s *Server) foldedThread(v news.Viewpoint, story news.Story, page news.CommentPage) views.Thread {
	b := threadBuilder{server: s, viewpoint: v, order: page.Order, article: story.Article}
	path := views.ArticlePath(story.Day, story.Slug)
	t := views.Thread{Count: page.Count, Comments: b.build(page.Remarks), Empty: "No comments yet."}
	switch {
	case page.Pages > 1:
		t.Join = &views.Link{URL: threadPath(story.Article, page.Order, 2) + "#comments", Text: "More comments on this story"}
	case !story.CommentsClosed(v.At):
		t.Join = &views.Link{URL: path + "#write", Text: "Comment on this story"}
	}
	return t
}

// threadPager leads through the pages of a thread in its order.
func threadPager(a news.Article, page news.CommentPage) views.Pager {
	before, after := "Newer comments", "Older comments"
	if page.Order == news.OrderOldest {
		before, after = "Earlier comments", "Later comments"
	}
	return pager(page.Pages, page.Page, before, after, "Pages of comments", func(n int) string {
		return threadPath(a, page.Order, n) + "#comments"
	})
}

// A threadBuilder makes the tree that is shown from the remarks of a page.
type threadBuilder struct {
	server    *Server
	viewpoint news.Viewpoint
	article   news.Article
	order     news.CommentOrder
	canReply  bool
	answering int64          // id of the comment with the reply form
	compose   *views.Compose // that form
}

// build nests remarks, which come parents first, to the visible depth.
func (b threadBuilder) build(remarks []news.Remark) []views.Comment {
	children := map[int64][]news.Remark{}
	var roots []news.Remark
	for _, m := range remarks {
		if m.ParentID == nil {
			roots = append(roots, m)
		} else {
			children[*m.ParentID] = append(children[*m.ParentID], m)
		}
	}
	var list []views.Comment
	for _, root := range roots {
		list = append(list, b.branch(root, children, 1))
	}
	return list
}

// branch is a comment at the given level, 1 being the top, with its replies.
// From the last visible level on, all descendants become its siblings.
func (b threadBuilder) branch(m news.Remark, children map[int64][]news.Remark, level int) views.Comment {
	c := b.comment(m)
	for _, child := range children[m.ID] {
		if level+1 < visibleDepth {
			c.Replies = append(c.Replies, b.branch(child, children, level+1))
		} else {
			c.Replies = b.flat(c.Replies, child, children, m.ID)
		}
	}
	return c
}

// flat appends a comment and all its descendants in reading order; whoever
// does not answer the comment they stand under says whom they answer.
func (b threadBuilder) flat(list []views.Comment, m news.Remark, children map[int64][]news.Remark, under int64) []views.Comment {
	c := b.comment(m)
	if *m.ParentID != under && c.Stub == "" && m.ParentState == news.CommentVisible {
		c.InReplyTo = &views.Link{Text: m.ParentName, URL: "#" + views.CommentAnchor(*m.ParentID)}
	}
	list = append(list, c)
	for _, child := range children[m.ID] {
		list = b.flat(list, child, children, under)
	}
	return list
}

func (b threadBuilder) comment(m news.Remark) views.Comment {
	c := views.Comment{ID: m.ID, Anchor: views.CommentAnchor(m.ID)}
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
		if m.MemberID != b.viewpoint.Reader.MemberID {
			c.Stub = "This comment is waiting for a moderator."
			return c
		}
		c.Mark = "Waiting for a moderator"
	}
	c.Name = m.Name
	if m.Role != news.RoleMember && m.Role != "" {
		c.Badge = "Staff"
	}
	c.Time = b.server.ago(m.CreatedAt, b.viewpoint.At)
	c.URL = views.CommentPath(m.ID)
	c.HTML = markup.Comment(m.Body)
	c.CanReply = b.canReply && m.State == news.CommentVisible
	if m.ID == b.answering {
		c.Compose = b.compose
	}
	return c
}

// composeView is the comment form as the reading fills it.
func (s *Server) composeView(v news.Viewpoint, story news.Story, rd reading) *views.Compose {
	here := threadPath(story.Article, rd.order, rd.page) + "#write"
	c := &views.Compose{
		ID:       "body",
		Action:   views.CommentsPath(story.Day, story.Slug),
		SignedIn: v.Reader.Name,
		LoginURL: views.WithQuery(views.LoginPath, "next", here),
		JoinURL:  views.WithQuery(views.JoinPath, "next", here),
		Key:      rd.draft.key,
		Kept:     rd.draft.kept,
		Keep:     rd.hidden(),
		Body:     rd.draft.body,
		Max:      news.CommentMax,
		Error:    rd.draft.err,
		Note:     rd.draft.note,
	}
	if parent := rd.draft.parent; parent != nil {
		c.Parent = strconv.FormatInt(parent.ID, 10)
		c.Answers = parent.Name
		c.Words = text.Excerpt(parent.Body, 120)
		c.StopURL = here
	}
	return c
}
