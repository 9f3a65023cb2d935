package web

import (
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/rule"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// A caseMaker makes what moderators see of comments.
type caseMaker struct {
	s     *Server
	d     desk
	rules news.CommentRules
	set   *rule.Set
}

func (s *Server) caseMaker(r *http.Request, d desk) (*caseMaker, error) {
	rules, set, err := s.ruleSet(r)
	return &caseMaker{s: s, d: d, rules: rules, set: set}, err
}

// cases are the items of a queue as its page shows them.
func (s *Server) cases(r *http.Request, d desk, items []news.QueueItem, f queueForm) ([]views.Case, error) {
	k, err := s.caseMaker(r, d)
	if err != nil {
		return nil, err
	}
	list := make([]views.Case, 0, len(items))
	for _, item := range items {
		c := k.view(item, f.path(f.after))
		c.Bulk = c.Foreign == ""
		if f.story == "" {
			narrow := f
			narrow.story = views.ArticlePath(item.Day, item.Slug)
			c.Filters = append(c.Filters, views.Link{Text: "Only this story", URL: narrow.path("")})
		}
		if f.member == "" && item.Name != news.FormerMember {
			narrow := f
			narrow.member = item.Name
			c.Filters = append(c.Filters, views.Link{Text: "Only this member", URL: narrow.path("")})
		}
		list = append(list, c)
	}
	return list, nil
}

// view is one comment as moderators see it; next is where its form leads.
func (k *caseMaker) view(item news.QueueItem, next string) views.Case {
	s, at := k.s, k.d.v.At
	c := views.Case{
		Moderate: *s.moderateView(item.Remark, next),
		Name:     item.Name,
		Record:   s.conductText(item.Standing, item.Joined, k.rules),
		State:    stateText(item.Comment),
		Time:     s.ago(item.CreatedAt, at),
		Looking:  item.Looking,
		Text:     spans(item.Body, k.set.Marks(item.Body)),
		Story:    views.Link{Text: item.Headline, URL: views.ArticlePath(item.Day, item.Slug)},
		Section:  item.Category.Name,
	}
	if item.Role != news.RoleMember && item.Role != "" {
		c.Badge = "Staff"
	}
	if item.State != news.CommentHeld && item.State != news.CommentDeleted {
		c.Thread = views.CommentPath(item.ID)
	}
	switch {
	case item.MemberID == k.d.m.ID:
		c.Foreign = "You wrote this, so somebody else decides about it."
	case item.Role.Rank() > k.d.m.Role.Rank():
		c.Foreign = "Its author’s role is above yours, so somebody else decides about it."
	case item.State == news.CommentDeleted:
		c.Foreign = "Its author deleted it: there is nothing to decide."
	}
	if item.EditedAt != nil {
		c.Edited = "Changed by its author on " + s.moment(*item.EditedAt).Text + "."
	}
	if item.State == news.CommentHeld {
		for _, h := range news.ParseHolds(item.Holds) {
			c.Why = append(c.Why, views.Why{Text: holdText(h)})
		}
	}
	c.Why = append(c.Why, reportsWhy(item.Reports, false)...)
	if p := item.Parent; p != nil {
		c.Parent = &views.CaseParent{Name: p.Name, Words: text.Excerpt(p.Body, 300), URL: views.ModerationItemPath(p.ID)}
		if p.State != news.CommentVisible {
			c.Parent.State = stateText(p.Comment)
		}
	}
	for _, l := range item.Last {
		o := views.Outcome{State: stateText(l), Time: s.ago(l.CreatedAt, at)}
		if k.d.categories == nil {
			// How an author has done is for all; what they wrote in other sections
			// is for those who moderate there.
			o.Words, o.URL = text.Excerpt(l.Body, 90), views.ModerationItemPath(l.ID)
		}
		c.Last = append(c.Last, o)
	}
	return c
}

// reportsWhy are the reasons of reports that are open, or of those that were
// decided about, with who made them: moderators see that, and nobody else does.
func reportsWhy(reports []news.Report, closed bool) []views.Why {
	var why []views.Why
	for _, report := range reports {
		if (report.ClosedAt != nil) != closed {
			continue
		}
		by := report.Name
		if by == "" {
			by = news.FormerMember
		}
		why = append(why, views.Why{By: by, Text: reportText(report.Reason), Words: report.Words})
	}
	return why
}

// showItem serves GET /moderation/comments/{id} and tells other moderators who
// has it open.
func (s *Server) showItem(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	return s.writeItem(w, r, d, id, http.StatusOK, nil)
}

// writeItem answers with everything about one comment; change alters its form,
// such as what was wrong with it.
func (s *Server) writeItem(w http.ResponseWriter, r *http.Request, d desk, id int64, status int, change func(*views.Moderate)) error {
	item, err := s.db.QueueItem(r.Context(), id, d.categories, d.v.At)
	if err != nil {
		return err
	}
	if item.Looking, err = s.db.Look(r.Context(), id, d.m.ID, d.v.At); err != nil {
		return err
	}
	k, err := s.caseMaker(r, d)
	if err != nil {
		return err
	}
	page := views.ItemPage{Heading: "A comment by " + item.Name, Back: views.Link{Text: "Back to the queues", URL: views.ModerationPath}}
	if page.Desk, err = s.deskView(r, d, page.Heading); err != nil {
		return err
	}
	page.Case = k.view(item, views.ModerationItemPath(id))
	page.Case.Moderate.ItemURL = ""
	page.Closed = reportsWhy(item.Reports, true)
	if change != nil {
		change(&page.Case.Moderate)
		page.Errors = []views.FieldError{{ID: "rule-" + page.Case.Moderate.ID, Text: page.Case.Moderate.Error}}
		page.Title = "Error: " + page.Title
	}
	versions, err := s.db.CommentVersions(r.Context(), id)
	if err != nil {
		return err
	}
	for _, v := range versions {
		page.Versions = append(page.Versions, views.Version{Until: s.moment(v.Until), Text: spans(v.Body, k.set.Marks(v.Body))})
	}
	if page.Record, err = s.recordOf(r, d, recordOfComment(id)); err != nil {
		return err
	}
	s.write(w, r, status, views.ItemPageView(page))
	return nil
}
