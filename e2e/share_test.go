package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

// Without scripts, Copy link is a link to the article's own address.
func TestCopyLinkIsLink(t *testing.T) {
	p := browser.Open(t, shared, harness.Options{Width: 390, Height: 844, ScriptsOff: true})
	path := demo(t).story()
	p.Go(path + "?order=oldest")
	canonical := harness.Eval[string](p, `document.querySelector('link[rel=canonical]').href`)
	if canonical != shared.URL+path {
		t.Errorf("the canonical address is %s", canonical)
	}
	p.Follow("Copy link @ #article")
	if p.Path() != path {
		t.Errorf("Copy link leads to %s", p.Path())
	}
}

// With scripts, the address goes to the clipboard and the page says so. All
// pages share one clipboard, so these are not parallel to each other.
func TestCopyLink(t *testing.T) {
	for _, size := range []harness.Options{harness.Phone, harness.Desktop} {
		p := browser.Open(t, shared, size)
		path := demo(t).story()
		p.Clipboard(true)
		p.Go(path + "?order=oldest#comments")
		p.Press("Copy link @ #article")
		p.Until("the page saying so", `document.querySelector('#article .share [role=status]').innerText === 'Link copied'`)
		if got := harness.Await[string](p, `navigator.clipboard.readText()`); got != shared.URL+path {
			t.Errorf("the clipboard holds %q, not %q", got, shared.URL+path)
		}
		if further := harness.Eval[string](p, `document.querySelector('#further h2 a').href`); further != "" {
			p.Press("Copy link @ #further")
			p.Until("the page saying so", `document.querySelector('#further .share [role=status]').innerText === 'Link copied'`)
			if got := harness.Await[string](p, `navigator.clipboard.readText()`); got != further {
				t.Errorf("the clipboard holds %q, not %q", got, further)
			}
		}
	}
}

// A refused clipboard leaves the address to copy by hand.
func TestCopyLinkRefused(t *testing.T) {
	for _, size := range []harness.Options{harness.Phone, harness.Desktop} {
		p := browser.Open(t, shared, size)
		path := demo(t).story()
		p.Clipboard(false)
		p.Go(path)
		p.Press("Copy link @ #article")
		p.Until("the address, selected", `getSelection().toString() === %s`, shared.URL+path)
		p.Shows("#article .share [role=status]", shared.URL+path)
		if harness.Eval[bool](p, `document.documentElement.scrollWidth > innerWidth`) {
			t.Errorf("the address makes the page %d px wider than %d px", harness.Eval[int](p, `document.documentElement.scrollWidth`), size.Width)
		}
	}
}
