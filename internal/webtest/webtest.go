// Package webtest runs page scripts: plain text that says what a browser asks
// for and what it must be told, readable without knowing Go. It knows nothing
// of the site but its http.Handler.
//
// A script is blocks of lines with blank lines between; # begins a comment. A
// block is one request and what is expected of the answer:
//
//	browser ada            the cookie jar used from here on
//	clock 5m               moves the clock on
//	POST /login            the request; {name} stands for what was saved
//	> Origin: https://x    a request header
//	form email=a@b.c       a form field; "…" as in Go where quoting is needed
//	fill body *3001 x      a form field of that many times x
//	status 303
//	header Location: /     exact value
//	header Vary ~ Accept   regular expression
//	noheader Set-Cookie
//	has <h1>               in the body
//	lacks <script          not in the body
//	text Log in            in the body as read: tags dropped, spaces folded
//	notext Log out
//	save id comment-(\d+)  the first submatch, in the body or the Location
//	follow                 a request for the Location of the last answer
//	mail a@b.c             the newest mail to that address, as if it were the answer
//	nomail a@b.c           there is none that was not read yet
package webtest

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A Site is what scripts run against.
type Site struct {
	Handler http.Handler
	Advance func(time.Duration) // moves the site's clock on
	// Mail returns the newest unread mail to an address, subject first.
	Mail func(address string) (text string, ok bool)
}

// Run runs every script that matches the pattern as a test of its own, each
// against a new site.
func Run(t *testing.T, pattern string, open func(*testing.T) Site) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts match %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			site := open(t)
			server := httptest.NewServer(site.Handler)
			t.Cleanup(server.Close)
			r := &runner{t: t, file: file, site: site, server: server, jars: map[string]http.CookieJar{}, saved: map[string]string{}}
			r.jar = r.browser("reader")
			for n, line := range strings.Split(string(script), "\n") {
				r.line = n + 1
				r.step(strings.TrimSpace(line))
			}
			r.flush()
		})
	}
}

type runner struct {
	t      *testing.T
	file   string
	line   int
	site   Site
	server *httptest.Server
	jars   map[string]http.CookieJar
	jar    http.CookieJar
	saved  map[string]string

	pending *request  // not yet sent: its lines are still coming
	answer  *response // of the last request
}

type request struct {
	method, path string
	header       http.Header
	form         url.Values
}

type response struct {
	status int
	header http.Header
	body   string
}

