package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// showConduct serves GET /moderation/members/{id}.
func (s *Server) showConduct(w http.ResponseWriter, r *http.Request) error {
	d, m, err := s.conductOf(r)
	if err != nil {
		return err
	}
	return s.writeConduct(w, r, d, m, http.StatusOK, conductForm{})
}

// conductOf is the member that a request is about, and who asks.
func (s *Server) conductOf(r *http.Request) (desk, news.Member, error) {
	d, err := s.deskOf(r)
	if err != nil {
		return d, news.Member{}, err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return d, news.Member{}, news.ErrNotFound
	}
	m, err := s.db.MemberByID(r.Context(), id)
	return d, m, err
}

// A conductForm is what was sent about a member, given back with what is
// wrong with it.
type conductForm struct {
	act    news.ActKind
	reason string
	days   string
	fault  string
}

func (s *Server) writeConduct(w http.ResponseWriter, r *http.Request, d desk, m news.Member, status int, f conductForm) error {
	page := views.ConductPage{Name: m.Name}
	var err error
	if page.Desk, err = s.deskView(r, d, m.Name); err != nil {
		return err
	}
	if f.fault != "" {
		page.Errors = []views.FieldError{{ID: string(f.act) + "-reason", Text: f.fault}}
		page.Title = "Error: " + page.Title
	}
	comments, err := s.db.SearchComments(r.Context(), news.CommentSearch{MemberID: m.ID, Categories: d.categories, Limit: 20})
	if err != nil {
		return err
	}
	page.Comments = s.foundItems(comments, d.v.At, false)
	if len(comments) > 0 && m.Name != news.FormerMember {
		page.AllURL = views.WithQuery(views.ModerationSearchPath, "member", m.Name)
	}
	rules, err := s.db.CommentRules(r.Context())
	if err != nil {
		return err
	}
	var standing news.Standing
	if len(comments) > 0 {
		if standing, err = s.db.Standing(r.Context(), m.ID, comments[0].ArticleID, d.v.At); err != nil {
			return err
		}
	}
	page.Facts = s.conductFacts(m, standing, rules, d.v.At)
	page.Forms = conductForms(m, d, f)
	filter := store.RecordFilter{MemberID: m.ID}
	if d.categories != nil {
		// What was done about their comments names stories of all sections.
		filter.Kinds = memberActs
	}
	if page.Notes, err = s.recordOf(r, d, store.RecordFilter{MemberID: m.ID, Kinds: []news.ActKind{news.ActNote, news.ActWarn}}); err != nil {
		return err
	}
	if page.Record, err = s.recordOf(r, d, filter); err != nil {
		return err
	}
	if d.m.Role.May(news.ActManageMembers) {
		page.Account = views.MemberFilePath(m.ID)
	}
	s.write(w, r, status, views.ConductPageView(page))
	return nil
}

// memberActs are the acts about a member and not about one comment.
var memberActs = []news.ActKind{news.ActWarn, news.ActNote, news.ActSuspend, news.ActUnsuspend, news.ActHoldMember, news.ActFreeMember}

// conductFacts is what there is to know of a member at the desk; addresses are
// for administrators.
func (s *Server) conductFacts(m news.Member, st news.Standing, rules news.CommentRules, at time.Time) []views.Fact {
	facts := []views.Fact{
		{Name: "Member since", Value: m.CreatedAt.In(s.cfg.Zone).Format("2 January 2006")},
		{Name: "Role", Value: string(m.Role)},
		{Name: "State", Value: s.memberState(m, at)},
		{Name: "Trust", Value: trustText(st, rules)},
		{Name: "Last 90 days", Value: grouped(st.Accepted) + " accepted, " + grouped(st.Removed) + " removed"},
	}
	if m.HoldComments {
		facts = append(facts, views.Fact{Name: "Comments", Value: "everything is held first"})
	}
	if m.Suspended(at) && m.SuspendedReason != "" {
		facts = append(facts, views.Fact{Name: "Reason", Value: m.SuspendedReason})
	}
	return facts
}

// mayAct reports whether the moderator may act on a member.
func (d desk) mayAct(m news.Member) bool {
	return m.ID != d.m.ID && m.Role.Rank() <= d.m.Role.Rank()
}

// errAbove answers whoever acts on themselves or on a higher rank.
var errAbove = &refusal{status: http.StatusForbidden, heading: "That is for somebody else to decide",
	text: "Nobody decides about themselves, or about somebody whose role is above theirs."}

// suspensions are how long a member can be suspended.
var suspensions = []views.Option{
	{Value: "1", Label: "One day"}, {Value: "3", Label: "Three days"}, {Value: "7", Label: "One week"},
	{Value: "30", Label: "Thirty days"}, {Value: "forever", Label: "For good (a ban)"},
}

