package web

import (
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// How many stories stand where on the front page.
const (
	frontNewest   = 24 // looked at to fill the top
	frontLeadFrom = 6  // the lead is the newest with a picture among so many
	frontLeft     = 4
	frontRight    = 3
	blockStories  = 5 // of each category
	blockAbreast  = 4 // of which so many when they stand in a row
	discussedSpan = 7 * 24 * time.Hour
	discussedMax  = 3
)

// opinion is the category whose stories are set as opinion: author first.
const opinion = "opinion"

// showFront serves GET /.
func (s *Server) showFront(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	newest, err := s.db.Articles(r.Context(), v, news.Filter{Limit: frontNewest})
	if err != nil {
		return err
	}
	page := views.FrontPage{Chrome: s.chrome(r, v, s.name())}
	page.Front = true
	page.Title = s.name()
	if s.cfg.Line != "" {
		page.Title += ": " + s.cfg.Line
	}
	page.Description = s.cfg.Line
	page.Canonical = s.canonical(views.FrontPath)
	if page.MemberName == "" {
		page.JoinURL = page.Chrome.JoinURL
	}

	used := s.fillTop(&page, newest, v.At)
	discussed, err := s.db.MostDiscussed(r.Context(), v, news.Filter{Limit: discussedMax}, v.At.Add(-discussedSpan))
	if err != nil {
		return err
	}
	if len(discussed) == discussedMax { // fewer would look like a mistake
		page.Discussed = ranked(discussed)
	}
	rest, err := s.db.TopByCategory(r.Context(), v, blockStories, used)
	if err != nil {
		return err
	}
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && rest[n].CategoryID == rest[0].CategoryID {
			n++
		}
		page.Blocks = append(page.Blocks, s.frontBlock(rest[:n], len(page.Blocks)%2 == 1, v.At))
		rest = rest[n:]
	}
	if len(page.Blocks) > sectionsMax {
		page.Blocks = page.Blocks[:sectionsMax]
	}
	return s.show(w, r, views.FrontPageView(page))
}

// fillTop chooses the lead and the columns beside it, and returns the ids of
// the stories it used, so that none stands on the page twice.
func (s *Server) fillTop(page *views.FrontPage, newest []news.Story, now time.Time) (used []int64) {
	lead := -1
	for i, story := range newest {
		if i < frontLeadFrom && story.Picture != nil && story.Category.Slug != opinion {
			lead = i
			break
		}
	}
	if lead < 0 && len(newest) > 0 {
		lead = 0
	}
	right := 0
	for i, story := range newest {
		switch {
		case i == lead:
			c := s.picturedCard(story, now)
			c.Style, c.Sizes, c.Eager = "card--lead", sizesLead, true
			page.Lead = &c
		case story.Category.Slug == opinion:
			continue
		case len(page.Left) < frontLeft && (story.Picture == nil || len(page.Left) <= right || right == frontRight):
			c := s.card(story, now)
			if len(page.Left) == 0 {
				c.Style = "card--medium"
			} else if len(page.Left)%2 == 1 {
				c.Standfirst = ""
			}
			page.Left = append(page.Left, c)
		case right < frontRight:
			c := s.card(story, now)
			if right == 0 {
				c = s.picturedCard(story, now)
				c.Style = "card--thumb"
				if c.Picture != nil {
					c.Standfirst = ""
				}
			} else if right == frontRight-1 {
				c.Standfirst = ""
			}
			page.Right = append(page.Right, c)
			right++
		default:
			continue
		}
		used = append(used, story.ID)
	}
	return used
}

// frontBlock lays out one category. Blocks take turns between a large story
// with two columns beside it and four stories abreast, so that the page has a
// rhythm; opinion always stands abreast, author first.
func (s *Server) frontBlock(stories []news.Story, abreast bool, now time.Time) views.FrontBlock {
	category := stories[0].Category
	b := views.FrontBlock{ID: "in-" + category.Slug, Name: category.Name, URL: views.CategoryPath(category.Slug)}
	if category.Slug == opinion || abreast && len(stories) >= blockAbreast {
		b.Abreast = true
		for _, story := range stories[:min(len(stories), blockAbreast)] {
			b.Columns = append(b.Columns, []views.Card{s.abreastCard(story, now)})
		}
		return b
	}
	first := 0
	for i, story := range stories {
		if story.Picture != nil {
			first = i
			break
		}
	}
	b.First = s.picturedCard(stories[first], now)
	b.First.Style, b.First.Sizes, b.First.Category = "card--large", sizesLarge, views.Link{}
	var beside []views.Card
	for i, story := range stories {
		if i == first {
			continue
		}
		c := s.card(story, now)
		c.Category = views.Link{}
		if len(beside)%2 == 0 { // the top of a column may carry its picture
			c.Picture = picture(story)
			c.Style = "card--thumb"
		}
		if c.Picture != nil || len(beside)%2 == 1 {
			c.Standfirst = ""
		}
		beside = append(beside, c)
	}
	for len(beside) > 0 {
		n := min(2, len(beside))
		b.Columns = append(b.Columns, beside[:n])
		beside = beside[n:]
	}
	return b
}

// abreastCard is one of several stories of a category in a row.
func (s *Server) abreastCard(story news.Story, now time.Time) views.Card {
	c := s.card(story, now)
	c.Category = views.Link{}
	if story.Category.Slug == opinion {
		c.Standfirst, c.Kicker, c.Style = "", "", "card--opinion"
		c.Byline = byline(story.Authors)
		return c
	}
	c.Picture, c.Style = picture(story), "card--thumb"
	if c.Picture != nil {
		c.Standfirst = ""
	}
	return c
}
