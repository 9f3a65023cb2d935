package web

import (
	"net/http"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// showHouseRules serves GET /house-rules.
func (s *Server) showHouseRules(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	page := views.HouseRulesPage{
		Chrome: s.chrome(r, v, "House rules"),
		Intro:  "What we ask of everybody who writes here, ourselves included.",
		Notes: []string{
			"When a moderator removes a comment, the line in its place names the rule, and its author is told.",
			"If you see something that breaks a rule, press Report beside it. A moderator reads every report; nobody is told who sent it.",
			"Whoever breaks the rules again and again is warned, then suspended for a time, and in the end for good.",
		},
	}
	page.Description = page.Intro
	page.Canonical = s.canonical(views.HouseRulesPath)
	for _, one := range news.HouseRules {
		page.Rules = append(page.Rules, views.HouseRule{ID: one.Key, Title: strings.ToUpper(one.Title[:1]) + one.Title[1:], Text: one.Text})
	}
	return s.show(w, r, views.HouseRulesPageView(page))
}