func (r *runner) fail(format string, args ...any) {
	r.t.Helper()
	r.t.Errorf("%s:%d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

func (r *runner) browser(name string) http.CookieJar {
	if r.jars[name] == nil {
		jar, err := cookiejar.New(nil)
		if err != nil {
			r.t.Fatal(err)
		}
		r.jars[name] = jar
	}
	return r.jars[name]
}

// expand puts what was saved in place of {name}.
func (r *runner) expand(s string) string {
	for name, value := range r.saved {
		s = strings.ReplaceAll(s, "{"+name+"}", value)
	}
	return s
}

func (r *runner) step(line string) {
	r.t.Helper()
	if line == "" || strings.HasPrefix(line, "#") {
		return
	}
	verb, rest, _ := strings.Cut(line, " ")
	rest = r.expand(strings.TrimSpace(rest))
	switch verb {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS":
		r.flush()
		r.pending = &request{method: verb, path: rest, header: http.Header{}, form: url.Values{}}
		return
	case "follow":
		r.flush()
		if r.answer == nil || r.answer.header.Get("Location") == "" {
			r.fail("nothing to follow")
			return
		}
		r.pending = &request{method: http.MethodGet, path: r.answer.header.Get("Location"), header: http.Header{}, form: url.Values{}}
		return
	case "browser":
		r.flush()
		r.jar = r.browser(rest)
		return
	case "clock":
		r.flush()
		d, err := time.ParseDuration(rest)
		if err != nil {
			r.fail("%v", err)
			return
		}
		r.site.Advance(d)
		return
	case "mail", "nomail":
		r.flush()
		message, ok := r.site.Mail(rest)
		if ok != (verb == "mail") {
			r.fail("%s %s is not so: %s", verb, rest, message)
		}
		r.answer = &response{header: http.Header{}, body: message}
		return
	case ">", "form", "fill":
		if r.pending == nil {
			r.fail("%s without a request", verb)
			return
		}
		r.give(verb, rest)
		return
	}
	r.flush()
	if r.answer == nil {
		r.fail("%s before any request", verb)
		return
	}
	r.expect(verb, rest)
}

// give adds a header or a form field to the request that is being written.
func (r *runner) give(verb, rest string) {
	switch verb {
	case ">":
		name, value, _ := strings.Cut(rest, ":")
		r.pending.header.Set(name, strings.TrimSpace(value))
	case "form":
		name, value, _ := strings.Cut(rest, "=")
		if strings.HasPrefix(value, `"`) {
			plain, err := strconv.Unquote(value)
			if err != nil {
				r.fail("%v", err)
			}
			value = plain
		}
		r.pending.form.Add(name, value)
	case "fill":
		var name, what string
		var times int
		if _, err := fmt.Sscanf(rest, "%s *%d %s", &name, &times, &what); err != nil {
			r.fail("%v", err)
		}
		r.pending.form.Add(name, strings.Repeat(what, times))
	}
}

// flush sends the request that was being written, if there is one.
func (r *runner) flush() {
	r.t.Helper()
	p := r.pending
	if p == nil {
		return
	}
	r.pending = nil
	var body io.Reader
	if len(p.form) > 0 {
		body = strings.NewReader(p.form.Encode())
	}
	path, _, _ := strings.Cut(p.path, "#")
	req, err := http.NewRequest(p.method, r.server.URL+path, body)
	if err != nil {
		r.t.Fatalf("%s:%d: %v", r.file, r.line, err)
	}
	req.Header = p.header
	if body != nil && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := &http.Client{Jar: r.jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		r.t.Fatalf("%s:%d: %v", r.file, r.line, err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatalf("%s:%d: %v", r.file, r.line, err)
	}
	r.answer = &response{status: res.StatusCode, header: res.Header, body: string(content)}
}

func (r *runner) expect(verb, rest string) {
	r.t.Helper()
	a := r.answer
	switch verb {
	case "status":
		if strconv.Itoa(a.status) != rest {
			r.fail("status %d, want %s\n%s", a.status, rest, clip(Text(a.body)))
		}
	case "header":
		if name, want, ok := strings.Cut(rest, " ~ "); ok {
			if !regexp.MustCompile(want).MatchString(a.header.Get(name)) {
				r.fail("header %s is %q, want a match of %s", name, a.header.Get(name), want)
			}
			return
		}
		name, want, ok := strings.Cut(rest, ":")
		if !ok {
			r.fail("header needs NAME: VALUE or NAME ~ PATTERN")
		}
		if got := a.header.Get(name); got != strings.TrimSpace(want) {
			r.fail("header %s is %q, want %q", name, got, strings.TrimSpace(want))
		}
	case "noheader":
		if got := a.header.Values(rest); len(got) > 0 {
			r.fail("header %s is %q, want none", rest, got)
		}
	case "has", "lacks":
		if strings.Contains(a.body, rest) != (verb == "has") {
			r.fail("body %s %q is not so:\n%s", verb, rest, clip(a.body))
		}
	case "text", "notext":
		if strings.Contains(Text(a.body), rest) != (verb == "text") {
			r.fail("%s %q is not so:\n%s", verb, rest, clip(Text(a.body)))
		}
	case "save":
		name, pattern, _ := strings.Cut(rest, " ")
		for _, where := range []string{a.header.Get("Location"), a.body} {
			if m := regexp.MustCompile(pattern).FindStringSubmatch(where); len(m) > 1 {
				r.saved[name] = html.UnescapeString(m[1])
				return
			}
		}
		r.fail("nothing matches %s:\n%s", pattern, clip(a.body))
	default:
		r.fail("unknown line %q", verb)
	}
}

var (
	unread = regexp.MustCompile(`(?s)<(script|style|svg|head)\b.*?</(script|style|svg|head)>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// Text is a page as read: tags dropped, entities resolved, spaces folded.
func Text(page string) string {
	page = unread.ReplaceAllString(page, " ")
	page = html.UnescapeString(tags.ReplaceAllString(page, " "))
	return strings.TrimSpace(spaces.ReplaceAllString(page, " "))
}

// clip keeps a failure's message readable.
func clip(s string) string {
	if len(s) > 3000 {
		return s[:3000] + "…"
	}
	return s
}
