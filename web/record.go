package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// recordPage is how many acts a page of the record shows.
const recordPage = 50

// changeMax is how much of what was changed a line of the record shows.
const changeMax = 500

// recordOfComment selects the acts about one comment.
func recordOfComment(id int64) store.RecordFilter { return store.RecordFilter{CommentID: id} }

// recordOf is a part of the record as pages show it.
func (s *Server) recordOf(r *http.Request, d desk, f store.RecordFilter) ([]views.RecordItem, error) {
	if f.Limit == 0 {
		f.Limit = recordPage
	}
	entries, _, err := s.db.Record(r.Context(), f)
	if err != nil {
		return nil, err
	}
	return s.recordItems(r, d, entries)
}

// recordItems are acts as pages show them. Notes about oneself are for the
// others.
func (s *Server) recordItems(r *http.Request, d desk, entries []news.ActEntry) ([]views.RecordItem, error) {
	items := make([]views.RecordItem, 0, len(entries))
	var sections []news.Category // read once something names them
	for _, e := range entries {
		if e.Kind == news.ActNote && e.SubjectID == d.m.ID {
			continue
		}
		if e.Kind == news.ActCategories && sections == nil {
			var err error
			if sections, err = s.db.Categories(r.Context(), d.v); err != nil {
				return nil, err
			}
		}
		item := views.RecordItem{
			Time: s.moment(e.At), Who: e.ActorName, What: actName(e.Kind), Story: e.Headline, Reason: e.Reason, Undone: e.Undone,
			Change: s.changeText(e.Act, sections),
		}
		switch {
		case e.ActorID == nil:
			item.Who = "the program"
		case item.Who == "":
			item.Who = "a former member"
		}
		if e.SubjectID != 0 && e.SubjectName != "" {
			item.Subject = views.Link{Text: e.SubjectName, URL: views.ModerationFilePath(e.SubjectID)}
		}
		if e.CommentID != nil {
			item.Comment = views.Link{Text: "the comment", URL: views.ModerationItemPath(*e.CommentID)}
		}
		items = append(items, item)
	}
	return items, nil
}

// changeText is from what to what an act changed something, where that says
// more than its name.
func (s *Server) changeText(a news.Act, sections []news.Category) string {
	before, after := a.Before, a.After
	switch a.Kind {
	case news.ActRules:
		return rulesText(a)
	case news.ActUndo, news.ActNote, news.ActWarn, news.ActHoldThread, news.ActFreeThread, news.ActHoldMember, news.ActFreeMember, news.ActHoldCategory, news.ActFreeCategory:
		return ""
	case news.ActSuspend, news.ActUnsuspend:
		before, after = s.untilText(before), s.untilText(after)
	case news.ActCategories:
		before, after = sectionsText(before, sections), sectionsText(after, sections)
	}
	switch {
	case before == after:
		return ""
	case before == "":
		return "To “" + text.Cut(after, changeMax) + "”"
	case after == "":
		return "From “" + text.Cut(before, changeMax) + "”"
	}
	return "From “" + text.Cut(before, changeMax) + "” to “" + text.Cut(after, changeMax) + "”"
}

// untilText is the end of a suspension as the record has it, as people read it.
func (s *Server) untilText(instant string) string {
	t, err := time.Parse(time.RFC3339, instant)
	switch {
	case err != nil:
		return instant
	case !t.Before(news.Forever):
		return "for good"
	}
	return "until " + s.moment(t).Text
}

// sectionsText are the sections whose ids the record has, by name.
func sectionsText(ids string, sections []news.Category) string {
	if ids == "" {
		return "all sections"
	}
	var names []string
	for id := range strings.SplitSeq(ids, ",") {
		name := "a former section"
		for _, c := range sections {
			if strconv.FormatInt(c.ID, 10) == id {
				name = c.Name
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// rulesText is a change of the rules, a question a line.
func rulesText(a news.Act) string {
	var from, to news.CommentRules
	if json.Unmarshal([]byte(a.Before), &from) != nil || json.Unmarshal([]byte(a.After), &to) != nil {
		return ""
	}
	var lines []string
	for _, c := range ruleChanges(from.Usual(), to.Usual()) {
		lines = append(lines, c.label+": from "+text.Cut(c.from, changeMax)+" to "+text.Cut(c.to, changeMax))
	}
	if from.ClosedText != to.ClosedText {
		if to.ClosedText == "" {
			lines = append(lines, "All threads opened again")
		} else {
			lines = append(lines, "All threads closed: "+to.ClosedText)
		}
	}
	return strings.Join(lines, "\n")
}

// showRecord serves GET /moderation/record.
func (s *Server) showRecord(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskOf(r)
	if err != nil {
		return err
	}
	number, err := pageNumber(r)
	if err != nil {
		return err
	}
	name, member, fault, err := s.findMember(r, r.URL.Query().Get("member"))
	if err != nil {
		return err
	}
	kind := r.URL.Query().Get("kind")
	f := store.RecordFilter{ActorID: member, Limit: recordPage, Offset: (number - 1) * recordPage}
	page := views.RecordPage{
		Member: views.Field{ID: "member", Name: "member", Label: "By", Type: "text", Autocomplete: "off", Hint: "The whole display name.", Value: name, Error: fault},
		Kind:   views.Choice{Name: "kind", Legend: "What", Options: []views.Option{{Label: "Everything"}}},
		Note:   "Everything that moderators and administrators did, newest first. Nothing here can be changed or removed.",
	}
	known := false
	for _, a := range actNames {
		chosen := string(a.kind) == kind
		known = known || chosen
		page.Kind.Options = append(page.Kind.Options, views.Option{Value: string(a.kind), Label: a.name, Checked: chosen})
	}
	if known {
		f.Kinds = []news.ActKind{news.ActKind(kind)}
	} else {
		kind = ""
	}
	if d.categories != nil {
		// The record names stories and members of all sections.
		f.ActorID, page.Member.Value, page.Member.Error, fault = d.m.ID, d.m.Name, "", ""
		page.Note = "What you did, newest first. Nothing here can be changed or removed."
	}
	if page.Desk, err = s.deskView(r, d, "Record"); err != nil {
		return err
	}
	more := false
	if fault == "" {
		var entries []news.ActEntry
		if entries, more, err = s.db.Record(r.Context(), f); err != nil {
			return err
		}
		if page.Items, err = s.recordItems(r, d, entries); err != nil {
			return err
		}
	}
	address := func(n int) string {
		return views.WithQuery(views.RecordPath, "member", name, "kind", kind, "page", pageText(n))
	}
	if name+kind != "" {
		page.ClearTo = views.RecordPath
	}
	if number > 1 || more {
		page.Pager = views.Pager{Where: "Page " + grouped(number), Label: "Pages of the record", NewerText: "Later acts", OlderText: "Earlier acts"}
		if number > 1 {
			page.Pager.NewerURL = address(number - 1)
		}
		if more {
			page.Pager.OlderURL = address(number + 1)
		}
	}
	return s.show(w, r, views.RecordPageView(page))
}
