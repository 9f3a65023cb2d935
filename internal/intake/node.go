package intake

import (
	"bytes"
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"
)

// nodeDepth is how deep lists and quotations within each other are followed.
const nodeDepth = 8

// nodeWriter writes HTML trees as Markdown. Text is taken as Markdown, as
// archives mix both; white space is folded, because indentation would be code.
type nodeWriter struct {
	reader *bodyReader
	inline func(source string) string
}

// top writes a node that stands between blocks or words.
func (n nodeWriter) top(b *bytes.Buffer, node *xhtml.Node) {
	switch node.Data {
	case "code", "kbd", "samp", "tt":
		if node.Type == xhtml.ElementNode {
			if code := codeSpan(plainText(n.reader, node)); code != "" {
				b.WriteString(n.reader.aside(code))
			}
			return
		}
	}
	if out := n.blocks(node, 0); strings.TrimSpace(out) != "" {
		b.WriteString("\n\n" + strings.Trim(out, "\n") + "\n\n")
	}
}

// blocks returns a node as Markdown blocks.
func (n nodeWriter) blocks(node *xhtml.Node, depth int) string {
	if node.Type != xhtml.ElementNode || depth > nodeDepth {
		return oneLineBlocks(n.words(node))
	}
	switch node.Data {
	case "ul", "ol":
		return n.list(node, depth)
	case "blockquote":
		return quoteLines(strings.Trim(n.children(node, depth+1), "\n"))
	case "table":
		return n.table(node, depth)
	case "pre":
		return n.reader.aside(codeBlock(plainText(n.reader, node)))
	case "script", "style", "form", "select", "textarea", "svg":
		return ""
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return strings.Repeat("#", max(2, min(4, int(node.Data[1]-'0')))) + " " + strings.ReplaceAll(n.words(node), markBreak, " ")
	case "dt":
		return "**" + n.words(node) + "**"
	}
	return n.children(node, depth)
}

// children returns the blocks within a node; runs of words between them are
// paragraphs.
func (n nodeWriter) children(node *xhtml.Node, depth int) string {
	var parts []string
	var run strings.Builder
	flush := func() {
		if words := oneLineBlocks(n.fold(run.String())); words != "" {
			parts = append(parts, words)
		}
		run.Reset()
	}
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == xhtml.ElementNode && (block(c.Data) || structured(c.Data) && c.Data != "code" && c.Data != "kbd" && c.Data != "samp" && c.Data != "tt") {
			flush()
			if out := strings.Trim(n.blocks(c, depth), "\n"); strings.TrimSpace(out) != "" {
				parts = append(parts, out)
			}
			continue
		}
		n.source(&run, c)
	}
	flush()
	return strings.Join(parts, "\n\n")
}

// words returns a node as one line of Markdown.
func (n nodeWriter) words(node *xhtml.Node) string {
	var b strings.Builder
	if node.Type == xhtml.TextNode {
		n.source(&b, node)
	}
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		n.source(&b, c)
	}
	return n.fold(b.String())
}

// fold renders inline tags and folds white space.
func (n nodeWriter) fold(source string) string {
	return strings.Trim(oneLine(n.inline(source)), " "+markBreak)
}

func oneLineBlocks(s string) string { return strings.Trim(s, " \n"+markBreak) }

// source writes a node back as HTML for the inline writer, with code put aside
// and blocks reduced to their words.
func (n nodeWriter) source(b *strings.Builder, node *xhtml.Node) {
	switch node.Type {
	case xhtml.TextNode:
		b.WriteString(strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace(node.Data))
		return
	case xhtml.ElementNode:
	default:
		return
	}
	switch node.Data {
	case "code", "kbd", "samp", "tt", "pre":
		if code := codeSpan(plainText(n.reader, node)); code != "" {
			b.WriteString(n.reader.aside(code))
		}
		return
	case "script", "style", "form", "select", "textarea", "svg":
		return
	case "br", "img", "iframe":
		writeTag(b, node)
		return
	case "a", "em", "i", "cite", "strong", "b", "sup", "sub", "del", "s", "strike":
		writeTag(b, node)
		for c := node.FirstChild; c != nil; c = c.NextSibling {
			n.source(b, c)
		}
		b.WriteString("</" + node.Data + ">")
		return
	}
	if block(node.Data) {
		b.WriteByte(' ')
	}
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		n.source(b, c)
	}
	if block(node.Data) {
		b.WriteByte(' ')
	}
}

func writeTag(b *strings.Builder, node *xhtml.Node) {
	b.WriteString("<" + node.Data)
	for _, a := range node.Attr {
		if a.Key == "href" || a.Key == "src" || a.Key == "alt" {
			b.WriteString(" " + a.Key + `="` + xhtml.EscapeString(a.Val) + `"`)
		}
	}
	b.WriteByte('>')
}

// plainText returns the text of code, with earlier marks resolved.
func plainText(r *bodyReader, node *xhtml.Node) string {
	var b strings.Builder
	var visit func(*xhtml.Node, int)
	visit = func(n *xhtml.Node, depth int) {
		if n.Type == xhtml.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == xhtml.ElementNode && n.Data == "br" {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil && depth < 600; c = c.NextSibling {
			visit(c, depth+1)
		}
	}
	visit(node, 0)
	return r.putCodeBackInto(b.String())
}

func (n nodeWriter) list(node *xhtml.Node, depth int) string {
	number, err := strconv.Atoi(attribute(node, "start"))
	if err != nil || number < 0 || number > 99999 {
		number = 1
	}
	var items []string
	loose := false
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != xhtml.ElementNode {
			if words := n.words(c); words != "" {
				items = append(items, words)
			}
			continue
		}
		marker := "- "
		if node.Data == "ol" {
			marker = strconv.Itoa(number) + ". "
		}
		inner := strings.Trim(n.children(c, depth+1), "\n")
		if c.Data == "ul" || c.Data == "ol" { // a list directly in a list
			inner = n.list(c, depth+1)
			if len(items) > 0 {
				items[len(items)-1] += "\n" + indented(inner, len(marker))
				continue
			}
		}
		if strings.TrimSpace(inner) == "" {
			continue
		}
		number++
		// A list right below an item's words needs no blank line.
		inner = strings.NewReplacer("\n\n- ", "\n- ", "\n\n1. ", "\n1. ").Replace(inner)
		loose = loose || strings.Contains(inner, "\n\n")
		items = append(items, marker+strings.TrimLeft(indented(inner, len(marker)), " "))
	}
	if loose {
		return strings.Join(items, "\n\n")
	}
	return strings.Join(items, "\n")
}

func indented(s string, n int) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			b.WriteString(strings.Repeat(" ", n))
		}
		b.WriteString(line)
	}
	return b.String()
}

func attribute(node *xhtml.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
