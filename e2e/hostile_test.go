package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// hostileFolder is beside the repository; it is not ours to ship.
const hostileFolder = "../../shared/data/text/"

// hostile is every string that breaks careless programs: the Big List of
// Naughty Strings and the vectors of the HTML5 Security Cheatsheet.
func hostile(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile(hostileFolder + "blns.json")
	if os.IsNotExist(err) {
		t.Skip("the folder with the hostile strings is not beside the repository: " + hostileFolder)
	}
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	raw, err = os.ReadFile(hostileFolder + "h5sc-vectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	vectors := regexp.MustCompile(`<div id="[0-9]+">`).Split(string(raw), -1)
	if len(list) < 400 || len(vectors) < 100 {
		t.Fatalf("only %d strings and %d vectors", len(list), len(vectors))
	}
	return append(list, vectors...)
}

// A poster is a member without a browser.
type poster struct {
	*http.Client
	site *harness.Site
}

func newPoster(t *testing.T, site *harness.Site) poster {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return poster{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, site}
}

func (c poster) post(t *testing.T, path string, form url.Values) int {
	t.Helper()
	answer, err := c.PostForm(c.site.URL+path, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode >= 500 {
		t.Errorf("%d for %s with %.200q", answer.StatusCode, path, form)
	}
	return answer.StatusCode
}

// join asks to become a member; nobody else may have the name.
func (c poster) join(t *testing.T, m harness.Member) int {
	t.Helper()
	return c.post(t, "/join", url.Values{"email": {m.Email}, "name": {m.Name}, "password": {m.Password}})
}

// confirm does what the mail asks for that follows.
func (c poster) confirm(t *testing.T, m harness.Member) {
	t.Helper()
	_, token, _ := strings.Cut(c.site.Mail(t, m.Email, "Confirm your address"), "token=")
	token = regexp.MustCompile(`^[A-Za-z0-9_-]+`).FindString(token)
	if status := c.post(t, "/join/confirm", url.Values{"token": {token}, "password": {m.Password}}); status != http.StatusSeeOther {
		t.Errorf("status %d at confirming the member %.100q", status, m.Name)
	}
}

func (c poster) member(t *testing.T) poster {
	t.Helper()
	m := harness.NewMember()
	if status := c.join(t, m); status != http.StatusSeeOther {
		t.Fatalf("joining: status %d", status)
	}
	c.confirm(t, m)
	return c
}

// skeleton is a page's elements and attributes without its comments and what
// is there only once there are many.
const skeleton = `((root) => {
  root.querySelectorAll('.thread, .pager, .sort, #reply, input[type=hidden]').forEach((e) => e.remove());
  const shape = (e) => e.tagName + '[' + [...e.attributes].map((a) => a.name).sort() + '](' + [...e.children].map(shape) + ')';
  return shape(root);
})(document.documentElement.cloneNode(true))`

// foreign is whatever a comment must not become.
const foreign = `[...document.querySelectorAll('.thread *')].filter((e) =>
  !/^(OL|LI|ARTICLE|HEADER|H3|BDI|A|TIME|DIV|BUTTON|P|SPAN|BR|EM|STRONG|BLOCKQUOTE|UL|CODE|PRE)$/.test(e.tagName) ||
  [...e.attributes].some((a) => /^on|^style$|^src/.test(a.name)) ||
  e.hasAttribute('formaction') && (e.closest('.comment__body') || !/^\/comments\/\d+\/(recommend|report|edit|delete)$/.test(e.getAttribute('formaction'))) ||
  e.tagName === 'A' && !/^(https?|mailto):$/.test(e.protocol) ||
  e.closest('.comment__body') && e.id
).map((e) => e.outerHTML.slice(0, 200)).slice(0, 5)`

func TestHostileStrings(t *testing.T) {
	list := hostile(t)
	site := fresh(t, "--limits", "off")
	path := demo(t).story()
	watched := browser.Open(t, site, harness.Desktop)
	watched.Go(path)
	before := harness.Eval[string](watched, skeleton)

	usual := newPoster(t, site).member(t)
	posted, joined, named := 0, 0, 0
	for _, s := range list {
		m := harness.NewMember()
		m.Name = s
		who := usual
		switch newcomer := newPoster(t, site); newcomer.join(t, m) {
		case http.StatusSeeOther:
			joined++
			// A name is shown once the address is confirmed: a sample is.
			if joined%8 == 0 {
				newcomer.confirm(t, m)
				who = newcomer
				named++
			}
		case http.StatusUnprocessableEntity:
		default:
			t.Errorf("joining as %.100q is neither done nor refused", s)
		}
		status := who.post(t, path+"/comments", url.Values{"body": {s}})
		switch status {
		case http.StatusSeeOther:
			posted++
		case http.StatusBadRequest, http.StatusUnprocessableEntity:
		default:
			t.Errorf("status %d for the comment %.100q", status, s)
		}
	}
	t.Logf("%d strings: %d posted, %d became names, %d of them confirmed", len(list), posted, joined, named)
	if posted < len(list)*3/4 || joined < 100 || named < 12 {
		t.Errorf("of %d strings only %d could be posted, %d be names and %d be shown", len(list), posted, joined, named)
	}

	seen := 0
	for page := 1; ; page++ {
		watched.Go(fmt.Sprintf("%s?page=%d", path, page))
		if watched.Status() != 200 {
			break
		}
		seen += watched.Count("#comments .comment")
		if after := harness.Eval[string](watched, skeleton); after != before {
			t.Errorf("page %d is built otherwise than before anybody commented: %s", page, difference(before, after))
		}
		if found := harness.Eval[[]string](watched, foreign); len(found) > 0 {
			t.Errorf("page %d: a comment became %q", page, found)
		}
		if watched.Count(".comment__body script, .comment__body iframe, .comment__body img, .comment__body form") > 0 || harness.Eval[int](watched, `document.scripts.length`) != 1 {
			t.Errorf("page %d: there is an element that no comment may have", page)
		}
	}
	if seen < posted {
		t.Errorf("%d comments posted, %d seen", posted, seen)
	}
}

// difference is where two texts part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return fmt.Sprintf("%q instead of %q", cut(b[from:]), cut(a[from:]))
}

func cut(s string) string { return strings.ToValidUTF8(s[:min(len(s), 160)], "") }
