package web

import (
	"fmt"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// A listing is what tells one river of stories from another.
type listing struct {
	path      string
	heading   string
	intro     string
	role      string
	filter    news.Filter
	inOne     bool // all stories have one category, so cards don't name it
	discussed bool // with the most discussed beside
}

// showLatest serves GET /latest.
func (s *Server) showLatest(w http.ResponseWriter, r *http.Request) error {
	return s.showListing(w, r, listing{path: views.LatestPath, heading: "Latest stories", intro: "Everything we publish, newest first."})
}

// showListing answers with one page of a listing. A page beyond the last is
// not found; the first page of an empty listing says so.
func (s *Server) showListing(w http.ResponseWriter, r *http.Request, l listing) error {
	number, err := pageNumber(r)
	if err != nil {
		return err
	}
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	total, err := s.db.CountArticles(r.Context(), v, l.filter)
	if err != nil {
		return err
	}
	pages := max(1, (total+news.PageSize-1)/news.PageSize)
	if number > pages {
		return news.ErrNotFound
	}
	l.filter.Limit, l.filter.Offset = news.PageSize, (number-1)*news.PageSize
	stories, err := s.db.Articles(r.Context(), v, l.filter)
	if err != nil {
		return err
	}
	page := views.ListingPage{
		Chrome:  s.chrome(r, v, l.heading),
		Heading: l.heading,
		Intro:   l.intro,
		Role:    l.role,
		Cards:   s.riverCards(stories, v.At),
		Empty:   "No stories here yet.",
		Pager: pager(pages, number, "Newer stories", "Older stories", "Pages of stories", func(n int) string {
			return views.WithQuery(l.path, "page", pageText(n))
		}),
	}
	page.Description = l.intro
	page.Canonical = s.canonical(views.WithQuery(l.path, "page", pageText(number)))
	if number > 1 {
		page.Title = fmt.Sprintf("%s, page %d | %s", l.heading, number, s.name())
	}
	if l.inOne {
		for i := range page.Cards {
			page.Cards[i].Category = views.Link{}
		}
	}
	if l.discussed && number == 1 {
		discussed, err := s.db.MostDiscussed(r.Context(), v, news.Filter{CategoryID: l.filter.CategoryID, Limit: discussedMax}, v.At.Add(-4*discussedSpan))
		if err != nil {
			return err
		}
		if len(discussed) == discussedMax {
			page.Discussed = ranked(discussed)
		}
	}
	return s.show(w, r, views.ListingPageView(page))
}

// pager leads from page number to its neighbours; a single page gets none.
func pager(pages, number int, newer, older, label string, url func(int) string) views.Pager {
	if pages < 2 {
		return views.Pager{}
	}
	p := views.Pager{Where: fmt.Sprintf("Page %d of %d", number, pages), NewerText: newer, OlderText: older, Label: label}
	if number > 1 {
		p.NewerURL = url(number - 1)
	}
	if number < pages {
		p.OlderURL = url(number + 1)
	}
	return p
}
