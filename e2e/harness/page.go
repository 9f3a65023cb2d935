package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take for what it is expected to do.
const patience = 20 * time.Second

var none = cdp.Empty{}

// Page is one browser tab with its own cookies and storage.
type Page struct {
	Site    *Site
	Scripts bool // run in it
	t       Reporter
	ctx     context.Context
	watch   *watch
}

// call sends one command of the browser's protocol.
func call[P, R any](p *Page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

func (p *Page) try(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v", err)
	}
}

// evaluate runs an expression in the page; it works with scripts off too.
func (p *Page) evaluate(expression string, wait bool) (json.RawMessage, error) {
	yes := true
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	result, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: expression, ReturnByValue: &yes, AwaitPromise: &wait})
	if err != nil {
		return nil, err
	}
	if d := result.ExceptionDetails; d != nil {
		text := d.Text
		if d.Exception != nil {
			text += " " + d.Exception.Description
		}
		return nil, fmt.Errorf("%s", text)
	}
	return json.RawMessage(result.Result.Value), nil
}

// Eval returns the value of an expression, read as a T.
func Eval[T any](p *Page, expression string, args ...any) T {
	p.t.Helper()
	return eval[T](p, filled(expression, args), false)
}

// Await returns what the promise of an expression comes to.
func Await[T any](p *Page, expression string, args ...any) T {
	p.t.Helper()
	return eval[T](p, filled(expression, args), true)
}

func eval[T any](p *Page, expression string, wait bool) (value T) {
	p.t.Helper()
	raw, err := p.evaluate(expression, wait)
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &value)
	}
	if err != nil {
		p.t.Fatalf("%.200s: %v", expression, err)
	}
	return value
}

// filled puts arguments into an expression as JSON, where it has %s.
func filled(expression string, args []any) string {
	if len(args) == 0 {
		return expression
	}
	texts := make([]any, len(args))
	for i, arg := range args {
		b, err := json.Marshal(arg)
		if err != nil {
			panic(err) // tests pass strings and numbers
		}
		texts[i] = string(b)
	}
	return fmt.Sprintf(expression, texts...)
}

// Until waits for an expression to become true.
func (p *Page) Until(what, expression string, args ...any) {
	p.t.Helper()
	if err := p.until(filled(expression, args)); err != nil {
		p.t.Fatalf("waited in vain: %s (%s; at %s)", what, err, p.Path())
	}
}

func (p *Page) until(expression string) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.NewTimer(patience)
	defer late.Stop()
	var last error
	for {
		// Between two pages there is nothing to ask; that passes.
		raw, err := p.evaluate("Boolean("+expression+")", false)
		if err == nil && string(raw) == "true" {
			return nil
		}
		last = err
		select {
		case <-tick.C:
		case <-late.C:
			if last == nil {
				return fmt.Errorf("it stayed false")
			}
			return last
		case <-p.ctx.Done():
			return p.ctx.Err()
		}
	}
}

// mark is how the next document is told from this one.
const (
	mark   = `window.e2eOld = true`
	arrive = `!window.e2eOld && document.readyState === 'complete' && location.href !== 'about:blank'`
)

// Leaves does something that leads to another document and waits for that.
func (p *Page) Leaves(do func()) {
	p.t.Helper()
	Eval[any](p, mark)
	do()
	if err := p.until(arrive); err != nil {
		p.t.Fatalf("no new page came: %v (at %s)", err, p.Path())
	}
}

// Go opens a path of the site, or a whole address, and waits for it.
func (p *Page) Go(path string) {
	p.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = p.Site.URL + path
	}
	Eval[any](p, mark)
	result := call(p, page.Navigate, page.NavigateParams{URL: path})
	if result.ErrorText != "" {
		p.t.Fatalf("%s: %s", path, result.ErrorText)
	}
	if result.LoaderID == "" {
		return // only the fragment changed
	}
	if err := p.until(arrive); err != nil {
		p.t.Fatalf("%s did not load: %v", path, err)
	}
}

// Reload loads the page again.
func (p *Page) Reload() {
	p.t.Helper()
	p.Leaves(func() { call(p, page.Reload, page.ReloadParams{}) })
}

// BackTo goes back in the history to the last page with that path, ForwardTo
// forward to the next; both wait until it is complete.
func (p *Page) BackTo(path string) { p.t.Helper(); p.history(path, -1) }

// ForwardTo is the other way.
func (p *Page) ForwardTo(path string) { p.t.Helper(); p.history(path, 1) }

func (p *Page) history(path string, step int64) {
	p.t.Helper()
	h := call(p, page.GetNavigationHistory, none)
	for i := h.CurrentIndex + step; i >= 0 && i < int64(len(h.Entries)); i += step {
		if h.Entries[i].URL != p.Site.URL+path {
			continue
		}
		call(p, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: h.Entries[i].ID})
		p.Until("the page of the history", `location.pathname === %s && document.readyState === 'complete'`, path)
		return
	}
	p.t.Fatalf("%s is not in the history", path)
}

// Path is the address shown, without the host.
func (p *Page) Path() string {
	p.t.Helper()
	raw, err := p.evaluate(`location.href.slice(location.origin.length)`, false)
	var path string
	if err != nil || json.Unmarshal(raw, &path) != nil {
		return "(between pages)"
	}
	return path
}

// Bare is the path without query and fragment.
func (p *Page) Bare() string {
	p.t.Helper()
	u, err := url.Parse(p.Path())
	p.try(err)
	return u.Path
}

// Resize gives the page another size.
func (p *Page) Resize(width, height int64) {
	p.t.Helper()
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// Colors shows the page as to somebody who prefers "light" or "dark", and
// without transitions, which would be caught half way.
func (p *Page) Colors(scheme string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// Cookies is how many cookies the page's person has.
func (p *Page) Cookies() int {
	p.t.Helper()
	return len(call(p, network.GetCookies, network.GetCookiesParams{}).Cookies)
}

// Picture is a PNG of the whole page.
func (p *Page) Picture() []byte {
	p.t.Helper()
	// Pictures further down load when they come near.
	Eval[any](p, `document.querySelectorAll('img[loading=lazy]').forEach((img) => { img.loading = 'eager'; })`)
	p.Until("all pictures", `[...document.images].every((img) => img.complete) && document.fonts.status === 'loaded'`)
	size := Eval[[2]float64](p, `[document.documentElement.clientWidth, document.documentElement.scrollHeight]`)
	beyond := true
	return call(p, page.CaptureScreenshot, page.CaptureScreenshotParams{
		CaptureBeyondViewport: &beyond,
		Clip:                  &page.Viewport{Width: size[0], Height: size[1], Scale: 1},
	}).Data
}

// lastWords says where a failed page was.
func (p *Page) lastWords() {
	raw, err := p.evaluate(`location.href + '\n' + document.title + '\n' + [...document.querySelectorAll('.summary,h1')].map((e) => e.innerText).join('\n')`, false)
	var text string
	if err == nil && json.Unmarshal(raw, &text) == nil {
		p.t.Logf("the page at the end (%d): %s", p.Status(), text)
	}
}
