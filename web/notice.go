package web

import (
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// noticePageSize is how many notices a page shows.
const noticePageSize = 20

// noticeWords is how much of a comment a notice quotes, in characters.
const noticeWords = 300

// showNotices serves GET /account/notices.
func (s *Server) showNotices(w http.ResponseWriter, r *http.Request) error {
	number, err := pageNumber(r)
	if err != nil {
		return err
	}
	v, _, err := s.owner(r)
	if err != nil {
		return err
	}
	list, total, unread, err := s.db.Notices(r.Context(), v, noticePageSize, (number-1)*noticePageSize)
	if err != nil {
		return err
	}
	pages := max(1, (total+noticePageSize-1)/noticePageSize)
	if number > pages {
		return news.ErrNotFound
	}
	page := views.NoticesPage{
		Chrome: s.chrome(r, v, "Notices"), Done: doneText(r), Unread: unread,
		Pager: pager(pages, number, "Newer notices", "Older notices", "Pages of notices", func(n int) string {
			return views.WithQuery(views.NoticesPath, "page", pageText(n))
		}),
	}
	page.NoIndex = true
	newest := int64(0)
	for _, n := range list {
		newest = max(newest, n.ID)
		t := toldBy(n)
		item := views.NoticeItem{Text: t.text, Words: t.words, Time: s.ago(n.At, v.At), Unread: n.ReadAt == nil}
		for _, l := range t.links {
			item.Links = append(item.Links, views.Link{Text: l.Text, URL: l.URL})
		}
		page.Notices = append(page.Notices, item)
	}
	page.UpTo = strconv.FormatInt(newest, 10)
	return s.show(w, r, views.NoticesPageView(page))
}

// updateNotices serves POST /account/notices: those up to an id are read.
func (s *Server) updateNotices(w http.ResponseWriter, r *http.Request) error {
	v, _, err := s.owner(r)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	upTo, ok := positiveID(r.PostFormValue("upto"))
	if !ok {
		return malformed("There is no such notice", "Use the button on the page of notices.")
	}
	if err := s.db.ReadNotices(r.Context(), v, upTo); err != nil {
		return err
	}
	return afterwards(w, r, views.NoticesPath, "notices")
}

// A told is a notice in words.
type told struct {
	text  string // a sentence or two
	words string // quoted under it, or ""
	links []views.Link
}

// toldBy puts a notice into words, for the page and for mail.
func toldBy(n news.Notice) told {
	comment := "your comment"
	if n.Headline != "" {
		comment += " on “" + n.Headline + "”"
	}
	t := told{words: text.Excerpt(n.Body, noticeWords)}
	if n.CommentID != nil {
		t.links = []views.Link{{Text: "Read it in its place", URL: views.CommentPath(*n.CommentID)}}
	}
	rules := views.Link{Text: "House rules", URL: views.HouseRulesPath}
	switch n.Kind {
	case news.NoticeReply:
		t.text = whoever(n.ActorName) + " answered " + comment + "."
	case news.NoticeApproved:
		t.text = "A moderator has looked at " + comment + ": everybody can read it now."
	case news.NoticeRemoved:
		rule, more, _ := strings.Cut(n.Words, "\n")
		t.text = "A moderator removed " + comment + ". " + becauseOf("The reason: ", rule) + " " + becauseOf("They add: ", more)
		t.links = append(t.links, rules)
	case news.NoticeRestored:
		t.text = "A moderator put " + comment + " back in its place."
	case news.NoticeHeld:
		t.text = "A moderator wants to look at " + comment + " again. Until then nobody else sees it."
	case news.NoticePicked:
		t.text = "The editors picked " + comment + "."
	case news.NoticeWarned:
		t.text = "A moderator has warned you. Before you can write again, say on the page of your account that you have read it."
		t.words, t.links = n.Words, []views.Link{{Text: "Your account", URL: views.AccountPath}, rules}
	case news.NoticeSuspended:
		t.text = "You cannot comment for now. " + becauseOf("The reason: ", n.Words) + " Your account says until when."
		t.words, t.links = "", []views.Link{{Text: "Your account", URL: views.AccountPath}, rules}
	case news.NoticeUnsuspended:
		t.text, t.words, t.links = "You can comment again.", "", nil
	default:
		t.text = "Something became of " + comment + "."
	}
	t.text = strings.TrimSpace(t.text)
	return t
}

// whoever is a name, or a word for one that is gone.
func whoever(name string) string {
	if name == "" {
		return "Somebody"
	}
	return name
}

// becauseOf is a reason as a sentence; nothing for none.
func becauseOf(before, reason string) string {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return ""
	}
	if !strings.HasSuffix(reason, ".") && !strings.HasSuffix(reason, "!") && !strings.HasSuffix(reason, "?") {
		reason += "."
	}
	return before + reason
}
