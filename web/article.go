package web

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// railStories is how many more stories of the category stand beside one.
const railStories = 3

// longHeadline is the number of characters from which a headline is set
// smaller, so that it stays a headline and not a page.
const longHeadline = 90

// oldAfter is the age from which a story says how old it is.
const oldAfter = 365 * 24 * time.Hour

var dayForm = regexp.MustCompile(`^[0-9]{8}$`)

// showArticle serves GET /{day}/{slug}. An address the article had before
// answers 301, a withdrawn one 410.
func (s *Server) showArticle(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	story, err := s.storyAt(r, v)
	if errors.Is(err, news.ErrNotFound) {
		return s.moved(w, r)
	}
	if err != nil {
		return err
	}
	reading, err := s.readingOf(w, r, v, story)
	if err != nil {
		return err
	}
	reading.fresh = s.freshSince(r, v, story)
	return s.writeArticle(w, r, v, story, reading, http.StatusOK)
}

// storyAt finds the article that the request's address names.
func (s *Server) storyAt(r *http.Request, v news.Viewpoint) (news.Story, error) {
	day := r.PathValue("day")
	if !dayForm.MatchString(day) {
		return news.Story{}, news.ErrNotFound
	}
	return s.db.ArticleByAddress(r.Context(), v, day, r.PathValue("slug"))
}

// writeArticle renders an article page as the reading says: which comments,
// which form, what went wrong.
func (s *Server) writeArticle(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story, reading reading, status int) error {
	path := views.ArticlePath(story.Day, story.Slug)
	page := views.ArticlePage{
		Chrome:   s.chrome(r, v, story.Headline),
		Errors:   reading.errors,
		RailName: story.Category.Name,
	}
	if len(reading.errors) > 0 {
		page.Title = "Error: " + page.Title
	}
	page.Description = story.Standfirst
	page.Canonical = s.canonical(path)
	for i := range page.Sections {
		page.Sections[i].Current = page.Sections[i].URL == views.CategoryPath(story.Category.Slug)
	}
	page.LoginURL = views.WithQuery(views.LoginPath, "next", path)
	page.JoinURL = views.WithQuery(views.JoinPath, "next", path)
	page.LogoutNext = path

	if err := s.complete(r, v, story, &reading); err != nil {
		return err
	}
	page.Desk = reading.moderates
	thread, err := s.db.CommentPage(r.Context(), v, story.ID, reading.filter())
	if err != nil {
		return err
	}
	// The count at the head and the count at the comments are one number.
	story.CommentCount = thread.Count
	page.Story = s.storyView(story, v.At)
	page.Thread = s.threadView(v, story, thread, reading)
	if reading.moderates {
		next := reading.path(story.Article, thread.Page, thread.Open, thread.Part) + "#comments"
		if page.Thread.Moderate, err = s.threadActs(r, v, story, story.CommentsClosed(v.At, &reading.court.rules), next); err != nil {
			return err
		}
	}

	leaveOut := []int64{story.ID}
	further, err := s.db.FurtherArticle(r.Context(), v, story.Article)
	switch {
	case errors.Is(err, news.ErrNotFound):
	case err != nil:
		return err
	default:
		leaveOut = append(leaveOut, further.ID)
		if page.Further, err = s.furtherView(r, v, path, further, reading); err != nil {
			return err
		}
	}
	rail, err := s.db.Articles(r.Context(), v, news.Filter{CategoryID: story.CategoryID, Exclude: leaveOut, Limit: railStories})
	if err != nil {
		return err
	}
	for _, other := range rail {
		c := s.card(other, v.At)
		c.Category, c.Standfirst = views.Link{}, ""
		page.Rail = append(page.Rail, c)
	}
	s.write(w, r, status, views.ArticlePageView(page))
	return nil
}

