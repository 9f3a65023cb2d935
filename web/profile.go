package web

import (
	"net/http"
	"slices"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/views"
)

// profilePageSize is how many comments a page of a member's list shows.
const profilePageSize = 20

// showProfile serves GET /members/{handle}: a member as everybody sees them.
func (s *Server) showProfile(w http.ResponseWriter, r *http.Request) error {
	number, err := pageNumber(r)
	if err != nil {
		return err
	}
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	m, err := s.db.MemberByHandle(r.Context(), r.PathValue("handle"))
	if err != nil {
		return err
	}
	page := views.ProfilePage{
		Chrome: s.chrome(r, v, m.Name), Name: m.Name, Badge: badge(m.Role), Since: s.day(m.CreatedAt),
		Own: v.Reader.MemberID == m.ID,
	}
	page.NoIndex = true
	if !page.Own {
		page.MuteURL = views.MutePath(m.Handle)
	}
	if v.Reader.SignedIn() && !page.Own {
		page.Done = doneText(r)
		mutes, err := s.db.Mutes(r.Context(), v.Reader.MemberID)
		if err != nil {
			return err
		}
		page.Muted = slices.ContainsFunc(mutes, func(mute news.Mute) bool { return mute.MemberID == m.ID })
	}
	if m.HideComments {
		page.Hidden = m.Name + " keeps their list to themselves."
		if page.Own {
			page.Hidden = "You keep your list to yourself: others read here that you do."
		}
		if number > 1 {
			return news.ErrNotFound
		}
		return s.show(w, r, views.ProfilePageView(page))
	}
	list, total, err := s.db.PublicComments(r.Context(), v, m.ID, profilePageSize, (number-1)*profilePageSize)
	if err != nil {
		return err
	}
	pages := max(1, (total+profilePageSize-1)/profilePageSize)
	if number > pages {
		return news.ErrNotFound
	}
	page.Count = total
	page.Pager = pager(pages, number, "Newer comments", "Older comments", "Pages of comments", func(n int) string {
		return views.WithQuery(views.ProfilePath(m.Handle), "page", pageText(n))
	})
	for _, c := range list {
		page.Comments = append(page.Comments, views.ProfileComment{
			Headline: c.Headline, URL: views.CommentPath(c.ID), Time: s.ago(c.CreatedAt, v.At), HTML: markup.Comment(c.Body),
		})
	}
	return s.show(w, r, views.ProfilePageView(page))
}
