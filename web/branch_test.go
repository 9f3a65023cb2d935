package web

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/webtest"
	"broadsheet/views"
)

// asRead asks for an address as a member, or signed out with "".
func asRead(t *testing.T, s *Server, email, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	if email != "" {
		m, err := s.db.MemberByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		if err := s.sessions.LogIn(w, httptest.NewRequest("GET", "/", nil), m, false); err != nil {
			t.Fatal(err)
		}
		r.AddCookie(w.Result().Cookies()[0])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// aMember returns the id of a member of the test newsroom.
func aMember(t *testing.T, s *Server, email string) int64 {
	t.Helper()
	m, err := s.db.MemberByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
}

// aStory returns an article of the test newsroom.
func aStory(t *testing.T, s *Server, slug string) news.Story {
	t.Helper()
	story, err := s.db.ArticleByAddress(t.Context(), news.Now(noon), "20260310", slug)
	if err != nil {
		t.Fatal(err)
	}
	return story
}

// say stores a comment as it is.
func say(t *testing.T, s *Server, c news.Comment) news.Comment {
	t.Helper()
	if c.State == "" {
		c.State = news.CommentVisible
	}
	if c.CreatedAt.IsZero() {
		c.CreatedAt = noon
	}
	if err := s.db.InsertComment(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

var anchors = regexp.MustCompile(`id="(comment-[0-9]+)"`)

// A branch of 250 replies is read in three parts, each reply once, and every
// permanent address leads to the part that holds it.
func TestPartsOfABranch(t *testing.T) {
	s, _ := testServer(t)
	story, ada := aStory(t, s, "market-moves"), aMember(t, s, "ada@paper.example")
	root := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "The root"})
	ids := []int64{root.ID}
	for i := range 250 {
		parent := root.ID
		if i%3 > 0 {
			parent = ids[len(ids)-1]
		}
		c := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, ParentID: &parent, Body: fmt.Sprint("Reply ", i), CreatedAt: noon.Add(time.Duration(i) * time.Microsecond)})
		ids = append(ids, c.ID)
	}
	folded := webtest.Text(asRead(t, s, "", "/20260310/market-moves").Body.String())
	if !strings.Contains(folded, "Show 247 more replies") {
		t.Error("the page does not say how many replies are not on it")
	}
	seen := map[string]int{}
	path := fmt.Sprintf("/20260310/market-moves?open=%d", root.ID)
	for part := 1; part <= 3; part++ {
		w := asRead(t, s, "", fmt.Sprintf("%s&part=%d", path, part))
		if w.Code != 200 || !strings.Contains(w.Body.String(), fmt.Sprintf("Part %d of 3", part)) {
			t.Fatalf("part %d: %d", part, w.Code)
		}
		for _, m := range anchors.FindAllStringSubmatch(w.Body.String(), -1) {
			seen[m[1]]++
		}
		if earlier := strings.Contains(w.Body.String(), "Earlier replies"); earlier != (part > 1) {
			t.Errorf("part %d leads to earlier replies: %t", part, earlier)
		}
	}
	for _, id := range ids[1:] {
		if n := seen[views.CommentAnchor(id)]; n != 1 {
			t.Fatalf("%d stands in %d parts", id, n)
		}
	}
	for _, id := range ids {
		to := asRead(t, s, "", views.CommentPath(id)).Header().Get("Location")
		address, anchor, _ := strings.Cut(to, "#")
		if w := asRead(t, s, "", address); w.Code != 200 || !strings.Contains(w.Body.String(), `id="`+anchor+`"`) {
			t.Fatalf("%d: %s does not hold it", id, to)
		}
	}
}

// A comment older than the last update of its story says so; a newer one, and
// one of which nobody knows, does not.
func TestWrittenBeforeTheUpdate(t *testing.T) {
	s, c := testServer(t)
	story, ada := aStory(t, s, "market-moves"), aMember(t, s, "ada@paper.example")
	before := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "Nine traders?", ArticleVersion: story.Version})
	unknown := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "Who knows"})
	c.advance(2*time.Hour + 5*time.Minute)
	at := news.Instant(s.cfg.Now())
	story.UpdatedAt, story.ModifiedAt = &at, at
	if err := s.db.UpdateArticle(t.Context(), &story); err != nil {
		t.Fatal(err)
	}
	after := say(t, s, news.Comment{ArticleID: story.ID, MemberID: ada, Body: "Eleven, then", ArticleVersion: story.Version, CreatedAt: at})
	html := asRead(t, s, "", "/20260310/market-moves").Body.String()
	for _, test := range []struct {
		id   int64
		says bool
	}{{before.ID, true}, {unknown.ID, false}, {after.ID, false}} {
		_, one, _ := strings.Cut(html, `id="`+views.CommentAnchor(test.id)+`"`)
		one, _, _ = strings.Cut(one, "</article>")
		if says := strings.Contains(one, "Written before the update of 14:05."); says != test.says {
			t.Errorf("comment %d says that it is older than the update: %t", test.id, says)
		}
	}
	c.advance(48 * time.Hour)
	if html := asRead(t, s, "", "/20260310/market-moves").Body.String(); !strings.Contains(html, "Written before the update of 10 March, 14:05.") {
		t.Error("days later the day is not said")
	}
}

// Picks stand first in every order on the first page, and lead to their place;
// not those of whom the reader has muted.
func TestPicks(t *testing.T) {
	s, _ := testServer(t)
	story, bo := aStory(t, s, "long-thread"), aMember(t, s, "bo@paper.example")
	at := noon.Add(-time.Minute)
	pick := say(t, s, news.Comment{ArticleID: story.ID, MemberID: bo, Body: "A *fine* point", PickedAt: &at, CreatedAt: noon.Add(-170 * time.Minute)})
	for _, query := range []string{"", "?order=oldest", "?order=recommended"} {
		html := asRead(t, s, "", "/20260310/long-thread"+query).Body.String()
		block, _, ok := strings.Cut(html, `class="sort"`)
		if _, block, _ = strings.Cut(block, `class="picks"`); !ok || !strings.Contains(block, "A fine point") || !strings.Contains(block, views.CommentPath(pick.ID)) {
			t.Errorf("%s: the pick does not stand first", query)
		}
	}
	if html := asRead(t, s, "", "/20260310/long-thread?page=2").Body.String(); strings.Contains(html, `class="picks"`) {
		t.Error("picks stand on the second page too")
	}
	v := news.Now(noon)
	v.Reader.MemberID = aMember(t, s, "ada@paper.example")
	if err := s.db.Mute(t.Context(), v, bo, true); err != nil {
		t.Fatal(err)
	}
	if html := asRead(t, s, "ada@paper.example", "/20260310/long-thread").Body.String(); strings.Contains(html, `class="picks"`) {
		t.Error("a muted member's pick is quoted")
	}
	if html := asRead(t, s, "", "/20260310/long-thread").Body.String(); !strings.Contains(html, `class="picks"`) {
		t.Error("somebody else's muting took the pick from everybody")
	}
}
