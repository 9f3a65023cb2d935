package web

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/rule"
)

// A court is the newsroom's rules about comments, ready for judging.
type court struct {
	rules news.CommentRules
	set   *rule.Set
}

// court reads the rules; what they make of texts is worked out once for as
// long as they stay the same.
func (s *Server) court(ctx context.Context) (*court, error) {
	rules, err := s.db.CommentRules(ctx)
	if err != nil {
		return nil, err
	}
	if c := s.sitting.Load(); c != nil && reflect.DeepEqual(c.rules, rules) {
		return c, nil
	}
	c := &court{rules: rules, set: rule.New(rules, s.cfg.URL.Hostname())}
	s.sitting.Store(c)
	return c, nil
}

// label is the name of the button that recommends.
func (c *court) label() string { return c.rules.Usual().RecommendLabel }

// An outlook is what a reader is told before writing.
type outlook struct {
	text string // what will happen to what they post
	full string // why they may post nothing more for now, or ""
}

// outlook says what will become of a comment on that story without links and
// listed words. Signed out nobody knows by whom it will be, so that only what
// holds for everybody is said.
func (s *Server) outlook(ctx context.Context, v news.Viewpoint, story news.Story, c *court) (outlook, error) {
	if !v.Reader.SignedIn() {
		o := outlook{text: "We keep what you have written while you log in."}
		common := news.Standing{Accepted: 1 << 20, CategoryHeld: story.Category.CommentsHeld, ArticleHeld: story.CommentsHeld}
		if held := c.set.Expect(common).Held; len(held) > 0 {
			wait, err := s.waiting(ctx, v.At, c)
			o.text += " A moderator looks at it first: " + s.why(held, story) + "." + wait
			return o, err
		}
		return o, nil
	}
	st, err := s.db.Standing(ctx, v.Reader.MemberID, story.ID, v.At)
	if err != nil {
		return outlook{}, err
	}
	verdict := c.set.Expect(st)
	switch {
	case len(verdict.Refused) > 0:
		return outlook{full: refusedText(verdict.Refused, c) + "."}, nil
	case len(verdict.Held) > 0:
		wait, err := s.waiting(ctx, v.At, c)
		return outlook{text: "A moderator looks at it first: " + s.why(verdict.Held, story) + "." + wait}, err
	case c.set.HoldsLinks(st):
		wait, err := s.waiting(ctx, v.At, c)
		return outlook{text: "It appears at once. Comments with links wait for a moderator." + wait}, err
	}
	return outlook{text: "It appears at once."}, nil
}

// waiting says how long a moderator usually takes, and when none is there
// now, when they are back.
func (s *Server) waiting(ctx context.Context, at time.Time, c *court) (string, error) {
	words := ""
	wait, ok, err := s.db.UsualWait(ctx, at)
	if err != nil {
		return "", err
	}
	if ok {
		words = " Usual wait " + waitText(wait) + "."
	}
	if back := s.backAt(at, c.rules); back != "" {
		words += " Moderators are back " + back + "."
	}
	return words, nil
}

// waitText is a usual wait as people say it: to five minutes, then to hours.
func waitText(d time.Duration) string {
	if d < 90*time.Minute {
		return plural(max(5, int((d+150*time.Second)/(5*time.Minute))*5), "minute")
	}
	if d < 36*time.Hour {
		return plural(int((d+30*time.Minute)/time.Hour), "hour")
	}
	return plural(int((d+12*time.Hour)/(24*time.Hour)), "day")
}

// backAt is when moderators are there again, "" while they are or when that
// is not said.
func (s *Server) backAt(at time.Time, rules news.CommentRules) string {
	from, err1 := time.Parse("15:04", rules.StaffedFrom)
	to, err2 := time.Parse("15:04", rules.StaffedTo)
	if err1 != nil || err2 != nil || from.Equal(to) {
		return ""
	}
	local := at.In(s.cfg.Zone)
	minute := func(t time.Time) int { return t.Hour()*60 + t.Minute() }
	now, begin, end := minute(local), minute(from), minute(to)
	switch {
	case begin < end && begin <= now && now < end, begin > end && (now >= begin || now < end):
		return ""
	case now < begin:
		return "at " + rules.StaffedFrom
	}
	return "tomorrow at " + rules.StaffedFrom
}

// why says to its author why a comment waits.
func (s *Server) why(holds []news.Hold, story news.Story) string {
	var words []string
	for _, h := range holds {
		said := ""
		switch h.Kind {
		case news.HoldSite:
			said = "all comments here are read before they appear"
		case news.HoldCategory:
			said = "comments in this section are read before they appear"
			if story.Category.Name != "" {
				said = "comments in " + story.Category.Name + " are read before they appear"
			}
		case news.HoldArticle:
			said = "comments on this story are read before they appear"
		case news.HoldMember:
			said = "what you write is read before it appears"
		case news.HoldFirst:
			said = "the first comments of new members are read before they appear"
		case news.HoldLink:
			said = "it has a link in it"
		case news.HoldWord:
			said = "there is a word in it that moderators want to look at"
		case news.HoldByHand:
			said = "a moderator wants to look at it again"
		default:
			said = "a rule of the newsroom asks for it"
		}
		words = append(words, said)
	}
	return strings.Join(words, "; ")
}

// refusedText says why the rules do not let a comment in.
func refusedText(reasons []news.Hold, c *court) string {
	for _, h := range reasons {
		if h.Kind == news.RefuseWord {
			return fmt.Sprintf("We publish no comments with the word “%s”: please say it in another way", h.Detail)
		}
	}
	return fmt.Sprintf("New members can write %s in 24 hours, and you have: please come back later", plural(c.rules.NewPerDay, "comment"))
}
