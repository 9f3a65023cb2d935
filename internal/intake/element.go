package intake

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A tag is one token of HTML within Markdown: a tag, or the text between two.
type tag struct {
	kind  xhtml.TokenType
	name  string
	attr  map[string]string
	raw   string
	match int // index of the end tag of a start tag, or -1
}

// spanDepth is how many inline elements within each other are minded.
const spanDepth = 20

var indentation = regexp.MustCompile(`\n[ \t]+`)

var looksLikeTag = regexp.MustCompile(`<[/!?A-Za-z]`)

// elements turns the HTML in a body into Markdown of the same meaning and
// leaves the Markdown around it alone. Elements that only lay out are taken
// apart; scripts, styles, forms and pictures go; names that HTML does not know
// are shown as they are written.
func (r *bodyReader) elements(s string) string {
	if !looksLikeTag.MatchString(s) {
		return s
	}
	tags := readTags(s)
	w := &elementWriter{reader: r}
	w.write(tags)
	return w.out.String()
}

// readTags splits s into tags and text and finds the ends of elements.
func readTags(s string) []tag {
	var tags []tag
	open := make(map[string][]int)
	z := xhtml.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == xhtml.ErrorToken {
			if rest := z.Raw(); len(rest) > 0 {
				tags = append(tags, tag{kind: xhtml.TextToken, raw: escapeAngle(string(rest)), match: -1})
			}
			return tags
		}
		t := tag{kind: kind, raw: string(z.Raw()), match: -1}
		if kind == xhtml.StartTagToken || kind == xhtml.EndTagToken || kind == xhtml.SelfClosingTagToken {
			z.NextIsNotRawText()
			name, more := z.TagName()
			t.name = string(name)
			t.attr = make(map[string]string)
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if _, taken := t.attr[string(k)]; !taken && len(t.attr) < 50 {
					t.attr[string(k)] = string(v)
				}
			}
		}
		switch {
		case kind == xhtml.StartTagToken:
			open[t.name] = append(open[t.name], len(tags))
		case kind == xhtml.EndTagToken:
			if stack := open[t.name]; len(stack) > 0 {
				tags[stack[len(stack)-1]].match = len(tags)
				open[t.name] = stack[:len(stack)-1]
			}
		}
		tags = append(tags, t)
	}
}

func escapeAngle(s string) string { return strings.ReplaceAll(s, "<", "&lt;") }

// rawElement reports whether an element is dropped with all it holds.
func rawElement(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "svg", "math", "object", "form", "select", "textarea", "head", "title":
		return true
	}
	return false
}

// structured reports whether an element is read as a tree.
func structured(name string) bool {
	switch name {
	case "table", "ul", "ol", "dl", "blockquote", "pre", "code", "kbd", "samp", "tt":
		return true
	}
	return false
}

// elementWriter writes tags as Markdown.
type elementWriter struct {
	reader *bodyReader
	out    bytes.Buffer
	open   []span
}

// A span is an inline element that is open.
type span struct {
	name string
	at   int // in out
	href string
}

func (w *elementWriter) write(tags []tag) {
	paragraph := -1 // where the paragraph ends that text is in
	for i := 0; i < len(tags); i++ {
		t := &tags[i]
		if t.name == "p" && t.match > i {
			paragraph = t.match
		}
		switch t.kind {
		case xhtml.TextToken:
			if i < paragraph { // indentation would make it code
				t.raw = indentation.ReplaceAllString(t.raw, "\n")
			}
			w.out.WriteString(t.raw)
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			if t.match > i && rawElement(t.name) {
				i = t.match
				continue
			}
			if t.match > i && structured(t.name) {
				w.tree(tags[i : t.match+1])
				i = t.match
				continue
			}
			w.start(t)
		case xhtml.EndTagToken:
			w.end(t)
		}
	}
}

