package web

import (
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/rule"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// rehearsalMax is how many comments a rehearsal looks at, so that it takes a
// moment and not a minute.
const rehearsalMax = 5000

// rehearse tries rules on the comments of the last weeks, beside those in
// force.
func (s *Server) rehearse(r *http.Request, inForce, then news.CommentRules, at time.Time) (*views.Rehearsal, error) {
	host := s.cfg.URL.Hostname()
	tried := rule.New(then, host).Rehearse(rule.New(inForce, host))
	total, err := s.db.PastComments(r.Context(), at.Add(-news.RehearsalSpan), at, rehearsalMax, func(c news.PastComment) error {
		tried.Add(c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	view := views.Rehearsal{
		Lede: "Nothing is saved. These rules were tried on all " + plural(tried.Seen, "comment") + " of the last 30 days.",
		Counts: []views.RehearsalCount{
			{Name: "Shown at once", Now: grouped(tried.WasShown), Then: grouped(tried.Shown)},
			{Name: "Held", Now: grouped(tried.WasHeld), Then: grouped(tried.Held)},
			{Name: "Refused", Now: grouped(tried.WasRefused), Then: grouped(tried.Refused)},
		},
	}
	switch {
	case tried.Seen == 0:
		view.Lede = "Nothing is saved. Nobody wrote a comment in the last 30 days, so there is nothing to try the rules on."
	case total > tried.Seen:
		view.Lede = "Nothing is saved. These rules were tried on the newest " + grouped(tried.Seen) + " of " + plural(total, "comment") + " of the last 30 days."
	}
	groups := []views.RehearsalGroup{{Heading: "Would have been refused"}, {Heading: "Would have been held"}, {Heading: "Would have been shown at once"}}
	for _, e := range tried.Examples {
		g := &groups[2]
		switch {
		case len(e.Then.Refused) > 0:
			g = &groups[0]
		case len(e.Then.Held) > 0:
			g = &groups[1]
		}
		g.Examples = append(g.Examples, views.RehearsalExample{
			By: e.Name, Story: e.Headline, Time: s.ago(e.CreatedAt, at), Words: text.Excerpt(e.Body, 200), URL: views.ModerationItemPath(e.ID),
			Now: verdictText(e.Now), Then: verdictText(e.Then),
		})
	}
	for _, g := range groups {
		if len(g.Examples) > 0 {
			view.Groups = append(view.Groups, g)
		}
	}
	if len(view.Groups) == 0 && tried.Seen > 0 {
		view.None = "None of them would have fared differently."
	}
	return &view, nil
}
