package intake

import (
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"
)

// Bounds on tables.
const (
	columnsMax = 20
	rowsMax    = 1000
)

// table returns a table as Markdown. A table of one column, or one that holds
// tables, only lays out: its cells become paragraphs.
func (n nodeWriter) table(node *xhtml.Node, depth int) string {
	var rows []*xhtml.Node
	var caption string
	nested := false
	var find func(*xhtml.Node, int)
	find = func(p *xhtml.Node, level int) {
		for c := p.FirstChild; c != nil && level < 8; c = c.NextSibling {
			if c.Type != xhtml.ElementNode {
				continue
			}
			switch c.Data {
			case "tr":
				rows = append(rows, c)
				nested = nested || holds(c, "table", 0)
			case "caption":
				caption = n.words(c)
			default:
				find(c, level+1)
			}
		}
	}
	find(node, 0)
	var cells [][]string
	columns, filled := 0, 0
	for _, row := range rows[:min(len(rows), rowsMax)] {
		line := n.row(row, nested, depth)
		if len(line) == 0 {
			continue
		}
		for _, cell := range line {
			if cell != "" {
				filled++
			}
		}
		columns = max(columns, len(line))
		cells = append(cells, line)
	}
	if filled == 0 {
		return ""
	}
	if nested || columns < 2 || columns > columnsMax {
		return layout(caption, cells)
	}
	return gridTable(caption, cells, columns)
}

func layout(caption string, cells [][]string) string {
	parts := nonEmpty(caption)
	for _, line := range cells {
		parts = append(parts, nonEmpty(line...)...)
	}
	return strings.Join(parts, "\n\n")
}

func gridTable(caption string, cells [][]string, columns int) string {
	var b strings.Builder
	if caption = strings.Trim(strings.ReplaceAll(caption, markBreak, " "), "*_ "); caption != "" {
		b.WriteString("**" + caption + "**\n\n")
	}
	for i, line := range cells {
		b.WriteByte('|')
		for c := range columns {
			cell := ""
			if c < len(line) {
				cell = strings.ReplaceAll(strings.ReplaceAll(line[c], markBreak, " "), "|", `\|`)
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteByte('\n')
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", columns) + "\n")
		}
	}
	return b.String()
}

// row returns the cells of a row; a cell over several columns is followed by
// empty ones.
func (n nodeWriter) row(row *xhtml.Node, blocks bool, depth int) []string {
	var line []string
	for c := row.FirstChild; c != nil && len(line) <= columnsMax; c = c.NextSibling {
		if c.Type != xhtml.ElementNode || c.Data != "td" && c.Data != "th" {
			continue
		}
		if blocks {
			line = append(line, strings.Trim(n.children(c, depth+1), "\n"))
		} else {
			line = append(line, n.cell(c))
		}
		if over, err := strconv.Atoi(attribute(c, "colspan")); err == nil {
			for ; over > 1 && len(line) <= columnsMax; over-- {
				line = append(line, "")
			}
		}
	}
	return line
}

// cell returns a cell as one line; the items of a list are set apart.
func (n nodeWriter) cell(node *xhtml.Node) string {
	var parts []string
	var run strings.Builder
	flush := func() {
		parts = append(parts, nonEmpty(n.fold(run.String()))...)
		run.Reset()
	}
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != xhtml.ElementNode || c.Data != "ul" && c.Data != "ol" {
			n.source(&run, c)
			continue
		}
		flush()
		for li := c.FirstChild; li != nil; li = li.NextSibling {
			if words := n.words(li); words != "" {
				parts = append(parts, "• "+words)
			}
		}
	}
	flush()
	return strings.Join(parts, " ")
}

func holds(node *xhtml.Node, name string, depth int) bool {
	for c := node.FirstChild; c != nil && depth < 20; c = c.NextSibling {
		if c.Type == xhtml.ElementNode && c.Data == name || holds(c, name, depth+1) {
			return true
		}
	}
	return false
}
