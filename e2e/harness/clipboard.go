package harness

import (
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// Clipboard lets the page use the clipboard, or not.
func (p *Page) Clipboard(allowed bool) {
	p.t.Helper()
	setting := browser.PermissionSettingDenied
	if allowed {
		setting = browser.PermissionSettingGranted
	}
	id := chromedp.FromContext(p.ctx).BrowserContextID
	for _, d := range []*browser.PermissionDescriptor{
		{Name: "clipboard-read", AllowWithoutSanitization: true},
		{Name: "clipboard-write"},
		{Name: "clipboard-write", AllowWithoutSanitization: true},
	} {
		_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{Permission: d, Setting: setting, Origin: p.Site.URL, BrowserContextID: id})
		p.try(err)
	}
}
