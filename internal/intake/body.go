package intake

import (
	"regexp"
	"strconv"
	"strings"

	"broadsheet/internal/text"
)

// Marks that stand for something while a body is worked on. They are private
// characters; validText removed any that the document had.
const (
	markFirst    = '\ue000'
	markCode     = "\ue000" // begins the number of a piece of code
	markEnd      = "\ue001" // ends it
	markBreak    = "\ue002" // a line break within a paragraph
	markResolved = "\ue003" // stands before a link target that is final
	markAlt      = "\ue004" // stands before the alternative text of a picture in a link
	markLast     = '\ue00f'
)

// A bodyReader turns one document's body into Markdown that markup renders.
// Each step leaves the code that was put aside alone.
type bodyReader struct {
	in   *importer
	doc  *document
	code []string // pieces put aside
}

// body returns the Markdown of a document.
func (in *importer) body(d *document) string {
	r := &bodyReader{in: in, doc: d}
	s := strings.ReplaceAll(strings.ReplaceAll(d.body, "\r\n", "\n"), "\r", "\n")
	s = r.putCodeAside(s)
	s = r.shortcodes(s)
	s = oldVideo.ReplaceAllString(s, "[Watch the video on YouTube]($1)")
	s = r.dropTemplates(s)
	s = r.elements(s)
	s = r.links(s)
	s = emoji(s)
	s = resolveBreaks(s)
	s = r.dropTemplates(s) // taking links and tags apart can bring braces together
	s = tidy(s, d.title)
	s = r.putCodeBack(s)
	if clean, err := text.Clean(s); err == nil {
		s = clean
	}
	return s
}

var (
	liquidTag  = regexp.MustCompile(`(?s)\{%-?\s*([a-zA-Z_]*).{0,1000}?%\}`)
	liquidVar  = regexp.MustCompile(`\{\{[^{}\n]{0,500}\}\}`)
	oddBraces  = strings.NewReplacer("{{<", "", "{{%", "", ">}}", "", "%}}", "", "{{", "", "}}", "", "{%", "", "%}", "")
	breaks     = regexp.MustCompile(`[ \t]*(?:\n?[ \t]*` + markBreak + `[ \t]*)+\n?[ \t]*`)
	blankLines = regexp.MustCompile(`\n(?:[ \t]*\n){2,}`)
	emptyMarks = regexp.MustCompile(`(?m)^[ \t]*(?:#{1,6}|\*{2,4}|_{2,4}|&nbsp;|\\)[ \t]*$`)
	loneSlash  = regexp.MustCompile(`([^\\\n])\\[ \t]*(\n[ \t]*\n|\n?\z)`)
	oldVideo   = regexp.MustCompile(`\[youtube[= ]+(https?://[^\s\]&]+)[^\]\n]{0,100}\]`)
	atxLine    = regexp.MustCompile(`(?m)^( {0,3})(#{1,6})([^#\s].*)$`)
)

// dropTemplates removes what other template languages left. Braces of one's
// own are left when single.
func (r *bodyReader) dropTemplates(s string) string {
	if !strings.Contains(s, "{{") && !strings.Contains(s, "{%") && !strings.Contains(s, "}}") && !strings.Contains(s, "%}") {
		return s
	}
	s = liquidTag.ReplaceAllStringFunc(s, func(tag string) string {
		r.in.report.Dropped["{% "+liquidTag.FindStringSubmatch(tag)[1]+" %}"]++
		return ""
	})
	s = liquidVar.ReplaceAllStringFunc(s, func(string) string {
		r.in.report.Dropped["{{ }}"]++
		return ""
	})
	// Removing a pair can bring another together.
	for range 8 {
		next := oddBraces.Replace(s)
		if next == s {
			return s
		}
		s = next
	}
	return strings.NewReplacer("{", "", "}", "").Replace(s)
}

// resolveBreaks makes line breaks of the marks for them: a hard break within
// a paragraph, nothing at its edge, a new paragraph for several.
func resolveBreaks(s string) string {
	if !strings.Contains(s, markBreak) {
		return s
	}
	var b strings.Builder
	last := 0
	for _, at := range breaks.FindAllStringIndex(s, -1) {
		b.WriteString(s[last:at[0]])
		last = at[1]
		line := s[strings.LastIndexByte(s[:at[0]], '\n')+1 : at[0]]
		after := s[at[1]:]
		rest, _, _ := strings.Cut(after, "\n")
		switch start := strings.TrimLeft(line, " \t>"); {
		case strings.HasPrefix(start, "#") || strings.HasPrefix(start, "|"):
			b.WriteByte(' ')
			if strings.HasSuffix(s[at[0]:at[1]], "\n") {
				b.WriteByte('\n')
			}
		case start == "" || rest == "":
			b.WriteByte('\n')
		case strings.Count(s[at[0]:at[1]], markBreak) > 1:
			b.WriteString("\n\n")
		default:
			b.WriteString("\\\n")
			// A list item's text goes on below the text, a quotation's after its mark.
			if indent := len(line) - len(strings.TrimLeft(line, " \t")); indent < len(line) && line[indent] == '>' {
				b.WriteString("> ")
			}
		}
	}
	b.WriteString(s[last:])
	return b.String()
}

// tidy takes out what earlier steps emptied, and a first heading that repeats
// the headline.
func tidy(s, title string) string {
	s = emptyMarks.ReplaceAllString(s, "")
	s = atxLine.ReplaceAllString(s, "$1$2 $3")
	s = loneSlash.ReplaceAllString(s, "$1$2")
	var b strings.Builder
	for line := range strings.Lines(s) {
		t := strings.TrimRight(line, " \t\n")
		if len(line)-len(t) > 2 && strings.HasSuffix(strings.TrimSuffix(line, "\n"), "  ") && t != "" {
			t += "  "
		}
		b.WriteString(t + "\n")
	}
	s = strings.TrimSpace(blankLines.ReplaceAllString("\n"+b.String(), "\n\n"))
	if first, rest, _ := strings.Cut(s, "\n"); strings.HasPrefix(first, "#") {
		if text.Fold(cleanTitle(strings.Trim(first, "# "))) == text.Fold(title) {
			s = strings.TrimSpace(rest)
		}
	}
	if s == "" {
		return ""
	}
	return s + "\n"
}

// aside puts a piece of code aside and returns the mark for it.
func (r *bodyReader) aside(code string) string {
	r.code = append(r.code, code)
	return markCode + strconv.Itoa(len(r.code)-1) + markEnd
}

// putCodeBack resolves the marks; code may hold marks of earlier code.
func (r *bodyReader) putCodeBack(s string) string {
	for range 4 {
		if !strings.Contains(s, markCode) {
			break
		}
		var b strings.Builder
		for {
			before, rest, found := strings.Cut(s, markCode)
			b.WriteString(before)
			if !found {
				break
			}
			number, after, _ := strings.Cut(rest, markEnd)
			if n, err := strconv.Atoi(number); err == nil && n < len(r.code) {
				b.WriteString(r.code[n])
				r.code[n] = "" // a mark that was doubled must not multiply
			}
			s = after
		}
		s = b.String()
	}
	return strings.Map(func(c rune) rune {
		if c >= markFirst && c <= markLast {
			return -1
		}
		return c
	}, s)
}
