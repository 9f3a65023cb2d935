package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"broadsheet/e2e/harness"
)

// Reading leaves nothing on the reader's machine.
func TestReaderKeepsNothing(t *testing.T) {
	p := browser.Open(t, shared, harness.Desktop)
	d := demo(t)
	for _, path := range []string{"/", "/latest?page=2", "/category", d.long, d.long + "?further=open", d.silent, "/login", "/join", "/no-such-page"} {
		p.Go(path)
		if n := p.Cookies(); n != 0 {
			t.Errorf("%s set %d cookies", path, n)
		}
		if harness.Eval[int](p, `localStorage.length + sessionStorage.length`) != 0 {
			t.Errorf("%s stored something", path)
		}
	}
}

// The End key reaches the footer; nothing grows under the reader.
func TestEndKey(t *testing.T) {
	journey(t, func(t *testing.T, p *harness.Page, _ bool) {
		for _, path := range []string{"/", demo(t).long} {
			p.Go(path)
			height := harness.Eval[int](p, `document.documentElement.scrollHeight`)
			p.Key(kb.End)
			p.Until("the footer in sight", `((b) => b.top < innerHeight && b.bottom > 0)(document.querySelector('body > footer').getBoundingClientRect()) && scrollY + innerHeight >= document.documentElement.scrollHeight - 1`)
			p.Until("the pictures there", `[...document.images].filter((i) => { const b = i.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight; }).every((i) => i.complete)`)
			if now := harness.Eval[int](p, `document.documentElement.scrollHeight`); now != height {
				t.Errorf("%s was %d px high and is %d px after the End key", path, height, now)
			}
		}
	})
}
