package harness

import (
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// find is the element a person means: a field by its label, a button or a
// link by its words, inside a part of the page. Elements that cannot be seen
// do not count.
const find = `((kind, name, inside) => {
  const heard = (e) => e.nodeType === 3 ? e.data : e.nodeType === 1 && e.getAttribute('aria-hidden') === 'true' ? '' : [...e.childNodes].map(heard).join('');
  const say = (e) => heard(e).replace(/\s+/g, ' ').trim();
  const seen = (e) => e.getClientRects().length > 0;
  const root = inside ? document.querySelector(inside) : document;
  if (!root) return null;
  if (kind === 'field') {
    const label = [...root.querySelectorAll('label')].find((l) => seen(l) && say(l) === name);
    return label ? label.control : null;
  }
  const what = { button: 'button, input[type=submit]', link: 'a[href]', any: 'button, input[type=submit], a[href], summary' }[kind];
  return [...root.querySelectorAll(what)].find((e) => seen(e) && say(e) === name) || null;
})`

// expression finds an element named "Log in", or "Log in @ #write" for the
// one inside #write; "button:Log in" and "link:Log in" want one kind.
func expression(kind, name string) string {
	name, inside, _ := strings.Cut(name, " @ ")
	for _, k := range []string{"button", "link"} {
		if rest, ok := strings.CutPrefix(name, k+":"); ok {
			kind, name = k, rest
		}
	}
	return filled(find+`(%s, %s, %s)`, []any{kind, name, inside})
}

// Has reports whether there is such a button or link.
func (p *Page) Has(name string) bool {
	p.t.Helper()
	return Eval[bool](p, expression("any", name)+` !== null`)
}

// HasField reports whether there is a field with that label.
func (p *Page) HasField(label string) bool {
	p.t.Helper()
	return Eval[bool](p, expression("field", label)+` !== null`)
}

// middle is where to click on the element an expression finds, scrolled into
// view; something that stays lying over it is a failure.
func (p *Page) middle(name, expression string) (x, y float64) {
	p.t.Helper()
	place := `(() => {
  const e = ` + expression + `;
  if (!e) return { Absent: true };
  e.scrollIntoView({ block: 'center', behavior: 'instant' });
  // A link over several lines has a box for each.
  const box = [...e.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0];
  if (!box) return { Under: 'nothing: it is not shown' };
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return { X: x, Y: y, Under: e.contains(top) ? '' : top ? top.outerHTML.slice(0, 120) : 'nothing' };
})()`
	if err := p.until(`((at) => at.Absent || at.Under === '')(` + place + `)`); err != nil {
		p.t.Logf("%q stays covered", name)
	}
	at := Eval[struct {
		X, Y   float64
		Absent bool
		Under  string
	}](p, place)
	if at.Absent {
		p.t.Fatalf("there is no %q at %s", name, p.Path())
	}
	if at.Under != "" {
		p.t.Fatalf("%q cannot be clicked at %s: over it lies %s", name, p.Path(), at.Under)
	}
	return at.X, at.Y
}

func (p *Page) mouse(x, y float64, kind input.DispatchMouseEventType, count int64) {
	p.t.Helper()
	call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, ClickCount: count})
}

// Press clicks a button or link and goes on at once.
func (p *Page) Press(name string) {
	p.t.Helper()
	p.press(name, expression("any", name), 1)
}

// PressTwice is an impatient double click.
func (p *Page) PressTwice(name string) {
	p.t.Helper()
	p.press(name, expression("any", name), 2)
}

// PressOn clicks the element of a CSS selector.
func (p *Page) PressOn(selector string) {
	p.t.Helper()
	p.press(selector, filled(`document.querySelector(%s)`, []any{selector}), 1)
}

func (p *Page) press(name, expression string, times int64) {
	p.t.Helper()
	x, y := p.middle(name, expression)
	for n := int64(1); n <= times; n++ {
		p.mouse(x, y, input.DispatchMouseEventTypeMousePressed, n)
		p.mouse(x, y, input.DispatchMouseEventTypeMouseReleased, n)
	}
}

// Follow clicks a button or link and waits for the page it leads to.
func (p *Page) Follow(name string) {
	p.t.Helper()
	p.Leaves(func() { p.Press(name) })
}

// FollowOn is Follow for the element of a CSS selector.
func (p *Page) FollowOn(selector string) {
	p.t.Helper()
	p.Leaves(func() { p.PressOn(selector) })
}

// Fill types into the field of a label, in place of what is there.
func (p *Page) Fill(label, text string) {
	p.t.Helper()
	if !Eval[bool](p, `((e) => { if (!e) return false; e.focus(); e.select(); return document.activeElement === e; })(`+expression("field", label)+`)`) {
		p.t.Fatalf("there is no field %q to write in at %s", label, p.Path())
	}
	if text == "" {
		p.Key(kb.Delete)
		return
	}
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// Choose presses the radio button of a label.
func (p *Page) Choose(label string) {
	p.t.Helper()
	p.press(label, expression("field", label), 1)
}

// Value is what stands in the field of a label.
func (p *Page) Value(label string) string {
	p.t.Helper()
	if !p.HasField(label) {
		p.t.Fatalf("there is no field %q at %s", label, p.Path())
	}
	return Eval[string](p, expression("field", label)+`.value`)
}

// Key presses keys, one after the other: kb.Tab, kb.Enter, letters.
func (p *Page) Key(keys string) {
	p.t.Helper()
	p.try(chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

// Text is what can be read in the part a selector names, "" if it is absent.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return Eval[string](p, `((e) => e ? e.innerText : '')(document.querySelector(%s))`, selector)
}

// Shows wants some words in the part a selector names.
func (p *Page) Shows(selector, words string) {
	p.t.Helper()
	if text := p.Text(selector); !strings.Contains(text, words) {
		p.t.Errorf("%s at %s does not show %q but %.300q", selector, p.Path(), words, text)
	}
}

// Listed is what can be read in each element that a selector matches.
func (p *Page) Listed(selector string) []string {
	p.t.Helper()
	return Eval[[]string](p, `[...document.querySelectorAll(%s)].map((e) => e.innerText)`, selector)
}

// Count is how many elements a selector matches.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	return Eval[int](p, `document.querySelectorAll(%s).length`, selector)
}
