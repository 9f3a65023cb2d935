package harness

import (
	"context"
	"errors"
	"os"
	"os/exec"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Reporter is what a page tells about failures: a *testing.T, or a command.
type Reporter interface {
	Helper()
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
	Failed() bool
}

// Browser is one Chromium, in which every page is a person of its own.
type Browser struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// StartBrowser starts the Chromium of this machine, without a window, with a
// profile that is thrown away.
func StartBrowser() (*Browser, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, errors.New("no Chromium here: install the Debian package chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// Without this, clicks before a page's first frame go nowhere.
		chromedp.Flag("allow-pre-commit-input", true),
	)
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &Browser{ctx: ctx, cancel: func() { cancel(); stop() }}
	if err := chromedp.Do(ctx); err != nil {
		b.cancel()
		return nil, err
	}
	return b, nil
}

// Close ends the browser.
func (b *Browser) Close() { b.cancel() }

// Options of a page.
type Options struct {
	Width, Height int64
	ScriptsOff    bool
	Lenient       bool // the test itself judges what the page reports
}

// Sizes of a page.
var (
	Phone   = Options{Width: 390, Height: 844}
	Desktop = Options{Width: 1280, Height: 900}
)

// Open opens an empty page for somebody who was never here before. When the
// test ends, the page must not have misbehaved.
func (b *Browser) Open(t Reporter, site *Site, o Options) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	p := &Page{t: t, ctx: ctx, Site: site, Scripts: !o.ScriptsOff, watch: &watch{site: site.URL}}
	t.Cleanup(func() {
		if !o.Lenient {
			for _, fault := range p.watch.faults() {
				t.Errorf("%s", fault)
			}
		}
		if t.Failed() {
			p.lastWords()
		}
		cancel()
	})
	p.try(chromedp.Do(ctx))
	p.try(chromedp.Listen(ctx, p.heard))
	call(p, page.Enable, page.EnableParams{})
	call(p, runtime.Enable, none)
	call(p, log.Enable, none)
	call(p, network.Enable, network.EnableParams{})
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if o.ScriptsOff {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	p.Resize(o.Width, o.Height)
	// The transition from page to page takes no clicks while it lasts.
	p.Colors("light")
	return p
}
