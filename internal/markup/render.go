package markup

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// ownRenderer renders what goldmark renders otherwise than we want. Errors of
// the buffered writer stay with it until it is flushed.
type ownRenderer struct {
	rel       string // of links to other sites
	hardWraps bool   // a line break as typed is a <br>
}

// RegisterFuncs implements renderer.NodeRenderer.
func (r *ownRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindText, r.text)
	reg.Register(ast.KindString, r.string)
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindImage, r.image)
	reg.Register(ast.KindFencedCodeBlock, r.code)
	reg.Register(ast.KindCodeBlock, r.code)
	reg.Register(kindAttribution, around("<footer>", "</footer>\n"))
	reg.Register(east.KindTable, around(
		`<div class="scroll" tabindex="0"><table>`+"\n", "</table></div>\n"))
	reg.Register(east.KindTableHeader, r.tableHeader)
	reg.Register(east.KindTableRow, r.tableRow)
	reg.Register(east.KindTableCell, r.tableCell)
}

// around renders a node as its children between two tags.
func around(before, after string) renderer.NodeRendererFunc {
	return func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(before)
		} else {
			_, _ = w.WriteString(after)
		}
		return ast.WalkContinue, nil
	}
}

func (r *ownRenderer) text(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	value := n.Segment.Value(source)
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(w, value)
		return ast.WalkContinue, nil
	}
	html.DefaultWriter.Write(w, value)
	switch {
	case n.HardLineBreak() || n.SoftLineBreak() && r.hardWraps:
		if n.NextSibling() != nil {
			_, _ = w.WriteString("<br>\n")
		}
	case n.SoftLineBreak() && !joins(n, value, source):
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// joins reports whether a line break stands between two characters of a
// writing without word spaces, where it must not show as a space. (goldmark's
// own option for this loses breaks before emphasis and links.)
func joins(n ast.Node, value, source []byte) bool {
	before, _ := utf8.DecodeLastRune(value)
	if !unspaced(before) {
		return false
	}
	next := n.NextSibling()
	for next != nil && next.FirstChild() != nil {
		next = next.FirstChild()
	}
	if t, ok := next.(*ast.Text); ok {
		after, _ := utf8.DecodeRune(t.Segment.Value(source))
		return unspaced(after)
	}
	return false
}

// unspaced reports whether r belongs to Chinese or Japanese writing.
func unspaced(r rune) bool {
	return r >= 0x2e80 && (r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff65 ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana))
}

// string renders text that a transformer made: an address as it was typed.
func (r *ownRenderer) string(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		html.DefaultWriter.RawWrite(w, node.(*ast.String).Value)
	}
	return ast.WalkContinue, nil
}

func (r *ownRenderer) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	to := node.(*ast.Link).Destination // checked and escaped by linkTransformer
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.Write(util.EscapeHTML(to))
	if isOutside(string(to)) {
		_, _ = w.WriteString(`" rel="` + r.rel)
	}
	_, _ = w.WriteString(`">`)
	return ast.WalkContinue, nil
}

func (r *ownRenderer) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<img src="`)
	_, _ = w.Write(util.EscapeHTML(node.(*ast.Image).Destination))
	_, _ = w.WriteString(`" alt="`)
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			html.DefaultWriter.Write(w, t.Segment.Value(source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				_ = w.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	_, _ = w.WriteString(`">`)
	return ast.WalkSkipChildren, nil
}

func (r *ownRenderer) code(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<pre><code>")
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		html.DefaultWriter.RawWrite(w, line.Value(source))
	}
	return ast.WalkContinue, nil
}

func (r *ownRenderer) tableHeader(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<thead>\n<tr>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("</tr>\n</thead>\n")
	if n.NextSibling() != nil {
		_, _ = w.WriteString("<tbody>\n")
	}
	return ast.WalkContinue, nil
}

func (r *ownRenderer) tableRow(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<tr>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("</tr>\n")
	if n.NextSibling() == nil {
		_, _ = w.WriteString("</tbody>\n")
	}
	return ast.WalkContinue, nil
}

func (r *ownRenderer) tableCell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	tag, scope := "td", ""
	if node.Parent().Kind() == east.KindTableHeader {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag + scope)
	switch node.(*east.TableCell).Alignment {
	case east.AlignRight:
		_, _ = w.WriteString(` class="right"`)
	case east.AlignCenter:
		_, _ = w.WriteString(` class="center"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}
