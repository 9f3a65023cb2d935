package intake

import (
	"strings"
	"unicode"
)

// Bounds on shortcodes.
const (
	shortcodeMax   = 8000 // bytes between the braces
	shortcodeDepth = 20   // shortcodes within each other
)

// A shortcode is one pair of Hugo's double braces.
type shortcode struct {
	name       string
	named      map[string]string
	positional []string
	closing    bool // {{< /name >}}
	single     bool // {{< name />}}
	start, end int  // in the source
	match      int  // index of the closing shortcode, or -1
}

// arg returns the first argument given under one of the names.
func (c *shortcode) arg(names ...string) string {
	for _, name := range names {
		if v := strings.TrimSpace(c.named[name]); v != "" {
			return v
		}
	}
	return ""
}

// first returns a named argument, else the first positional one.
func (c *shortcode) first(names ...string) string {
	if v := c.arg(names...); v != "" || len(c.positional) == 0 {
		return v
	}
	return strings.TrimSpace(c.positional[0])
}

// shortcodes renders all shortcodes of a body to Markdown.
func (r *bodyReader) shortcodes(s string) string {
	if !strings.Contains(s, "{{") {
		return s
	}
	codes := scanShortcodes(s)
	matchShortcodes(codes)
	var b strings.Builder
	r.renderShortcodes(&b, s, codes, 0, len(codes), 0, len(s), 0)
	return b.String()
}

// scanShortcodes finds the shortcodes of s in order.
func scanShortcodes(s string) []shortcode {
	var codes []shortcode
	for at := 0; ; {
		next := strings.Index(s[at:], "{{")
		if next < 0 {
			return codes
		}
		at += next
		if at+2 >= len(s) || s[at+2] != '<' && s[at+2] != '%' {
			at += 2
			continue
		}
		closer := ">}}"
		if s[at+2] == '%' {
			closer = "%}}"
		}
		c, end := parseShortcode(s[at+3:], closer)
		if end < 0 {
			// Not closed: what stands on the line cannot be told from its
			// arguments, so only the braces go (dropTemplates).
			at += 3
			continue
		}
		c.start, c.end, c.match = at, at+3+end, -1
		at = c.end
		codes = append(codes, c)
	}
}

// parseShortcode reads the inside of a shortcode up to the closer and returns
// the offset behind that, or -1. Quotes that never end are taken for letters.
func parseShortcode(s, closer string) (shortcode, int) {
	s = s[:min(len(s), shortcodeMax)]
	words, end := splitArguments(s, closer, true)
	if end < 0 {
		words, end = splitArguments(s, closer, false)
	}
	if end < 0 {
		return shortcode{}, -1
	}
	var c shortcode
	if len(words) > 0 && words[len(words)-1].is("/") && len(words) > 1 {
		c.single = true
		words = words[:len(words)-1]
	}
	if len(words) > 0 && words[0].is("/") {
		c.closing = true
		words = words[1:]
	}
	if len(words) == 0 {
		return c, end
	}
	name := words[0].value
	if strings.HasPrefix(name, "/*") {
		return shortcode{name: "comment", single: true}, end
	}
	if rest, found := strings.CutPrefix(name, "/"); found {
		c.closing, name = true, rest
	}
	c.name = strings.ToLower(strings.TrimSuffix(name, ".html"))
	c.named = make(map[string]string)
	for _, w := range words[1:] {
		if w.key != "" {
			c.named[strings.ToLower(w.key)] = w.value
		} else {
			c.positional = append(c.positional, w.value)
		}
	}
	return c, end
}

// An argument is one word of a shortcode.
type argument struct {
	key, value string
	quoted     bool
}

func (a argument) is(word string) bool { return !a.quoted && a.key == "" && a.value == word }

var closingQuote = map[rune]string{'"': `"`, '\'': "'", '`': "`", '“': "”", '‘': "’"}

