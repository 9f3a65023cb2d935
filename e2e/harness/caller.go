package harness

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/chromedp/cdproto/network"
)

// Caller is a member who uses the site without a browser, for what a test
// needs to be there before it begins.
type Caller struct {
	Member
	t      Reporter
	site   *Site
	client http.Client
	forms  atomic.Int64
}

// Join makes a member.
func (s *Site) Join(t Reporter) *Caller {
	t.Helper()
	c := s.caller(t, NewMember())
	c.Send("/join", "email", c.Email, "name", c.Name, "password", c.Password, "next", "/")
	_, token, _ := strings.Cut(mailedLink.FindString(s.Mail(t, c.Email, "Confirm your address")), "token=")
	token, _, _ = strings.Cut(token, "&")
	if to := c.Send("/join/confirm", "token", token, "password", c.Password, "next", "/"); to != "/" {
		t.Fatalf("%s confirms and comes to %q", c.Email, to)
	}
	return c
}

func (s *Site) caller(t Reporter, m Member) *Caller {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatalf("%v", err)
	}
	c := &Caller{Member: m, t: t, site: s}
	c.client.Jar = jar
	c.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// Call logs somebody in with the password of the demo.
func (s *Site) Call(t Reporter, email string) *Caller {
	t.Helper()
	c, password := s.caller(t, Member{Email: email, Password: DemoPassword}), DemoPassword
	if status, to, err := c.send("/login", url.Values{"email": {email}, "password": {password}, "next": {"/"}}); err != nil || status != http.StatusSeeOther || to != "/" {
		t.Fatalf("%s logs in: %d to %q, %v", email, status, to, err)
	}
	return c
}

// Be gives the page the log-in of a member.
func (p *Page) Be(c *Caller) {
	p.t.Helper()
	there, err := url.Parse(c.site.URL)
	p.try(err)
	for _, cookie := range c.client.Jar.Cookies(there) {
		call(p, network.SetCookie, network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: c.site.URL})
	}
}

// Send sends a form and returns where it leads to.
func (c *Caller) Send(path string, pairs ...string) string {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	status, to, err := c.send(path, form)
	if err != nil || status != http.StatusSeeOther {
		c.t.Fatalf("%s: %d, %v", path, status, err)
	}
	return to
}

func (c *Caller) send(path string, form url.Values) (status int, to string, err error) {
	answer, err := c.client.PostForm(c.site.URL+path, form)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0, "", err
	}
	return answer.StatusCode, answer.Header.Get("Location"), nil
}

var commentAnchor = regexp.MustCompile(`#(comment-[0-9]+)$`)

// Write posts a comment under a story, or in answer to another (its element's
// id), and returns its element's id.
func (c *Caller) Write(story, parent, words string) string {
	c.t.Helper()
	id, err := c.write(story, parent, words)
	if err != nil {
		c.t.Fatalf("%v", err)
	}
	return id
}

func (c *Caller) write(story, parent, words string) (string, error) {
	form := url.Values{"body": {words}, "key": {fmt.Sprintf("e2e-%p-%d", c, c.forms.Add(1))}}
	if parent != "" {
		form.Set("parent", strings.TrimPrefix(parent, "comment-"))
	}
	status, to, err := c.send(story+"/comments", form)
	if err != nil {
		return "", err
	}
	found := commentAnchor.FindStringSubmatch(to)
	if status != http.StatusSeeOther || found == nil {
		return "", fmt.Errorf("commenting on %s: %d to %q", story, status, to)
	}
	return found[1], nil
}

// WriteMany posts comments, some at the same time, and returns their
// elements' ids in the order of the words.
func (c *Caller) WriteMany(story string, words []string) []string {
	c.t.Helper()
	const hands = 4
	ids, errs := make([]string, len(words)), make([]error, hands)
	next, done := atomic.Int64{}, make(chan struct{})
	for h := range hands {
		go func() {
			defer func() { done <- struct{}{} }()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(words) || errs[h] != nil {
					return
				}
				ids[i], errs[h] = c.write(story, "", words[i])
			}
		}()
	}
	for range hands {
		<-done
	}
	if err := errors.Join(errs...); err != nil {
		c.t.Fatalf("%v", err)
	}
	return ids
}

// Read is the page at a path as this member has it.
func (c *Caller) Read(path string) string {
	c.t.Helper()
	answer, err := c.client.Get(c.site.URL + path)
	if err != nil {
		c.t.Fatalf("%v", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d, %v", path, answer.StatusCode, err)
	}
	return string(body)
}

// NewMember makes a member; Be makes the page theirs.
func (p *Page) NewMember() *Caller { p.t.Helper(); return p.Site.Join(p.t) }

// Moderator is a moderator of the demo, Administrator its administrator.
func (p *Page) Moderator() *Caller { p.t.Helper(); return p.Site.Call(p.t, "moderator@demo.example") }

// Administrator is the other.
func (p *Page) Administrator() *Caller { p.t.Helper(); return p.Site.Call(p.t, "admin@demo.example") }

// Decide decides about a comment (its element's id) that was decided about so
// many times before; a removal is for spam.
func (c *Caller) Decide(act, id, seen string) {
	c.t.Helper()
	n := strings.TrimPrefix(id, "comment-")
	c.Send("/moderation/decisions", "act", act, "rule", "spam", "id", n, "seen-"+n, seen, "next", "/moderation")
}

var fileLink = regexp.MustCompile(`href="(/moderation/members/[0-9]+)"`)

// About does something about the author of a comment.
func (c *Caller) About(id string, pairs ...string) {
	c.t.Helper()
	found := fileLink.FindStringSubmatch(c.Read("/moderation/comments/" + strings.TrimPrefix(id, "comment-")))
	if found == nil {
		c.t.Fatalf("no way from %s to its author's file", id)
	}
	c.Send(found[1], pairs...)
}
