package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// goldmark's cost grows with the square of some things: openers in a block,
// delimiters that never match, nested containers, columns times rows. The
// parsers here are goldmark's with a bound on each; what exceeds it is left as
// text. So the cost of a document is at most its length times a constant.
const (
	depthMax    = 10     // quotations and lists within each other, and emphasis within emphasis
	runMax      = 16     // length of a run of backticks, asterisks or underscores
	emphasisMax = 200    // runs of asterisks and underscores in one block
	linkMax     = 200    // brackets in one block
	cellMax     = 30_000 // cells of all tables in a document, padding included
	columnMax   = 100    // columns of a table
	pipeMax     = 500    // escaped pipes in all tables of a document
	labelMax    = 1000   // link definitions in a document
)

// shallow refuses to open a container deeper than depthMax.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if k := n.Kind(); k == ast.KindBlockquote || k == ast.KindList {
			depth++
		}
	}
	if depth < depthMax {
		return s.BlockParser.Open(parent, reader, pc)
	}
	// The list parser keeps state in the context that only it can clear, and
	// reads nothing when it opens; the others must not read.
	if bytes.IndexByte(s.Trigger(), '-') >= 0 {
		s.BlockParser.Open(parent, reader, pc)
	}
	return nil, parser.NoChildren
}

// bounded takes at most max triggers in one block.
type bounded struct {
	parser.InlineParser
	key parser.ContextKey
	max int
}

type boundedCount struct {
	block ast.Node
	n     int
}

func newBounded(p parser.InlineParser, max int) parser.InlineParser {
	return bounded{p, parser.NewContextKey(), max}
}

func (b bounded) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	count, _ := pc.Get(b.key).(*boundedCount)
	if count == nil {
		count = new(boundedCount)
		pc.Set(b.key, count)
	}
	if count.block != parent {
		count.block, count.n = parent, 0
	}
	if line, _ := block.PeekLine(); line[0] == '!' && (len(line) < 2 || line[1] != '[') {
		return nil // an exclamation mark, not a picture
	}
	if count.n++; count.n > b.max {
		return nil
	}
	return b.InlineParser.Parse(parent, block, pc)
}

// CloseBlock ends the block for parsers that want to know.
func (b bounded) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := b.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// shortRun leaves a run of one character that is longer than runMax as text.
type shortRun struct{ parser.InlineParser }

func (s shortRun) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	if n > runMax {
		block.Advance(n)
		return ast.NewTextSegment(segment.WithStop(segment.Start + n))
	}
	return s.InlineParser.Parse(parent, block, pc)
}

// boundedReferences takes link definitions until there are labelMax of them.
type boundedReferences struct{}

func (boundedReferences) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if first := node.Lines().At(0); !bytes.HasPrefix(bytes.TrimLeft(first.Value(reader.Source()), " \t"), []byte("[")) {
		return
	}
	if len(pc.References())+node.Lines().Len() <= labelMax {
		parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
	}
}

// boundedTable refuses tables whose cells, which goldmark pads to the number
// of columns, would be too many.
type boundedTable struct{ parser.ParagraphTransformer }

var tableKey = parser.NewContextKey()

// tableCount is what the tables of a document have had so far.
type tableCount struct{ cells, pipes int }

func (b boundedTable) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, source := node.Lines(), reader.Source()
	columns := 0
	count, _ := pc.Get(tableKey).(*tableCount)
	if count == nil {
		count = new(tableCount)
		pc.Set(tableKey, count)
	}
	escaped := 0
	for i := range lines.Len() {
		segment := lines.At(i)
		line := segment.Value(source)
		if i > 0 && len(bytes.Trim(line, " \t\r\n|:-")) == 0 {
			columns = max(columns, bytes.Count(line, []byte("|"))+1)
		}
		escaped += bytes.Count(line, []byte(`\|`))
	}
	if columns == 0 {
		return
	}
	cells := columns * lines.Len()
	if columns > columnMax || count.cells+cells > cellMax || count.pipes+escaped > pipeMax {
		return
	}
	count.cells += cells
	count.pipes += escaped
	b.ParagraphTransformer.Transform(node, reader, pc)
}