// storyView is an article as its page shows it.
func (s *Server) storyView(story news.Story, now time.Time) views.Story {
	path := views.ArticlePath(story.Day, story.Slug)
	sv := views.Story{
		URL:          path,
		Category:     views.Link{Text: story.Category.Name, URL: views.CategoryPath(story.Category.Slug)},
		Kicker:       story.Kicker,
		Headline:     story.Headline,
		LongHeadline: text.Length(story.Headline) > longHeadline,
		Standfirst:   story.Standfirst,
		Published:    s.moment(*story.PublishedAt),
		ReadingTime:  strconv.Itoa(text.ReadingMinutes(story.Body)) + " min read",
		HTML:         bodyHTML(story.Article),
		Share:        s.shareView(path, story.Headline),
		Comments:     commentsText(story.CommentCount),
	}
	if sv.Comments == "" {
		sv.Comments = "No comments yet"
	}
	if story.Language != s.cfg.Language {
		sv.Language = story.Language
	}
	if story.UpdatedAt != nil && story.UpdatedAt.After(*story.PublishedAt) && !story.UpdatedAt.After(now) {
		updated := s.moment(*story.UpdatedAt)
		sv.Updated = &updated
	}
	if age := now.Sub(*story.PublishedAt); age > oldAfter {
		sv.Notice = "This story is more than " + plural(int(age/oldAfter), "year") + " old."
	}
	for _, a := range story.Authors {
		sv.Authors = append(sv.Authors, views.Byline{Link: views.Link{Text: a.Name, URL: views.AuthorPath(a.Slug)}, Role: a.Role})
	}
	for _, t := range story.Tags {
		sv.Tags = append(sv.Tags, views.Link{Text: t.Name, URL: views.TagPath(t.Slug)})
	}
	if p := picture(story); p != nil {
		sv.Hero = &views.Hero{Picture: *p, Caption: story.HeroCaption, Credit: story.HeroCredit}
	}
	return sv
}

// furtherView is the one more article under the page, its comments folded
// unless the reading opens them.
func (s *Server) furtherView(r *http.Request, v news.Viewpoint, path string, further news.Story, reading reading) (*views.Further, error) {
	f := &views.Further{
		Story:     s.storyView(further, v.At),
		Open:      reading.further,
		Action:    path + "#further",
		Keep:      []views.Hidden{},
		ShowLabel: "Show comments (" + strconv.Itoa(further.CommentCount) + ")",
	}
	f.HTML = nested(f.HTML)
	f.Share.Label = "Share the next article"
	f.Keep = append(f.Keep, reading.hidden()...)
	if !reading.further {
		return f, nil
	}
	thread, err := s.db.CommentPage(r.Context(), v, further.ID, news.ThreadFilter{Order: news.OrderNewest, Page: 1})
	if err != nil {
		return nil, err
	}
	f.ShowLabel = "Show comments (" + strconv.Itoa(thread.Count) + ")"
	f.Thread = s.foldedThread(v, further, thread, reading)
	return f, nil
}

// bodyHTML is the stored rendering, made anew when an older program made it.
func bodyHTML(a news.Article) string {
	if a.BodyVersion != markup.Version {
		return markup.Article(a.Body)
	}
	return a.BodyHTML
}

// nested lowers the subheads of a body by one level, for a place where the
// story's own title is an h2.
func nested(html string) string { return lowered.Replace(html) }

// The renderer writes headings without attributes, so that this is exact.
var lowered = strings.NewReplacer("<h2>", "<h3>", "</h2>", "</h3>", "<h3>", "<h4>", "</h3>", "</h4>", "<h4>", "<h5>", "</h4>", "</h5>")

// shareView is the share bar of the article at that path.
func (s *Server) shareView(path, headline string) views.Share {
	address := s.canonical(path)
	return views.Share{
		URL:         address,
		MailURL:     "mailto:?subject=" + mailEscape(headline) + "&body=" + mailEscape(address),
		WhatsAppURL: "https://wa.me/?text=" + url.QueryEscape(headline+" "+address),
		Label:       "Share this article",
	}
}

// mailEscape escapes for a mailto address, where a plus is a plus (RFC 6068).
func mailEscape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
