package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// dates are when the top-level comments of a page were written.
func dates(p *harness.Page) []string {
	return harness.Eval[[]string](p, `[...document.querySelectorAll('#comments .thread > li > .comment > header time')].map((e) => e.dateTime)`)
}

// The orders are links: newest first, oldest first, most recommended first,
// and a page keeps its order.
func TestOrders(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		p.Go(demo(t).long)
		newest := dates(p)
		if n := p.Count("#comments .thread > li"); n != 20 {
			t.Errorf("%d top-level comments are on a page", n)
		}
		if !slices.IsSortedFunc(newest, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("newest first are %v", newest)
		}
		p.Follow("Oldest @ #comments")
		if list := dates(p); !slices.IsSorted(list) || list[0] >= newest[0] {
			t.Errorf("oldest first are %v", list)
		}
		p.Follow("Later comments")
		if list := dates(p); !slices.IsSorted(list) || !strings.Contains(p.Path(), "order=oldest") {
			t.Errorf("on the second page, at %s, are %v", p.Path(), list)
		}
		p.Follow("Most recommended @ #comments")
		if counts := harness.Eval[[]int](p, `[...document.querySelectorAll('#comments .thread > li > .comment > .comment__acts > :first-child')].map((e) => Number(e.innerText.replace(/[^0-9]/g, '')))`); len(counts) == 0 || counts[0] == 0 || !slices.IsSortedFunc(counts, func(a, b int) int { return b - a }) {
			t.Errorf("most recommended first are %v", counts)
		}
		if at := harness.Eval[string](p, `document.querySelector('.sort [aria-current]').innerText`); at != "Most recommended" {
			t.Errorf("the order is called %q", at)
		}
	})
}

// The first three replies are there, the others on request; a comment's own
// address opens them.
func TestMoreReplies(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, scripts bool) {
		path, c := demo(t).story(), shared.Join(t)
		root := c.Write(path, "", "The head of "+c.Name)
		ids, parent := []string{}, root
		for n := range 7 {
			ids = append(ids, c.Write(path, parent, fmt.Sprintf("Reply %d of %s", n+1, c.Name)))
			if n < 4 {
				parent = ids[n]
			}
		}
		shown := func() int {
			return harness.Eval[int](p, `%s.filter((id) => document.getElementById(id)).length`, ids)
		}
		p.Go(path)
		if shown() != 3 {
			t.Errorf("%d replies are shown at first", shown())
		}
		requests := len(p.Requests())
		p.InPlace("Show 4 more replies", "the replies", `document.getElementById(%s) && document.activeElement.id === %s`, ids[6], ids[3])
		if shown() != 7 {
			t.Errorf("%d replies are shown when they are opened", shown())
		}
		asked := slices.DeleteFunc(p.Requests()[requests:], func(r string) bool { return strings.Contains(r, "/media/") || strings.Contains(r, "/static/") })
		if scripts && len(asked) != 1 {
			t.Errorf("that took %v", asked)
		}
		p.Go("/comments/" + number(ids[6]))
		if p.Landed() != ids[6] || !strings.Contains(p.Path(), "open=") {
			t.Errorf("the address of the last reply leads to %s", p.Path())
		}
		p.Until("the reply in sight", `((b) => b.top >= 0 && b.top < innerHeight)(document.querySelector(':target').getBoundingClientRect())`)
		p.Resize(320, 800)
		p.Until("the size", `innerWidth === 320`)
		if narrow := harness.Eval[[]float64](p, `[...document.querySelectorAll('.comment')].map((e) => e.getBoundingClientRect().width).filter((w) => w < 240)`); len(narrow) > 0 || harness.Eval[int](p, `document.documentElement.scrollWidth`) > 320 {
			t.Errorf("at 320 px comments are %v px wide", narrow)
		}
	})
}

var firstNumber = regexp.MustCompile(`[0-9]+`)

// count is a number in the text of the first element that a selector matches.
func count(t *testing.T, p *harness.Page, selector string) int {
	t.Helper()
	n, err := strconv.Atoi(firstNumber.FindString(p.Text(selector)))
	if err != nil {
		t.Errorf("no number at %s in %q: %q", p.Path(), selector, p.Text(selector))
	}
	return n
}

// How many comments there are is the same everywhere, after a post and after
// a removal.
func TestCountsAgree(t *testing.T) {
	site := fresh(t, "--limits", "off")
	moderator := site.Call(t, "moderator@demo.example")
	p := browser.Open(t, site, harness.Desktop)
	p.Go("/")
	path := strings.TrimSuffix(harness.Eval[string](p, `document.querySelector('main a[href$="#comments"]').getAttribute('href')`), "#comments")
	want := 0
	agree := func(when string) {
		t.Helper()
		p.Go("/")
		card := count(t, p, `main a[href="`+path+`#comments"]`)
		p.Go(path)
		top := count(t, p, `#article a[href="#comments"], #article a[href$="#comments"]`)
		head := count(t, p, "#comments h2 .comments__count")
		p.Go("/latest")
		list := count(t, p, `main a[href="`+path+`#comments"]`)
		if card != head || top != head || list != head || head != want {
			t.Errorf("%s the front says %d, the story %d on top and %d below, the list %d, and it should be %d", when, card, top, head, list, want)
		}
	}
	p.Go(path)
	want = count(t, p, "#comments h2 .comments__count")
	agree("At first")
	c := site.Join(t)
	id := c.Write(path, "", "Counted by "+c.Name)
	want++
	agree("After a comment")
	moderator.Decide("remove", id, "0")
	want--
	agree("After its removal")
	moderator.Decide("restore", id, "1")
	want++
	agree("After it was restored")
}

// The newsroom's picks stand first in every order, and lead to their place.
func TestPicks(t *testing.T) {
	errand(t, func(t *testing.T, p *harness.Page, _ bool) {
		path, c := demo(t).story(), shared.Join(t)
		id := c.Write(path, "", "Worth picking, says "+c.Name)
		p.Be(shared.Call(t, "moderator@demo.example"))
		p.Go(path)
		p.Press("Moderate @ #" + id)
		p.Follow("Pick @ #" + id)
		p.Forget()
		for _, order := range []string{"Newest", "Oldest", "Most recommended"} {
			p.Go(path)
			if order != "Newest" {
				p.Follow(order + " @ #comments")
			}
			p.Shows(".picks", "Worth picking, says "+c.Name)
			if harness.Eval[bool](p, `!(document.querySelector('.picks').compareDocumentPosition(document.querySelector('.thread')) & 4)`) {
				t.Errorf("in the order %q the picks do not stand first", order)
			}
		}
		p.Shows("#"+id, "Picked by the editors")
		p.Go(path)
		place := harness.Eval[string](p, `[...document.querySelectorAll('.pick')].find((e) => e.innerText.includes(%s)).querySelector('a').getAttribute('href')`, c.Name)
		p.Go(place)
		if p.Landed() != id {
			t.Errorf("the pick leads to %s", p.Path())
		}
	})
}