// conductForms are the things that can be done about a member, with what was
// sent in the one that was refused.
func conductForms(m news.Member, d desk, f conductForm) []views.ConductForm {
	if !d.mayAct(m) {
		return nil
	}
	reason := func(kind news.ActKind, label, hint string) *views.Area {
		a := &views.Area{ID: string(kind) + "-reason", Name: "reason", Label: label, Hint: hint, Rows: "2"}
		if f.act == kind {
			a.Value, a.Error = f.reason, f.fault
		}
		return a
	}
	url := views.ModerationFilePath(m.ID)
	forms := []views.ConductForm{
		{Heading: "Warn", URL: url, Act: string(news.ActWarn), Button: "Warn",
			Hint:   "They have to read it and say so before they can write again. You have a minute to take it back.",
			Reason: reason(news.ActWarn, "What they did, and what you expect", "They read it as you write it.")},
		noteForm(m, f),
	}
	if m.SuspendedUntil != nil && m.Suspended(d.v.At) {
		forms = append(forms, views.ConductForm{Heading: "Lift the suspension", URL: url, Act: string(news.ActUnsuspend), Button: "Lift the suspension"})
	} else {
		length := views.Choice{Name: "days", Legend: "How long"}
		for _, o := range suspensions {
			o.Checked = o.Value == "7"
			if f.act == news.ActSuspend {
				o.Checked = o.Value == f.days
			}
			length.Options = append(length.Options, o)
		}
		forms = append(forms, views.ConductForm{Heading: "Suspend or ban", URL: url, Act: string(news.ActSuspend), Button: "Suspend", Strict: true, Length: &length,
			Hint:   "In force at once. They can read, but not write, recommend or report; they are told by mail after a minute.",
			Reason: reason(news.ActSuspend, "Why", "They read it as you write it.")})
	}
	if m.HoldComments {
		return append(forms, views.ConductForm{Heading: "Let their comments appear at once", URL: url, Act: string(news.ActFreeMember), Button: "Let them appear"})
	}
	return append(forms, views.ConductForm{Heading: "Hold everything they write", URL: url, Act: string(news.ActHoldMember), Button: "Hold everything",
		Hint: "Moderators look at each of their comments first. They are told so when they write."})
}

func noteForm(m news.Member, f conductForm) views.ConductForm {
	a := &views.Area{ID: string(news.ActNote) + "-reason", Name: "reason", Label: "Note", Hint: "Moderators and administrators read it; the member does not.", Rows: "2"}
	if f.act == news.ActNote {
		a.Value, a.Error = f.reason, f.fault
	}
	return views.ConductForm{Heading: "Leave a note", URL: views.ModerationFilePath(m.ID), Act: string(news.ActNote), Button: "Keep the note", Reason: a}
}

// decideMember serves POST /moderation/members/{id}.
func (s *Server) decideMember(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	f := conductForm{act: news.ActKind(r.PostFormValue("act")), days: r.PostFormValue("days")}
	var err error
	if f.reason, err = cleanReason(r.PostFormValue("reason")); err != nil {
		return err
	}
	d, m, err := s.conductOf(r)
	if err != nil {
		return giveBack(err, f.reason)
	}
	var until time.Time
	switch f.act {
	case news.ActSuspend:
		if until, err = suspendedUntil(f.days, d.v.At); err != nil {
			return giveBack(err, f.reason)
		}
		fallthrough
	case news.ActWarn, news.ActNote:
		f.fault = reasonFault(f.reason)
	case news.ActUnsuspend, news.ActHoldMember, news.ActFreeMember:
		f.reason = ""
	default:
		return giveBack(malformed("There is no such decision", "Choose one of those on the page."), f.reason)
	}
	if f.fault != "" {
		if err := s.writeConduct(w, r, d, m, http.StatusUnprocessableEntity, f); err != nil {
			return giveBack(err, f.reason)
		}
		return nil
	}
	if !d.mayAct(m) {
		return giveBack(errAbove, f.reason)
	}
	batch, err := s.db.DecideMember(r.Context(), d.m, m.ID, f.act, f.reason, until, d.v.At)
	if errors.Is(err, news.ErrForbidden) {
		err = errAbove
	}
	if err != nil {
		return giveBack(lastAdministrator(err, views.ModerationFilePath(m.ID)), f.reason)
	}
	s.cfg.MailDue()
	seeOther(w, r, withBatch(views.ModerationFilePath(m.ID), batch.ID))
	return nil
}

// reasonFault is what is wrong with words that are needed, or "".
func reasonFault(reason string) string {
	switch n := text.Length(reason); {
	case n == 0:
		return "Write it in a sentence"
	case n > reasonMax:
		return "This is " + plural(n-reasonMax, "character") + " too long: please shorten it to " + strconv.Itoa(reasonMax)
	}
	return ""
}

// suspendedUntil reads how long a suspension is. It returns a 400 for what the
// page does not offer.
func suspendedUntil(days string, at time.Time) (time.Time, error) {
	if days == "forever" {
		return news.Forever, nil
	}
	for _, o := range suspensions {
		if n, err := strconv.Atoi(days); err == nil && o.Value == days {
			return at.AddDate(0, 0, n), nil
		}
	}
	return time.Time{}, malformed("That is no length of time", "Choose one of those on the page.")
}
