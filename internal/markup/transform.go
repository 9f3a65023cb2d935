package markup

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// collect returns the nodes below root that want picks, outermost first.
func collect(root ast.Node, want func(ast.Node) bool) []ast.Node {
	var found []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && want(n) {
			found = append(found, n)
		}
		return ast.WalkContinue, nil
	})
	return found
}

// unwrap puts the children of n in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

// linkTransformer leaves only links that are allowed, none within another, and
// only pictures of our own. Everything else becomes its text.
type linkTransformer struct {
	allowed  func(destination []byte) string
	pictures bool
}

func (t linkTransformer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	links := collect(doc, func(n ast.Node) bool {
		k := n.Kind()
		return k == ast.KindLink || k == ast.KindAutoLink || k == ast.KindImage
	})
	for _, n := range links {
		inLink := within(n, ast.KindLink)
		switch n := n.(type) {
		case *ast.Image:
			t.picture(n, inLink, source)
		case *ast.AutoLink:
			destination := n.URL(source)
			if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(destination), []byte("mailto:")) {
				destination = append([]byte("mailto:"), destination...)
			}
			to := t.allowed(destination)
			label := ast.NewString(n.Label(source))
			label.SetRaw(false)
			if inLink || to == "" {
				n.Parent().ReplaceChild(n.Parent(), n, label)
				continue
			}
			link := ast.NewLink()
			link.Destination = []byte(to)
			link.AppendChild(link, label)
			n.Parent().ReplaceChild(n.Parent(), n, link)
		case *ast.Link:
			to := t.allowed(n.Destination)
			if inLink || to == "" {
				unwrap(n)
				continue
			}
			n.Destination = []byte(to)
			if n.FirstChild() == nil {
				n.AppendChild(n, ast.NewString([]byte(to)))
			}
		}
	}
}

// picture keeps a picture of our own and turns another into a link to it that
// reads as its alternative text.
func (t linkTransformer) picture(n *ast.Image, inLink bool, source []byte) {
	if src := pictureAddress(n.Destination); src != "" && t.pictures {
		n.Destination = []byte(src)
		return
	}
	to := t.allowed(n.Destination)
	if to == "" || inLink || n.FirstChild() == nil {
		unwrap(n)
		return
	}
	link := ast.NewLink()
	link.Destination = []byte(to)
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		link.AppendChild(link, c)
	}
	n.Parent().ReplaceChild(n.Parent(), n, link)
}

func within(n ast.Node, kind ast.NodeKind) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

// flattener takes emphasis that is nested deeper than depthMax apart.
type flattener struct{}

func (flattener) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var visit func(n ast.Node, depth int)
	visit = func(n ast.Node, depth int) {
		for c := n.FirstChild(); c != nil; {
			next := c.NextSibling()
			d := depth
			if k := c.Kind(); k == ast.KindEmphasis || k == east.KindStrikethrough {
				if d++; d >= depthMax {
					keepLeaves(c)
				}
			}
			if d < depthMax {
				visit(c, d)
			}
			c = next
		}
	}
	visit(doc, 0)
}

// keepLeaves leaves n with the texts, links and pictures below it.
func keepLeaves(n ast.Node) {
	var leaves []ast.Node
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		switch k := c.Kind(); {
		case c == n || k == ast.KindEmphasis || k == east.KindStrikethrough:
			return ast.WalkContinue, nil
		case entering:
			leaves = append(leaves, c)
			if k == ast.KindLink {
				keepLeaves(c)
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	for _, c := range leaves {
		c.Parent().RemoveChild(c.Parent(), c)
	}
	n.RemoveChildren(n)
	for _, c := range leaves {
		n.AppendChild(n, c)
	}
}

// articleTransformer puts headings in order and finds who is quoted.
type articleTransformer struct{}

func (articleTransformer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	level := 1 // the headline's
	blocks := collect(doc, func(n ast.Node) bool {
		return n.Kind() == ast.KindHeading || n.Kind() == ast.KindBlockquote
	})
	for _, n := range blocks {
		switch n := n.(type) {
		case *ast.Heading:
			if n.FirstChild() == nil {
				n.Parent().RemoveChild(n.Parent(), n)
				continue
			}
			n.Level = min(max(n.Level, 2), 4, level+1)
			level = n.Level
		case *ast.Blockquote:
			attribute(n, reader.Source())
		}
	}
}

// attribution is the last paragraph of a quotation that says who said it.
type attribution struct{ ast.BaseBlock }

var kindAttribution = ast.NewNodeKind("Attribution")

func (*attribution) Kind() ast.NodeKind { return kindAttribution }

func (a *attribution) Dump(source []byte, level int) { ast.DumpHelper(a, source, level, nil, nil) }

// dashes are the spellings of the em dash that begins an attribution.
var dashes = []string{"—", "&mdash;", "&#8212;"}

// splitAttribution gives the last line of a quotation's last paragraph a
// paragraph of its own when it begins with an em dash: many writers leave no
// empty line before it. It returns the paragraph that is last then.
func splitAttribution(quote *ast.Blockquote, p *ast.Paragraph, source []byte) *ast.Paragraph {
	var line *ast.Text // the last that begins a line with a dash
	for n := p.FirstChild(); n != nil; n = n.NextSibling() {
		before, ok := n.(*ast.Text)
		if !ok || !before.SoftLineBreak() && !before.HardLineBreak() {
			continue
		}
		line = nil
		if next, ok := n.NextSibling().(*ast.Text); ok {
			value := next.Segment.Value(source)
			if slices.ContainsFunc(dashes, func(d string) bool { return bytes.HasPrefix(value, []byte(d)) }) {
				line = next
			}
		}
	}
	if line == nil {
		return p
	}
	before := line.PreviousSibling().(*ast.Text)
	before.SetSoftLineBreak(false)
	before.SetHardLineBreak(false)
	own := ast.NewParagraph()
	for n := ast.Node(line); n != nil; {
		next := n.NextSibling()
		own.AppendChild(own, n)
		n = next
	}
	quote.InsertAfter(quote, p, own)
	return own
}

// attribute makes the last paragraph of a quotation an attribution when it
// begins with an em dash and is not all there is.
func attribute(quote *ast.Blockquote, source []byte) {
	last, ok := quote.LastChild().(*ast.Paragraph)
	if !ok {
		return
	}
	last = splitAttribution(quote, last, source)
	if last.PreviousSibling() == nil {
		return
	}
	first, ok := last.FirstChild().(*ast.Text)
	if !ok {
		return
	}
	value := first.Segment.Value(source)
	for _, dash := range dashes {
		rest, found := bytes.CutPrefix(value, []byte(dash))
		if !found {
			continue
		}
		rest = bytes.TrimLeft(rest, " \t")
		if len(rest) == 0 && first.NextSibling() == nil {
			return
		}
		first.Segment = first.Segment.WithStart(first.Segment.Stop - len(rest))
		by := &attribution{}
		for c := last.FirstChild(); c != nil; c = last.FirstChild() {
			last.RemoveChild(last, c)
			by.AppendChild(by, c)
		}
		quote.ReplaceChild(quote, last, by)
		return
	}
}
