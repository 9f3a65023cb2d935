package e2e

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// parts are the parts of an article page, in the order they are read.
var parts = []struct{ name, selector string }{
	{"share bar", "#article .share a[data-copy]"},
	{"category label", "#article .label a[href^='/category/']"},
	{"headline", "#article h1"},
	{"standfirst", "#article .story__standfirst"},
	{"picture", "#article figure img[alt]:not([alt=''])"},
	{"caption", "#article figure figcaption span"},
	{"credit", "#article figure figcaption cite"},
	{"body", "#article .prose p"},
	{"member comments", "#comments h2"},
	{"log in to comment", "#comments a[href^='/login']"},
	{"become a member to comment", "#comments a[href^='/join']"},
	{"comment field", "#comments textarea[name=body]"},
	{"post comment", "#comments form[method=post] button"},
	{"comments", "#comments [id^='comment-']"},
	{"further article", "#further"},
	{"its label", "#further .label a[href^='/category/']"},
	{"its headline with its address", "#further h2 a[href^='/2']"},
	{"its standfirst", "#further .story__standfirst"},
	{"its picture", "#further figure img[alt]:not([alt=''])"},
	{"its body", "#further .prose p"},
	{"show comments", "#further button[aria-expanded=false]"},
}

func TestArticleParts(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		p.Go(demo(t).long)
		selectors := make([]string, len(parts))
		for i, part := range parts {
			selectors[i] = part.selector
			if p.Count(part.selector) == 0 {
				t.Errorf("no %s (%s)", part.name, part.selector)
			}
		}
		if t.Failed() {
			return
		}
		for _, i := range harness.Eval[[]int](p, `((list) => list.map((s) => document.querySelector(s))
			.map((e, i, all) => i && !(all[i - 1].compareDocumentPosition(e) & 4) ? i : -1).filter((i) => i >= 0))(%s)`, selectors) {
			t.Errorf("the %s stands before the %s", parts[i].name, parts[i-1].name)
		}
		if p.Count("#article .prose :is(a, blockquote, h2, h3)") == 0 {
			t.Error("the body has neither a link nor a quote nor a subhead")
		}
		p.Shows("#comments h2", "Member comments")
		p.Shows("#comments form[method=post]", "Log in to leave a comment")
		p.Shows("#comments form[method=post]", "Become a member to leave a comment")
		if p.Count("#further [id^='comment-']") > 0 {
			t.Error("the further article's comments are there before anybody asked")
		}
	})
}

var showComments = regexp.MustCompile(`^Show comments \(([0-9]+)\)$`)

func TestFurtherComments(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, scripts bool) {
		p.Go(demo(t).long)
		label := harness.Eval[string](p, `document.querySelector('#further button').textContent.trim()`)
		if !showComments.MatchString(label) || strings.HasSuffix(label, "(0)") {
			t.Fatalf("the button says %q", label)
		}
		before := len(p.Requests())
		if scripts {
			harness.Eval[any](p, `window.e2eSame = true`)
			p.Press(label + " @ #further")
			p.Until("comments under the further article", `document.querySelector('#further [id^=comment-]') && window.e2eSame`)
			asked := slices.DeleteFunc(p.Requests()[before:], func(r string) bool {
				return strings.Contains(r, "/static/") || strings.Contains(r, "/media/") // of the page itself
			})
			if len(asked) != 1 {
				t.Errorf("opening took %d requests: %v", len(asked), asked)
			}
		} else {
			p.Follow(label + " @ #further")
		}
		if p.Count("#further [id^='comment-']") == 0 {
			t.Error("no comments after Show comments")
		}
		if p.Count("#further button[aria-expanded=true]") != 1 {
			t.Error("the button does not say that it is expanded")
		}
	})
}

// An address that points at a comment of the further article opens it.
func TestFurtherCommentAddress(t *testing.T) {
	for _, size := range []harness.Options{harness.Phone, harness.Desktop} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			long := demo(t).long
			p := browser.Open(t, shared, size)
			p.Go(long + "?further=open")
			id := harness.Eval[string](p, `document.querySelector('#further [id^=comment-]').id`)
			p.Go("/")
			p.Go(long + "#" + id)
			p.Until("the comment in sight", `((e) => e && e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight)(document.getElementById(%s))`, id)
			if p.Count("#further button[aria-expanded=true]") != 1 {
				t.Error("the button does not say that it is expanded")
			}
		})
	}
}
