package harness

import (
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// Download does something that leads to a file, and waits for it to be in the
// folder as a whole: until then it has another name.
func (p *Page) Download(folder, name string, do func()) string {
	p.t.Helper()
	_, err := chromedp.CallBrowser(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
		BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
	})
	p.try(err)
	do()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.NewTimer(patience)
	defer late.Stop()
	file := filepath.Join(folder, name)
	for {
		if _, err := os.Stat(file); err == nil {
			return file
		}
		select {
		case <-tick.C:
		case <-late.C:
			p.t.Fatalf("%s did not come (at %s)", name, p.Path())
		}
	}
}
