package markup

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

var (
	commentMarkdown = newCommentMarkdown()
	articleMarkdown = newArticleMarkdown()
)

// newCommentMarkdown knows two blocks and four kinds of inline markup. What it
// has no parser for stays the text that it is.
func newCommentMarkdown() goldmark.Markdown {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(shortRun{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(pictureAsText{}, 150),
			util.Prioritized(newBounded(parser.NewLinkParser(), linkMax), 200),
			util.Prioritized(newBounded(parser.NewAutoLinkParser(), linkMax), 300),
			util.Prioritized(bareLink{}, 350),
			util.Prioritized(shortRun{newBounded(parser.NewEmphasisParser(), emphasisMax)}, 500),
		),
		parser.WithASTTransformers(
			util.Prioritized(linkTransformer{allowed: commentAddress}, 100),
			util.Prioritized(flattener{}, 200),
		),
	)
	return goldmark.New(goldmark.WithParser(p), goldmark.WithRenderer(newRenderer(relComment, true)))
}

func newArticleMarkdown() goldmark.Markdown {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(shortRun{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(newBounded(parser.NewLinkParser(), linkMax), 200),
			util.Prioritized(newBounded(parser.NewAutoLinkParser(), linkMax), 300),
			util.Prioritized(bareLink{}, 350),
			util.Prioritized(newBounded(extension.NewStrikethroughParser(), emphasisMax), 490),
			util.Prioritized(shortRun{newBounded(parser.NewEmphasisParser(), emphasisMax)}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(boundedReferences{}, 100),
			util.Prioritized(boundedTable{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(linkTransformer{allowed: articleAddress, pictures: true}, 100),
			util.Prioritized(flattener{}, 200),
			util.Prioritized(articleTransformer{}, 300),
		),
	)
	return goldmark.New(goldmark.WithParser(p), goldmark.WithRenderer(newRenderer(relOutside, false)))
}

// newRenderer renders all that the parsers above produce; own renderers come
// before goldmark's.
func newRenderer(rel string, hardWraps bool) renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(&ownRenderer{rel: rel, hardWraps: hardWraps}, 100),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(html.NewRenderer(), 1000),
	))
}
