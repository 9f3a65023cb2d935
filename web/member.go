package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// showMembers serves GET /newsroom/members.
func (s *Server) showMembers(w http.ResponseWriter, r *http.Request) error {
	number, err := pageNumber(r)
	if err != nil {
		return err
	}
	v, _, err := s.owner(r)
	if err != nil {
		return err
	}
	query, err := text.CleanName(r.URL.Query().Get("q"))
	if err != nil {
		return malformed("That is not text", "What arrived contains bytes that are no characters.")
	}
	list, total, err := s.db.Members(r.Context(), news.MemberFilter{
		Query: text.Fold(query), EmailQuery: text.FoldEmail(query), Limit: news.PageSize, Offset: (number - 1) * news.PageSize,
	})
	if err != nil {
		return err
	}
	pages := max(1, (total+news.PageSize-1)/news.PageSize)
	if number > pages {
		return news.ErrNotFound
	}
	page := views.MembersPage{
		Chrome: s.chrome(r, v, "Members"), Query: query, Count: total,
		Pager: pager(pages, number, "Newer members", "Older members", "Pages of members", func(n int) string {
			return views.WithQuery(views.MembersPath, "q", query, "page", pageText(n))
		}),
	}
	page.NoIndex = true
	for _, m := range list {
		page.Members = append(page.Members, views.MemberItem{
			URL: views.MemberFilePath(m.ID), Name: m.Name, Email: m.Email, Role: string(m.Role), State: s.memberState(m, v.At), Since: s.moment(m.CreatedAt),
		})
	}
	return s.show(w, r, views.MembersPageView(page))
}

// memberState is how an account stands, in a word or two.
func (s *Server) memberState(m news.Member, at time.Time) string {
	switch {
	case m.DeleteAt != nil:
		return "To be deleted"
	case m.Suspended(at) && !m.SuspendedUntil.Before(news.Forever):
		return "Banned"
	case m.Suspended(at):
		return "Suspended until " + s.moment(*m.SuspendedUntil).Text
	case !m.Confirmed():
		return "Not confirmed"
	}
	return "Active"
}

// subject is the member a request is about, and who asks. Nobody acts on an
// account of a higher rank than their own.
func (s *Server) subject(r *http.Request) (v news.Viewpoint, actor, m news.Member, err error) {
	if v, actor, err = s.owner(r); err != nil {
		return v, actor, m, err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return v, actor, m, news.ErrNotFound
	}
	if m, err = s.db.MemberByID(r.Context(), id); err != nil {
		return v, actor, m, err
	}
	if m.Role.Rank() > actor.Role.Rank() {
		return v, actor, m, news.ErrForbidden
	}
	return v, actor, m, nil
}

// showMemberFile serves GET /newsroom/members/{id}.
func (s *Server) showMemberFile(w http.ResponseWriter, r *http.Request) error {
	v, _, m, err := s.subject(r)
	if err != nil {
		return err
	}
	return s.writeMemberFile(w, r, v, m, http.StatusOK, nil)
}

func (s *Server) writeMemberFile(w http.ResponseWriter, r *http.Request, v news.Viewpoint, m news.Member, status int, faults []views.FieldError) error {
	acts, err := s.db.Acts(r.Context(), m.ID)
	if err != nil {
		return err
	}
	page := views.MemberFilePage{
		Chrome: s.chrome(r, v, m.Name), Errors: faults, Done: doneText(r), Name: m.Name,
		Facts: []views.Fact{
			{Name: "Email", Value: m.Email}, {Name: "Role", Value: string(m.Role)}, {Name: "State", Value: s.memberState(m, v.At)},
			{Name: "Member since", Value: s.moment(m.CreatedAt).Text},
		},
	}
	page.NoIndex = true
	if len(faults) > 0 {
		page.Title = "Error: " + page.Title
	}
	if m.Suspended(v.At) && m.SuspendedReason != "" {
		page.Facts = append(page.Facts, views.Fact{Name: "Reason", Value: m.SuspendedReason})
	}
	path := views.MemberFilePath(m.ID)
	role := views.Choice{Name: "role", Legend: "Role"}
	for _, one := range news.Roles {
		role.Options = append(role.Options, views.Option{Value: string(one), Label: strings.ToUpper(string(one[:1])) + string(one[1:]), Checked: one == m.Role})
	}
	reason := views.Field{ID: "reason", Name: "reason", Label: "Reason", Type: "text", Autocomplete: "off", Hint: "The member is told."}
	page.Forms = []views.TitledForm{{Heading: "Role", Form: views.Form{Action: path + "/role", Button: "Change the role", Choices: []views.Choice{role}}}}
	if m.Suspended(v.At) {
		page.Forms = append(page.Forms, views.TitledForm{Heading: "Suspension", Form: views.Form{Action: path + "/unsuspend", Button: "Lift the suspension"}})
	} else {
		length := views.Choice{Name: "days", Legend: "How long", Options: []views.Option{
			{Value: "1", Label: "One day"}, {Value: "7", Label: "One week"}, {Value: "30", Label: "Thirty days"}, {Value: "forever", Label: "For good (a ban)"},
		}}
		chosen := "7"
		if len(faults) > 0 { // as it was sent
			chosen, reason.Value, reason.Error = r.PostFormValue("days"), r.PostFormValue("reason"), faults[0].Text
		}
		for i := range length.Options {
			length.Options[i].Checked = length.Options[i].Value == chosen
		}
		page.Forms = append(page.Forms, views.TitledForm{Heading: "Suspension", Form: views.Form{Action: path + "/suspend", Button: "Suspend", Choices: []views.Choice{length}, Fields: []views.Field{reason}}})
	}
	page.Forms = append(page.Forms, views.TitledForm{Heading: "Log-ins", Form: views.Form{Action: path + "/sessions", Button: "End all log-ins"}})
	for _, a := range acts {
		// What was decided about their comments stands at the desk; notes about
		// oneself are for the others.
		if a.CommentID != nil || a.Kind == news.ActNote && m.ID == v.Reader.MemberID {
			continue
		}
		page.Acts = append(page.Acts, views.ActItem{Time: s.moment(a.At), Text: s.actText(r, a)})
	}
	page.ConductURL = views.ModerationFilePath(m.ID)
	if page.Categories, err = s.categoriesForm(r, v, m); err != nil {
		return err
	}
	s.write(w, r, status, views.MemberFilePageView(page))
	return nil
}