// tree reads a whole element with the HTML parser.
func (w *elementWriter) tree(tags []tag) {
	var source strings.Builder
	for _, t := range tags {
		if t.name != "" && foreign(t.name) {
			source.WriteString(html.EscapeString(t.raw))
			continue
		}
		source.WriteString(t.raw)
	}
	body := &xhtml.Node{Type: xhtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := xhtml.ParseFragment(strings.NewReader(source.String()), body)
	if err != nil {
		for _, t := range tags {
			if t.kind == xhtml.TextToken {
				w.out.WriteString(t.raw)
			}
		}
		return
	}
	n := nodeWriter{reader: w.reader, inline: w.inline}
	for _, node := range nodes {
		n.top(&w.out, node)
	}
}

// inline renders tags within a line by the rules for inline elements.
func (w *elementWriter) inline(source string) string {
	if !looksLikeTag.MatchString(source) {
		return source
	}
	inner := &elementWriter{reader: w.reader}
	for _, t := range readTags(source) {
		switch t.kind {
		case xhtml.TextToken:
			inner.out.WriteString(t.raw)
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			inner.start(&t)
		case xhtml.EndTagToken:
			inner.end(&t)
		}
	}
	return inner.out.String()
}

// foreign reports whether a name is none of HTML's: an address in angle
// brackets or a word that the writer put there.
func foreign(name string) bool {
	if strings.ContainsAny(name, ":@./") {
		return true
	}
	return atom.Lookup([]byte(name)) == 0 && name != "tt" && name != "nobr"
}

func (w *elementWriter) start(t *tag) {
	b := &w.out
	switch t.name {
	case "a", "em", "i", "cite", "var", "dfn", "strong", "b", "sup", "sub", "del", "s", "strike":
		if t.kind == xhtml.StartTagToken && len(w.open) < spanDepth {
			w.open = append(w.open, span{t.name, b.Len(), t.attr["href"]})
		}
	case "br":
		b.WriteString(markBreak)
	case "hr":
		b.WriteString("\n\n***\n\n")
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.WriteString("\n\n" + strings.Repeat("#", max(2, min(4, int(t.name[1]-'0')))) + " ")
		w.open = append(w.open, span{t.name, b.Len(), ""})
	case "img":
		w.reader.in.report.MissingPictures++
		// Within a link the alternative text is what is left to click on.
		if alt := oneLine(t.attr["alt"]); alt != "" && w.inLink() {
			b.WriteString(strings.NewReplacer("[", "", "]", "").Replace(alt))
		}
	case "iframe", "embed", "video", "audio", "source":
		if link := embedded(t.attr["src"]); link != "" {
			b.WriteString("\n\n" + link + "\n\n")
		}
	case "input", "meta", "link", "base", "wbr", "col", "area", "param", "track":
	default:
		w.other(t)
	}
}

// other takes elements apart: blocks leave a blank line, the rest nothing.
func (w *elementWriter) other(t *tag) {
	switch {
	case foreign(t.name):
		if strings.ContainsAny(t.name, ":@/.") && t.kind != xhtml.EndTagToken {
			if strings.Contains(t.raw, "://") || strings.Contains(t.raw, "@") {
				w.out.WriteString(t.raw) // an address, which Markdown links
			}
			return // a name with a prefix, such as an office program writes
		}
		w.out.WriteString(escapeAngle(t.raw))
	case block(t.name):
		w.out.WriteString("\n\n")
	}
}

func block(name string) bool {
	switch name {
	case "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "center", "figure", "figcaption",
		"details", "summary", "address", "fieldset", "legend", "caption", "tr", "table", "tbody", "thead", "ul", "ol",
		"dl", "dt", "dd", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "li":
		return true
	}
	return false
}

func (w *elementWriter) inLink() bool {
	for _, s := range w.open {
		if s.name == "a" {
			return true
		}
	}
	return false
}

func (w *elementWriter) end(t *tag) {
	at := len(w.open) - 1
	for at >= 0 && w.open[at].name != t.name {
		at--
	}
	if at < 0 {
		if !foreign(t.name) || !strings.ContainsAny(t.name, ":@/.") {
			w.other(t)
		}
		return
	}
	s := w.open[at]
	w.open = w.open[:at] // what was opened since ends here too, unmarked
	inner := string(w.out.Bytes()[s.at:])
	w.out.Truncate(s.at)
	w.out.WriteString(spanMarkdown(s, inner))
}

// spanMarkdown writes one inline element or heading with what it holds.
func spanMarkdown(s span, inner string) string {
	words := strings.Trim(inner, " \t\n"+markBreak)
	if strings.HasPrefix(s.name, "h") && len(s.name) == 2 {
		return strings.Trim(oneLine(strings.ReplaceAll(inner, markBreak, " ")), "# ") + "\n\n"
	}
	if words == "" {
		return inner
	}
	at := strings.Index(inner, words)
	lead, trail := inner[:at], inner[at+len(words):]
	switch s.name {
	case "a":
		if s.href == "" || strings.Contains(words, "\n\n") {
			return inner
		}
		return lead + "[" + words + "](" + hrefMarkdown(s.href) + ")" + trail
	case "em", "i", "cite", "var", "dfn":
		return lead + emphasised(words, "*") + trail
	case "strong", "b":
		return lead + emphasised(words, "**") + trail
	case "del", "s", "strike":
		return lead + emphasised(words, "~~") + trail
	case "sup":
		if strings.Trim(words, "0123456789") == "" {
			return lead + superscript(words) + trail
		}
	}
	return inner
}

// hrefMarkdown keeps a resolved target's mark and what Markdown cannot read.
func hrefMarkdown(href string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "").Replace(strings.TrimSpace(href))
}

// emphasised marks words, unless they hold more than one paragraph or are
// marked already.
func emphasised(words, mark string) string {
	if strings.Contains(words, "\n\n") || strings.HasPrefix(words, mark) && strings.HasSuffix(words, mark) && len(words) > 2*len(mark) {
		return words
	}
	return mark + words + mark
}

// embedded returns a link to a video in a frame, or "".
func embedded(src string) string {
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	for _, known := range []struct{ part, site, to string }{
		{"youtube.com/embed/", "YouTube", "https://www.youtube.com/watch?v="},
		{"youtube-nocookie.com/embed/", "YouTube", "https://www.youtube.com/watch?v="},
		{"youtube.com/v/", "YouTube", "https://www.youtube.com/watch?v="},
		{"player.vimeo.com/video/", "Vimeo", "https://vimeo.com/"},
	} {
		if _, id, found := strings.Cut(src, known.part); found {
			id, _, _ = strings.Cut(id, "?")
			id, _, _ = strings.Cut(id, "&")
			if id = strings.Trim(id, "/"); videoID.MatchString(id) {
				return "[Watch the video on " + known.site + "](" + known.to + id + ")"
			}
		}
	}
	return ""
}
