package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// closedTextMax is how long the sentence may be that all closed threads show.
const closedTextMax = 300

// rulesMark names rules in a form, so that what somebody else saved meanwhile
// is noticed.
func rulesMark(r news.CommentRules) string {
	raw, err := json.Marshal(r)
	if err != nil {
		panic(err) // numbers and strings
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:12])
}

// showRules serves GET /moderation/rules.
func (s *Server) showRules(w http.ResponseWriter, r *http.Request) error {
	d, rules, err := s.rulesOf(r)
	if err != nil {
		return err
	}
	page, err := s.rulesPage(r, d, rules, formOfRules(rules))
	if err != nil {
		return err
	}
	return s.show(w, r, views.RulesPageView(page))
}

// rulesOf is the desk of a request and the rules in force.
func (s *Server) rulesOf(r *http.Request) (desk, news.CommentRules, error) {
	d, err := s.deskOf(r)
	if err != nil {
		return d, news.CommentRules{}, err
	}
	rules, err := s.db.CommentRules(r.Context())
	return d, rules, err
}

// rulesPage is the page of the rules with a form as it is filled in. A
// moderator who is limited to sections has no say in what holds everywhere.
func (s *Server) rulesPage(r *http.Request, d desk, inForce news.CommentRules, f ruleForm) (page views.RulesPage, err error) {
	if page.Desk, err = s.deskView(r, d, "Rules of the comments"); err != nil {
		return page, err
	}
	page.Lede = "What is held or refused, everywhere on the site. Of several rules the strictest wins; staff and moderators are never held."
	if d.categories != nil {
		page.Lede = "What holds everywhere is decided by moderators of all sections. You decide about yours."
	} else {
		page.Was, page.Sections, page.Errors = rulesMark(inForce), f.sections(), f.faults
		page.Close = &views.ClosingForm{Closed: inForce.ClosedText != "", Text: views.Area{
			ID: "closed", Name: "closed", Label: "What readers see, in a sentence", Hint: "Such as “Comments are closed over the holidays.”", Value: inForce.ClosedText, Rows: "2",
		}}
	}
	if len(page.Errors) > 0 {
		page.Title = "Error: " + page.Title
	}
	sections, err := s.deskSections(r, d)
	for _, c := range sections {
		page.Categories = append(page.Categories, views.CategoryRule{Name: c.Name, URL: views.CategoryRulePath(c.ID), Held: c.CommentsHeld})
	}
	return page, err
}

// updateRules serves POST /moderation/rules: it rehearses, saves, or closes
// and opens all threads.
func (s *Server) updateRules(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	d, inForce, err := s.rulesOf(r)
	if err != nil {
		return err
	}
	if d.categories != nil {
		return &refusal{status: http.StatusForbidden, heading: "That holds everywhere", text: "You moderate some sections only; what holds on the whole site is for the others to decide.",
			links: []views.Link{{Text: "Back to the rules", URL: views.RulesPath}}}
	}
	if r.PostForm.Has("close") || r.PostForm.Has("reopen") {
		return s.closeSite(w, r, d, inForce)
	}
	f, err := readRuleForm(r)
	if err != nil {
		return err
	}
	f.rules.ClosedText = inForce.ClosedText
	page, err := s.rulesPage(r, d, inForce, f)
	if err != nil {
		return err
	}
	switch {
	case len(f.faults) > 0:
		s.write(w, r, http.StatusUnprocessableEntity, views.RulesPageView(page))
		return nil
	case !r.PostForm.Has("save"):
		// As it was filled in, also with what it was made from.
		page.Was = r.PostFormValue("was")
		if page.Rehearsal, err = s.rehearse(r, inForce, f.rules, d.v.At); err != nil {
			return err
		}
		return s.show(w, r, views.RulesPageView(page))
	case r.PostFormValue("was") != rulesMark(inForce):
		err = news.ErrConflict
	default:
		err = s.db.SetCommentRules(r.Context(), inForce, f.rules, s.act(d.m, news.ActRules, ""))
	}
	if errors.Is(err, news.ErrConflict) {
		return s.writeRulesConflict(w, r, page, f)
	}
	if err != nil {
		return err
	}
	return afterwards(w, r, views.RulesPath, "rules")
}

// writeRulesConflict gives a form back beside what somebody else saved
// meanwhile.
func (s *Server) writeRulesConflict(w http.ResponseWriter, r *http.Request, page views.RulesPage, f ruleForm) error {
	now, err := s.db.CommentRules(r.Context())
	if err != nil {
		return err
	}
	page.Was = rulesMark(now)
	for _, c := range ruleChanges(f.rules, now) {
		page.Conflict = append(page.Conflict, views.Fact{Name: c.label, Value: c.to})
	}
	if len(page.Conflict) == 0 {
		page.Conflict = []views.Fact{{Name: "The same", Value: "as you filled in"}}
	}
	page.Title = "Error: " + page.Title
	s.write(w, r, http.StatusConflict, views.RulesPageView(page))
	return nil
}

// closeSite closes all threads with a sentence, or opens them again.
func (s *Server) closeSite(w http.ResponseWriter, r *http.Request, d desk, inForce news.CommentRules) error {
	rules, what := inForce, "reopened"
	rules.ClosedText = ""
	if r.PostForm.Has("close") {
		words, err := cleanReason(r.PostFormValue("closed"))
		if err != nil {
			return err
		}
		what, rules.ClosedText = "closed", words
		fault := ""
		switch n := text.Length(words); {
		case n == 0:
			fault = "Say why, in a sentence that readers see"
		case n > closedTextMax:
			fault = "This is " + plural(n-closedTextMax, "character") + " too long"
		}
		if fault != "" {
			page, err := s.rulesPage(r, d, inForce, formOfRules(inForce))
			if err != nil {
				return giveBack(err, words)
			}
			page.Close.Text.Value, page.Close.Text.Error = words, fault
			page.Errors, page.Title = []views.FieldError{{ID: "closed", Text: fault}}, "Error: "+page.Title
			s.write(w, r, http.StatusUnprocessableEntity, views.RulesPageView(page))
			return nil
		}
	}
	if err := s.db.SetCommentRules(r.Context(), inForce, rules, s.act(d.m, news.ActRules, "")); err != nil {
		return giveBack(err, rules.ClosedText)
	}
	return afterwards(w, r, views.RulesPath, what)
}
