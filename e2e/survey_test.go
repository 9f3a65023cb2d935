package e2e

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"broadsheet/e2e/harness"
)

// survey is what the demo has to test with, found by reading it.
type survey struct {
	long   string   // the story with the longest thread
	closed string   // one that takes no more comments
	silent string   // one without comments
	open   []string // the others that take comments
	next   atomic.Int64
}

// story is an open story that few other tests write under at the same time.
func (s *survey) story() string { return s.open[int(s.next.Add(1))%len(s.open)] }

var headline = regexp.MustCompile(`<h3 class="card__headline"[^>]*><a href="(/[0-9]{8}/[^"]+)"`)

func surveyOf(site *harness.Site) (*survey, error) {
	s := &survey{}
	longest := 0
	for page := 1; ; page++ {
		status, body, err := fetch(fmt.Sprintf("%s/latest?page=%d", site.URL, page))
		if err != nil {
			return nil, err
		}
		if status == http.StatusNotFound {
			break
		}
		for _, found := range headline.FindAllStringSubmatch(body, -1) {
			path := found[1]
			if _, body, err = fetch(site.URL + path); err != nil {
				return nil, err
			}
			comments := strings.Count(body, `id="comment-`)
			switch {
			case strings.Contains(body, "Comments on this story are closed"):
				s.closed = path
			case comments == 0:
				s.silent = path
			default:
				s.open = append(s.open, path)
			}
			if comments > longest && strings.Contains(body, "Older comments") {
				longest, s.long = comments, path
			}
		}
	}
	if s.long == "" || s.closed == "" || s.silent == "" || len(s.open) < 20 {
		return nil, fmt.Errorf("the demo lacks something to test with: long thread %q, closed %q, none %q, open %d", s.long, s.closed, s.silent, len(s.open))
	}
	s.open = slices.DeleteFunc(s.open, func(path string) bool { return path == s.long })
	return s, nil
}

func fetch(address string) (status int, body string, err error) {
	answer, err := http.Get(address)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(raw), err
}