// splitArguments splits at white space, minding quotes if asked to.
func splitArguments(s, closer string, quotes bool) (words []argument, end int) {
	at := 0
	for {
		at += len(s[at:]) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace))
		if at >= len(s) {
			return nil, -1
		}
		if strings.HasPrefix(s[at:], closer) {
			return words, at + len(closer)
		}
		var w argument
		if eq := keyLength(s[at:]); eq > 0 {
			w.key = s[at : at+eq]
			at += eq
			at += len(s[at:]) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace)) + 1 // and the equals sign
			at += len(s[at:]) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace))
		}
		value, length, ok := "", 0, false
		if quotes {
			value, length, ok = quotedValue(s[at:])
		}
		if ok {
			w.quoted = true
		} else {
			length = bareValue(s[at:], closer)
			value = strings.Trim(s[at:at+length], `"'`)
		}
		w.value = value
		if at += length; length == 0 && w.key == "" {
			at++
			continue
		}
		words = append(words, w)
	}
}

// keyLength returns the length of the key that s begins with, or 0.
func keyLength(s string) int {
	n := 0
	for n < len(s) && (s[n] == '-' || s[n] == '_' || s[n] >= '0' && s[n] <= '9' || s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	if rest := strings.TrimLeft(s[n:], " \t"); n > 0 && strings.HasPrefix(rest, "=") {
		return n
	}
	return 0
}

// quotedValue reads a value in quotes of any kind.
func quotedValue(s string) (value string, length int, ok bool) {
	for open, closing := range closingQuote {
		rest, found := strings.CutPrefix(s, string(open))
		if !found {
			continue
		}
		var b strings.Builder
		for i := 0; i < len(rest); i++ {
			if rest[i] == '\\' && open != '`' && i+1 < len(rest) && (rest[i+1] == '"' || rest[i+1] == '\'' || rest[i+1] == '\\') {
				i++
				b.WriteByte(rest[i])
				continue
			}
			if strings.HasPrefix(rest[i:], closing) {
				after := rest[i+len(closing):]
				// An apostrophe is no closing quote.
				if open == '\'' && after != "" && !strings.ContainsAny(after[:1], " \t\n>%/") {
					b.WriteByte(rest[i])
					continue
				}
				return b.String(), len(s) - len(after), true
			}
			b.WriteByte(rest[i])
		}
	}
	return "", 0, false
}

func bareValue(s, closer string) int {
	n := strings.IndexFunc(s, unicode.IsSpace)
	if n < 0 {
		n = len(s)
	}
	if c := strings.Index(s[:n], closer); c >= 0 {
		n = c
		if n > 1 && s[n-1] == '/' {
			n--
		}
	}
	return n
}

// matchShortcodes finds the closing shortcode of each paired one.
func matchShortcodes(codes []shortcode) {
	open := make(map[string][]int)
	for i := range codes {
		c := &codes[i]
		switch {
		case c.single || c.name == "" && !c.closing:
		case !c.closing:
			open[c.name] = append(open[c.name], i)
		default:
			if stack := open[c.name]; len(stack) > 0 {
				codes[stack[len(stack)-1]].match = i
				open[c.name] = stack[:len(stack)-1]
			}
		}
	}
}

// renderShortcodes writes s[from:to], whose shortcodes are codes[lo:hi].
func (r *bodyReader) renderShortcodes(b *strings.Builder, s string, codes []shortcode, lo, hi, from, to, depth int) {
	for i := lo; i < hi; i++ {
		c := &codes[i]
		b.WriteString(s[from:c.start])
		from = c.end
		if c.closing {
			continue // of a pair, or of nothing
		}
		if c.match < 0 || c.match >= hi || depth >= shortcodeDepth {
			r.emit(b, c, r.renderShortcode(c, "", false, b))
			continue
		}
		closing := codes[c.match]
		var inner strings.Builder
		r.renderShortcodes(&inner, s, codes, i+1, c.match, c.end, closing.start, depth+1)
		r.emit(b, c, r.renderShortcode(c, inner.String(), true, b))
		i, from = c.match, closing.end
	}
	b.WriteString(s[from:to])
}
