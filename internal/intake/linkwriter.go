package intake

import (
	"strings"
)

// linkWriter copies Markdown and changes its links on the way: one pass, with
// the positions of the brackets that are open.
type linkWriter struct {
	reader      *bodyReader
	definitions map[string]string // by lower-case label
	out         []byte
	open        []bracket
}

type bracket struct {
	at      int // of the bracket, or of the exclamation mark before it, in out
	source  int // behind the bracket, in the source
	picture bool
}

// openMax is how many brackets within each other are looked at.
const openMax = 32

func (w *linkWriter) write(s string) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			w.out = append(w.out, c, s[i+1])
			i++
		case c == '\n' && i+1 < len(s) && s[i+1] == '\n':
			w.open = w.open[:0] // links end with their paragraph
			w.out = append(w.out, c)
		case c == '[':
			b := bracket{at: len(w.out), source: i + 1}
			if i > 0 && s[i-1] == '!' && len(w.out) > 0 && w.out[len(w.out)-1] == '!' {
				b.at, b.picture = b.at-1, true
			}
			if len(w.open) == openMax {
				w.open = w.open[1:]
			}
			w.open = append(w.open, b)
			w.out = append(w.out, c)
		case c == ']' && len(w.open) > 0:
			b := w.open[len(w.open)-1]
			w.open = w.open[:len(w.open)-1]
			target, end, ok := w.target(s, b.source, i)
			if !ok {
				w.out = append(w.out, c)
				continue
			}
			w.close(b, target)
			i = end - 1
		default:
			w.out = append(w.out, c)
		}
	}
}

// target reads what stands behind the closing bracket at position at.
func (w *linkWriter) target(s string, from, at int) (target string, end int, ok bool) {
	label := s[from:at]
	rest := s[at+1:]
	switch {
	case strings.HasPrefix(rest, "("):
		if target, n, ok := inlineTarget(rest); ok {
			return target, at + 1 + n, true
		}
	case strings.HasPrefix(rest, "["):
		closing := strings.IndexByte(rest[:min(len(rest), 300)], ']')
		if closing > 0 {
			if closing > 1 {
				label = rest[1:closing]
			}
			target, ok = w.definition(label)
			return target, at + 1 + closing + 1, ok
		}
	}
	target, ok = w.definition(label)
	return target, at + 1, ok
}

func (w *linkWriter) definition(label string) (string, bool) {
	if len(w.definitions) == 0 || len(label) > 300 {
		return "", false
	}
	target, ok := w.definitions[strings.ToLower(oneLine(label))]
	return target, ok
}

// inlineTarget reads "(target "title")" and returns the target and the length.
// Archives hold targets with spaces, which are taken as well.
func inlineTarget(s string) (string, int, bool) {
	s = s[:min(len(s), 4000)]
	if blank := strings.Index(s, "\n\n"); blank >= 0 {
		s = s[:blank]
	}
	body := strings.TrimLeft(s[1:], " \t\n")
	start := len(s) - len(body)
	if strings.HasPrefix(body, "<") {
		end := strings.IndexAny(body, ">\n")
		if end < 0 || body[end] == '\n' {
			return "", 0, false
		}
		closing, ok := afterTitle(s, start+end+1)
		return body[1:end], closing, ok
	}
	depth := 0
	for i := start; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ')':
			return strings.TrimSpace(s[start:i]), i + 1, true
		case c == ' ' || c == '\n' || c == '\t' || c == '"':
			if closing, ok := afterTitle(s, i); ok {
				return s[start:i], closing, true
			}
		}
	}
	return "", 0, false
}

// afterTitle skips a title in quotes and the closing parenthesis.
func afterTitle(s string, at int) (int, bool) {
	rest := strings.TrimLeft(s[at:], " \t\n")
	if rest == "" {
		return 0, false
	}
	if rest[0] == ')' {
		return len(s) - len(rest) + 1, true
	}
	if rest[0] != '"' && rest[0] != '\'' {
		return 0, false
	}
	// Titles hold quotes of their own: the last one before a parenthesis ends it.
	for i := 1; i+1 < len(rest); i++ {
		if rest[i] == rest[0] {
			after := strings.TrimLeft(rest[i+1:], " \t\n")
			if strings.HasPrefix(after, ")") {
				return len(s) - len(after) + 1, true
			}
		}
	}
	return 0, false
}

// close ends the link or picture that began at b.
func (w *linkWriter) close(b bracket, target string) {
	inner := string(w.out[b.at+1:])
	w.out = w.out[:b.at]
	if b.picture {
		inner = inner[1:]
		r := w.reader.in.report
		r.MissingPictures++
		if len(w.open) > 0 {
			// Within a link the alternative text is what is left to click on.
			w.out = append(append(w.out, markAlt...), inner...)
		}
		return
	}
	words := strings.TrimSpace(inner)
	to, ok := w.reader.in.resolve(w.reader.doc, target)
	if words == "" {
		return
	}
	if !ok {
		w.out = append(w.out, inner...)
		return
	}
	if strings.HasPrefix(strings.Trim(words, "*_"), markAlt) {
		if oldPicture.MatchString(to) || strings.Trim(words, "*_"+markAlt) == "" {
			return // a small picture that led to the same one in large
		}
		inner = strings.ReplaceAll(inner, markAlt, "")
		words = strings.TrimSpace(inner)
	}
	// White space at the edges of the text belongs outside.
	lead := inner[:len(inner)-len(strings.TrimLeft(inner, " \t"))]
	trail := inner[len(strings.TrimRight(inner, " \t")):]
	w.out = append(w.out, lead...)
	w.out = append(w.out, '[')
	w.out = append(w.out, words...)
	w.out = append(w.out, "]("...)
	w.out = append(w.out, to...)
	w.out = append(w.out, ')')
	w.out = append(w.out, trail...)
}
