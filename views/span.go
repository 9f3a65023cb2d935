package views

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// A Span is a piece of plain text, marked or not.
type Span struct {
	Text string
	Mark bool
}

// Spans is text with its marked pieces in <mark>, without a space more than
// was typed: a template would put some between the pieces.
func Spans(spans []Span) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, s := range spans {
			words := templ.EscapeString(s.Text)
			if s.Mark {
				words = "<mark>" + words + "</mark>"
			}
			if _, err := io.WriteString(w, words); err != nil {
				return err
			}
		}
		return nil
	})
}
