package e2e

import (
	"testing"

	"broadsheet/e2e/harness"
)

// No page is wider than the screen.
func TestNoOverflow(t *testing.T) {
	d := demo(t)
	category := "/category"
	if status, _, err := fetch(shared.URL + "/category/town"); err == nil && status == 200 {
		category = "/category/town"
	}
	for name, path := range map[string]string{
		"front": "/", "category": category, "article": d.long, "further": d.long + "?further=open", "oldest": d.long + "?order=oldest&page=2", "login": "/login", "404": "/no-such-page",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, shared, harness.Desktop)
			p.Go(path)
			for _, width := range []int64{320, 390, 768, 1024, 1360, 1920} {
				p.Resize(width, 900)
				p.Until("the size", `innerWidth === %s`, width)
				if wide := harness.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(width) {
					t.Errorf("%s at %d px is %d px wide: %v", path, width, wide, harness.Eval[[]string](p, `[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map((e) => e.outerHTML.slice(0, 100))`))
				}
				if narrow := harness.Eval[[]string](p, `[...document.querySelectorAll('.comment')].filter((e) => e.checkVisibility({ contentVisibilityAuto: true })).map((e) => [e.id, e.getBoundingClientRect().width]).filter(([, w]) => w < 240).map(([id, w]) => id + ': ' + w)`); len(narrow) > 0 {
					t.Errorf("%s at %d px has comments under 240 px: %v", path, width, narrow)
				}
			}
		})
	}
}

// Late fonts move nothing worth mention.
func TestLayoutShift(t *testing.T) {
	d := demo(t)
	for name, path := range map[string]string{"front": "/", "article": d.long, "silent": d.silent} {
		for _, size := range []harness.Options{harness.Phone, harness.Desktop} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := browser.Open(t, shared, size)
				shift, from := p.ShiftWithLateFonts(path)
				if shift > 0.01 {
					t.Errorf("%s at %d px shifts by %.4f: %v", path, size.Width, shift, from)
				}
			})
		}
	}
}
