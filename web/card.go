package web

import (
	"fmt"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// The widths a card's picture is shown at, for the browser's choice of file.
const (
	sizesLead  = "(min-width: 75em) 38rem, (min-width: 56.25em) 60vw, 92vw"
	sizesLarge = "(min-width: 56.25em) 40rem, 92vw"
	sizesSmall = "(min-width: 75em) 18rem, (min-width: 37.5em) 45vw, 7rem"
	sizesRiver = "(min-width: 37.5em) 15rem, 92vw"
	sizesFirst = "(min-width: 56.25em) 26rem, (min-width: 37.5em) 15rem, 92vw"
)

// card is a story as a plain card: label, headline, standfirst, meta.
func (s *Server) card(story news.Story, now time.Time) views.Card {
	c := views.Card{
		URL:        views.ArticlePath(story.Day, story.Slug),
		Headline:   story.Headline,
		Kicker:     story.Kicker,
		Category:   views.Link{Text: story.Category.Name, URL: views.CategoryPath(story.Category.Slug)},
		Standfirst: story.Standfirst,
		Comments:   commentsText(story.CommentCount),
		Sizes:      sizesSmall,
	}
	if story.PublishedAt != nil {
		c.Published = s.ago(*story.PublishedAt, now)
	}
	return c
}

// picturedCard is a card with the story's picture, where it has one.
func (s *Server) picturedCard(story news.Story, now time.Time) views.Card {
	c := s.card(story, now)
	c.Picture = picture(story)
	return c
}

// riverCards are the cards of a listing; the first is the page's main one.
func (s *Server) riverCards(stories []news.Story, now time.Time) []views.Card {
	var cards []views.Card
	for i, story := range stories {
		c := s.picturedCard(story, now)
		c.Style, c.Sizes = "card--medium", sizesRiver
		if i == 0 {
			c.Sizes, c.Eager = sizesFirst, true
		}
		cards = append(cards, c)
	}
	return cards
}

// ranked is a numbered list of stories with their counts.
func ranked(stories []news.Story) []views.Ranked {
	var list []views.Ranked
	for _, story := range stories {
		list = append(list, views.Ranked{
			URL:  views.ArticlePath(story.Day, story.Slug) + "#comments",
			Text: story.Headline,
			Meta: commentsText(story.CommentCount),
		})
	}
	return list
}

// commentsText is "" for a story without comments.
func commentsText(n int) string {
	if n == 0 {
		return ""
	}
	return plural(n, "comment")
}

// picture is the story's hero as an image of all its widths, or nil.
func picture(story news.Story) *views.Picture {
	p := story.Picture
	if p == nil {
		return nil
	}
	widths := strings.Split(p.Widths, ",")
	file := func(width string) string { return views.MediaPath(p.Key + "-" + width + "." + p.Format) }
	v := &views.Picture{Src: file(widths[len(widths)-1]), Width: p.Width, Height: p.Height, Alt: story.HeroAlt}
	var set []string
	for _, width := range widths {
		set = append(set, fmt.Sprintf("%s %sw", file(width), width))
	}
	v.Srcset = strings.Join(set, ", ")
	return v
}
