package harness

import (
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
)

// InPlace presses what scripts do in the page and waits for an expression to
// become true; without scripts the same leads to another page.
func (p *Page) InPlace(name, what, expression string, args ...any) {
	p.t.Helper()
	if !p.Scripts {
		p.Follow(name)
		return
	}
	Eval[any](p, `window.e2eHere = true`)
	p.Press(name)
	p.Until(what, "window.e2eHere && ("+filled(expression, args)+")")
}

// Reply opens the comment form under a comment, and has the focus in it.
func (p *Page) Reply(id string) {
	p.t.Helper()
	p.InPlace("Reply @ #"+id, "the form under "+id, `((f) => f && document.activeElement === f)(document.querySelector(%s))`, "#"+id+" textarea[name=body]")
}

// Landed is the id of the comment that the address points at.
func (p *Page) Landed() string {
	p.t.Helper()
	id := Eval[string](p, `(document.querySelector('.comment:target') || {}).id || ''`)
	if id == "" {
		p.t.Fatalf("no comment is pointed at by %s", p.Path())
	}
	return id
}

// Select chooses an answer from a list by its words.
func (p *Page) Select(label, answer string) {
	p.t.Helper()
	if !Eval[bool](p, `((e, answer) => {
  const option = e && [...e.options].find((o) => o.text === answer);
  if (!option) return false;
  e.value = option.value;
  e.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
})(`+expression("field", label)+`, `+filled("%s", []any{answer})+`)`) {
		p.t.Fatalf("there is no %q in a list %q at %s", answer, label, p.Path())
	}
}

// Forget takes all cookies away, as when a log-in ends elsewhere.
func (p *Page) Forget() {
	p.t.Helper()
	call(p, network.ClearBrowserCookies, none)
}

// Hasten lets what pages do once a minute happen twice a second, in the
// pages opened from now on.
func (p *Page) Hasten() {
	p.t.Helper()
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `{ const slow = setInterval; window.setInterval = (f, ms, ...rest) => slow(f, ms === 60000 ? 500 : ms, ...rest); }`,
	})
}