// actText is a line of the record.
func (s *Server) actText(r *http.Request, a news.Act) string {
	words := map[news.ActKind]string{"role": "role changed", "suspend": "suspended", "unsuspend": "suspension lifted", "end-sessions": "all log-ins ended", "password": "password set", "created": "account made and set"}[a.Kind]
	if words == "" {
		words = strings.ToLower(actName(a.Kind))
	}
	if a.Kind == "role" || a.Kind == "created" {
		if a.Before != "" {
			words += " from “" + a.Before + "”"
		}
		words += " to “" + a.After + "”"
	}
	if a.Reason != "" {
		words += ", reason: " + a.Reason
	}
	by := "from the command line"
	if a.ActorID != nil {
		by = "by a former member"
		if actor, err := s.db.MemberByID(r.Context(), *a.ActorID); err == nil {
			by = "by " + actor.Name
		}
	}
	return words + ", " + by
}

// updateRole serves POST /newsroom/members/{id}/role.
func (s *Server) updateRole(w http.ResponseWriter, r *http.Request) error {
	_, actor, m, err := s.subject(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	role := news.Role(r.PostFormValue("role"))
	if role.Rank() < 0 {
		return malformed("There is no such role", "Choose one of those on the page.")
	}
	if role.Rank() > actor.Role.Rank() || m.ID == actor.ID {
		return news.ErrForbidden
	}
	if err := s.db.SetRole(r.Context(), m.ID, role, s.act(actor, "role", "")); err != nil {
		return lastAdministrator(err, views.MemberFilePath(m.ID))
	}
	return afterwards(w, r, views.MemberFilePath(m.ID), "role")
}

// lastAdministrator puts into words that an act would leave the site without
// an administrator; other errors stay as they are.
func lastAdministrator(err error, backTo string) error {
	if !errors.Is(err, news.ErrConflict) {
		return err
	}
	return &refusal{status: http.StatusConflict, heading: "The site needs an administrator", text: "This is the last one. Make somebody else an administrator first.",
		links: []views.Link{{Text: "Back", URL: backTo}}}
}

// act is one entry of the record, by that member.
func (s *Server) act(actor news.Member, kind news.ActKind, reason string) news.Act {
	return news.Act{At: news.Instant(s.cfg.Now()), ActorID: &actor.ID, Kind: kind, Reason: reason}
}

// createSuspension serves POST /newsroom/members/{id}/suspend.
func (s *Server) createSuspension(w http.ResponseWriter, r *http.Request) error {
	v, actor, m, err := s.subject(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	if m.ID == actor.ID {
		return news.ErrForbidden
	}
	reason, err := text.CleanName(r.PostFormValue("reason"))
	if err != nil || reason == "" || text.Length(reason) > 300 {
		return s.writeMemberFile(w, r, v, m, http.StatusUnprocessableEntity, []views.FieldError{{ID: "reason", Text: "Say why, in at most 300 characters"}})
	}
	until := news.Forever
	if days := r.PostFormValue("days"); days != "forever" {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 || n > 365 {
			return malformed("That is no length of time", "Choose one of those on the page.")
		}
		until = v.At.AddDate(0, 0, n)
	}
	if err := s.db.Suspend(r.Context(), m.ID, until, reason, s.act(actor, "suspend", reason)); err != nil {
		return lastAdministrator(err, views.MemberFilePath(m.ID))
	}
	return afterwards(w, r, views.MemberFilePath(m.ID), "suspend")
}

// deleteSuspension serves POST /newsroom/members/{id}/unsuspend.
func (s *Server) deleteSuspension(w http.ResponseWriter, r *http.Request) error {
	_, actor, m, err := s.subject(r)
	if err != nil {
		return err
	}
	if err := s.db.Unsuspend(r.Context(), m.ID, s.act(actor, "unsuspend", "")); err != nil {
		return err
	}
	return afterwards(w, r, views.MemberFilePath(m.ID), "unsuspend")
}

// endSessions serves POST /newsroom/members/{id}/sessions.
func (s *Server) endSessions(w http.ResponseWriter, r *http.Request) error {
	_, actor, m, err := s.subject(r)
	if err != nil {
		return err
	}
	if _, err := s.db.EndSessions(r.Context(), m.ID, s.act(actor, "end-sessions", "")); err != nil {
		return err
	}
	return afterwards(w, r, views.MemberFilePath(m.ID), "ended")
}
