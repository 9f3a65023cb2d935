package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/views"
)

// parseForm reads a posted form within the route's body limit. It returns an
// *http.MaxBytesError for one too large and a 400 for one that cannot be read.
func parseForm(r *http.Request) error {
	kind := r.Header.Get("Content-Type")
	var err error
	if strings.HasPrefix(kind, "multipart/form-data") {
		err = r.ParseMultipartForm(bodyForm)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		if isTooLarge(err) {
			return err
		}
		return malformed("That form did not arrive whole", "Please go back and send it again.")
	}
	return nil
}

func isTooLarge(err error) bool { return answerTo(err).status == http.StatusRequestEntityTooLarge }

func malformed(heading, text string) error {
	return &refusal{status: http.StatusBadRequest, heading: heading, text: text}
}

// localPath returns a path on this site to go to after a form, and the front
// page for everything that is not one: other hosts, other schemes, and the
// spellings of both that browsers understand.
func localPath(next string) string {
	if len(next) > 2000 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsFunc(next, func(r rune) bool { return r == '\\' || r <= ' ' || r == 0x7f }) {
		return views.FrontPath
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return views.FrontPath
	}
	return next
}

// pageNumber reads ?page=: absent is 1, and anything but a positive number in
// its usual spelling is a 400.
func pageNumber(r *http.Request) (int, error) {
	q := r.URL.Query()
	if !q.Has("page") {
		return 1, nil
	}
	n, err := strconv.Atoi(q.Get("page"))
	if err != nil || n < 1 || strconv.Itoa(n) != q.Get("page") {
		return 0, malformed("There is no such page number", "Pages are counted from 1.")
	}
	return n, nil
}

// positiveID reads an id in its one usual spelling; ok is false for all else.
func positiveID(s string) (id int64, ok bool) {
	id, err := strconv.ParseInt(s, 10, 64)
	return id, err == nil && id > 0 && strconv.FormatInt(id, 10) == s
}

// pageText is a page number for an address; the first page has none.
func pageText(page int) string {
	if page <= 1 {
		return ""
	}
	return strconv.Itoa(page)
}
