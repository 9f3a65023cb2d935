package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// Whatever the shape of a thread, every comment is shown once, no deeper than
// three levels, after the one it answers, and a flat one says whom it answers.
func TestThreadTree(t *testing.T) {
	s := &Server{cfg: Config{Zone: noon.Location()}}
	rapid.Check(t, func(t *rapid.T) {
		var remarks []news.Remark
		children := map[int64][]int64{}
		n := rapid.IntRange(0, 40).Draw(t, "n")
		parents := map[int64]int64{}
		var roots []int64
		for id := int64(1); id <= int64(n); id++ {
			if p := rapid.Int64Range(0, id-1).Draw(t, "parent"); p > 0 {
				parents[id] = p
				children[p] = append(children[p], id)
			} else {
				roots = append(roots, id)
			}
		}
		var walk func(id int64)
		walk = func(id int64) {
			m := news.Remark{Comment: news.Comment{ID: id, Body: "x", State: news.CommentVisible, CreatedAt: noon}, Name: fmt.Sprint("N", id)}
			if p, ok := parents[id]; ok {
				m.ParentID, m.ParentName, m.ParentState = &p, fmt.Sprint("N", p), news.CommentVisible
			}
			remarks = append(remarks, m)
			for _, c := range children[id] {
				walk(c)
			}
		}
		for _, id := range roots {
			walk(id)
		}
		seen := map[int64]bool{}
		var look func(list []views.Comment, level int, under int64)
		look = func(list []views.Comment, level int, under int64) {
			for _, c := range list {
				if seen[c.ID] {
					t.Fatalf("%d stands twice", c.ID)
				}
				if p := parents[c.ID]; p != 0 && !seen[p] {
					t.Fatalf("%d stands before %d, which it answers", c.ID, p)
				}
				seen[c.ID] = true
				if level > visibleDepth {
					t.Fatalf("%d is %d levels deep", c.ID, level)
				}
				switch p := parents[c.ID]; {
				case p == under && c.InReplyTo != nil:
					t.Fatalf("%d needs not say whom it answers", c.ID)
				case p != under && (c.InReplyTo == nil || c.InReplyTo.URL != "#"+views.CommentAnchor(p)):
					t.Fatalf("%d does not say that it answers %d", c.ID, p)
				}
				look(c.Replies, level+1, c.ID)
			}
		}
		look(threadBuilder{server: s, viewpoint: news.Now(noon)}.build(remarks), 1, 0)
		if len(seen) != n {
			t.Fatalf("%d of %d are shown", len(seen), n)
		}
	})
}

// In a later part of a branch the parents of some replies are missing: each
// still stands once, under the top-level comment, and says whom it answers by
// an address that finds it.
func TestLaterPart(t *testing.T) {
	s := &Server{cfg: Config{Zone: noon.Location()}}
	rapid.Check(t, func(t *rapid.T) {
		root := news.Remark{Comment: news.Comment{ID: 1, RootID: 1, State: news.CommentVisible, CreatedAt: noon}, Name: "N1"}
		remarks := []news.Remark{root}
		first := rapid.Int64Range(2, 30).Draw(t, "first")
		n := rapid.Int64Range(1, 30).Draw(t, "n")
		for id := first; id < first+n; id++ {
			p := rapid.Int64Range(1, id-1).Draw(t, "parent")
			remarks = append(remarks, news.Remark{Comment: news.Comment{ID: id, RootID: 1, ParentID: &p, State: news.CommentVisible, CreatedAt: noon},
				Name: fmt.Sprint("N", id), ParentName: fmt.Sprint("N", p), ParentState: news.CommentVisible})
		}
		page := news.CommentPage{Page: 1, Open: 1, Part: 2, Parts: 2}
		seen := map[int64]bool{}
		var look func(list []views.Comment, level int, under int64)
		look = func(list []views.Comment, level int, under int64) {
			for _, c := range list {
				if seen[c.ID] || level > visibleDepth {
					t.Fatalf("%d stands twice, or too deep", c.ID)
				}
				seen[c.ID] = true
				if c.ID != 1 {
					p := *remarks[c.ID-first+1].ParentID
					if says := c.InReplyTo != nil && c.InReplyTo.URL == views.CommentPath(p); says != (p != under) {
						t.Fatalf("%d under %d answers %d: %+v", c.ID, under, p, c.InReplyTo)
					}
				}
				look(c.Replies, level+1, c.ID)
			}
		}
		look(threadBuilder{server: s, viewpoint: news.Now(noon), page: page}.build(remarks), 1, 0)
		if len(seen) != len(remarks) {
			t.Fatalf("%d of %d are shown", len(seen), len(remarks))
		}
	})
}

// client is a browser that is logged in and follows nothing.
func client(t *testing.T, server *httptest.Server, email string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(server.URL+"/login", url.Values{"email": {email}, "password": {testPassword}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("log-in: %s", res.Status)
	}
	return c
}

// Fifty presses of one button make one comment, and all lead to it.
func TestOneFormOneComment(t *testing.T) {
	s, _ := testServer(t)
	server := httptest.NewServer(s)
	defer server.Close()
	ada := client(t, server, "ada@paper.example")
	form := url.Values{"body": {"Pressed very often"}, "key": {"one-form-key"}}
	var wg sync.WaitGroup
	var mu sync.Mutex
	led := map[string]int{}
	for range 50 {
		wg.Go(func() {
			res, err := ada.PostForm(server.URL+"/20260310/market-moves/comments", form)
			if err != nil {
				t.Error(err)
				return
			}
			res.Body.Close()
			mu.Lock()
			led[fmt.Sprint(res.StatusCode, " ", res.Header.Get("Location"))]++
			mu.Unlock()
		})
	}
	wg.Wait()
	if len(led) != 1 {
		t.Errorf("the presses led to different places: %v", led)
	}
	res, err := ada.Get(server.URL + "/20260310/market-moves")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(page), "<p>Pressed very often</p>"); n != 1 {
		t.Errorf("the comment stands there %d times", n)
	}
}

// Every comment's permanent address leads to a page that holds it, for every
// page of the longest thread, and in stubs too.
func TestPermanentAddresses(t *testing.T) {
	s, _ := testServer(t)
	found := 0
	for id := 1; id <= 60; id++ {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", fmt.Sprintf("/comments/%d", id), nil))
		if w.Code == http.StatusNotFound {
			continue // the held one, and numbers past the last
		}
		found++
		to := w.Header().Get("Location")
		path, anchor, _ := strings.Cut(to, "#")
		w = httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 200 || !strings.Contains(w.Body.String(), `id="`+anchor+`"`) {
			t.Errorf("comment %d: %s (%d) does not hold #%s", id, path, w.Code, anchor)
		}
	}
	if found != 53 {
		t.Errorf("%d comments have an address, want 53", found)
	}
}
