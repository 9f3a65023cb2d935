package harness

import (
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// fontDelay is how late fonts come on a bad connection.
const fontDelay = 1500 * time.Millisecond

const observeShift = `window.e2eShift = 0; window.e2eShifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    window.e2eShift += entry.value;
    for (const s of entry.sources) if (s.node) window.e2eShifted.push((s.node.outerHTML || s.node.textContent).slice(0, 80));
  }
}).observe({ type: 'layout-shift', buffered: true });`

// ShiftWithLateFonts opens a path while all fonts come late, and returns the
// layout shift and some of what moved.
func (p *Page) ShiftWithLateFonts(path string) (shift float64, moved []string) {
	p.t.Helper()
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: observeShift})
	paused := chromedp.Events(p.ctx, fetch.RequestPaused)
	call(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*.woff2*"}}})
	var held, let atomic.Int64
	go func() {
		for e, err := range paused {
			if err != nil {
				return
			}
			held.Add(1)
			time.AfterFunc(fontDelay, func() {
				_, _ = chromedp.Call(p.ctx, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: e.RequestID})
				let.Add(1)
			})
		}
	}()
	p.Go(path)
	p.Until("the fonts", `document.fonts.status === 'loaded' && [...document.fonts].some((f) => f.status === 'loaded')`)
	Await[any](p, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))`)
	if held.Load() == 0 || let.Load() != held.Load() {
		p.t.Errorf("%d fonts held back, %d let through: nothing was measured", held.Load(), let.Load())
	}
	return Eval[float64](p, `window.e2eShift`), Eval[[]string](p, `window.e2eShifted.slice(0, 8)`)
}
