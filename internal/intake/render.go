package intake

import (
	"cmp"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// rendered is what a shortcode becomes: words within a line, or blocks.
type rendered struct {
	text  string
	block bool
}

// kinds groups the shortcodes of the themes in use by what they mean.
var kinds = shortcodeKinds(map[string]string{
	"ref":      "ref relref",
	"picture":  "img img-right img-left img-flexible legacy-img legacy-img-right legacy-img-left figure image picture fig imgproc photo",
	"quote":    "quote-block quote blockquote pullquote pull-quote epigraph testimonial",
	"video":    "youtube vimeo youtube-lite youtubelite yt video youtube-enhanced",
	"box":      "note box alert callout notice warning tip info aside admonition hint do dont highlight-box sidebar panel important attention",
	"titled":   "accordion ring details expand tab spoiler collapse accordion-item faq question",
	"link":     "card-policy card-quote card-resource card card-link button link btn cta linkcard external a",
	"prompt":   "card-prompt prompt",
	"download": "asset-static asset file download attachment pdf",
	"code":     "highlight code",
	"post":     "tweet x twitter twitter_simple instagram",
	"bare":     "raw html markdown md div span section center lead small columns column row tabs grid figure-group gallery",
})

func shortcodeKinds(names map[string]string) map[string]string {
	of := make(map[string]string)
	for kind, list := range names {
		for name := range strings.FieldsSeq(list) {
			of[name] = kind
		}
	}
	return of
}

// renderShortcode renders one shortcode; before is what stands before it.
func (r *bodyReader) renderShortcode(c *shortcode, inner string, paired bool, before *strings.Builder) rendered {
	kind, known := kinds[c.name]
	if !known {
		r.in.report.Dropped[c.name]++
		return rendered{strings.TrimSpace(inner), strings.Contains(strings.TrimSpace(inner), "\n")}
	}
	r.in.report.Rendered[c.name]++
	inner = strings.TrimSpace(inner)
	switch kind {
	case "ref":
		return rendered{markResolved + r.in.ref(r.doc, c.first("path")), false}
	case "picture":
		return r.picture(c, before)
	case "quote":
		return quotation(cmp.Or(inner, c.first("text", "quote", "content")), c.arg("cite", "author", "source", "attribution", "by", "name"))
	case "video":
		return video(c)
	case "box":
		if by := lastParagraph(inner); strings.HasPrefix(by, "—") || strings.HasPrefix(by, "&mdash;") || strings.HasPrefix(by, "– ") {
			return rendered{quoteLines(inner), true}
		}
		return rendered{inner, true}
	case "titled":
		title := strings.Trim(c.arg("title", "summary", "heading", "question", "name", "label"), "*# ")
		if title == "" && len(c.positional) > 0 {
			title = strings.Trim(c.positional[0], "*# ")
		}
		if title != "" {
			inner = "**" + oneLine(title) + "**\n\n" + inner
		}
		return rendered{inner, true}
	case "link":
		return linked(c, inner)
	case "prompt":
		return rendered{strings.Join(nonEmpty(strings.TrimSpace(c.arg("intro", "title")), c.arg("prompt", "text"), inner), "\n\n"), true}
	case "download":
		label := cmp.Or(oneLine(c.arg("label", "title", "text", "name")), inner, path.Base(c.first("file", "src", "href")))
		if to := webAddress(c.first("href", "file", "src", "url")); to != "" {
			return rendered{"[" + label + "](" + to + ")", false}
		}
		r.in.report.Unresolved = append(r.in.report.Unresolved, Link{r.doc.path, c.first("file", "src", "href", "url")})
		return rendered{label, false}
	case "code":
		if c.name == "highlight" && len(c.positional) == 0 && len(c.named) == 0 {
			return rendered{inner, strings.Contains(inner, "\n")} // marked words
		}
		return rendered{r.aside(codeBlock(r.putCodeBackInto(inner))), true}
	case "post":
		return post(c)
	}
	return rendered{inner, paired && strings.Contains(inner, "\n")}
}

// emit writes what a shortcode became. Blocks are set apart by blank lines and
// take over the indentation and quotation marks their line begins with.
func (r *bodyReader) emit(b *strings.Builder, _ *shortcode, out rendered) {
	if !out.block {
		b.WriteString(out.text)
		return
	}
	s := b.String()
	line := s[strings.LastIndexByte(s, '\n')+1:]
	prefix := line
	if strings.Trim(line, " \t>") != "" || len(line) > 40 {
		prefix = ""
	}
	if out.text == "" {
		b.WriteByte('\n')
		return
	}
	if strings.Contains(prefix, ">") {
		b.WriteString(strings.ReplaceAll(out.text, "\n", "\n"+prefix) + "\n" + strings.TrimRight(prefix, " \t") + "\n")
		return
	}
	b.WriteString("\n\n")
	for l := range strings.Lines(out.text) {
		if strings.TrimSpace(l) != "" {
			b.WriteString(prefix)
		}
		b.WriteString(l)
	}
	b.WriteString("\n\n")
}

// picture leaves Markdown for a picture that is not here, for links to drop,
// and the caption, if one is given, in a paragraph of its own.
func (r *bodyReader) picture(c *shortcode, before *strings.Builder) rendered {
	alt := strings.NewReplacer("[", "", "]", "", "\\", "", "\n", " ").Replace(c.arg("alt", "title"))
	out := "![" + alt + "](#)"
	caption := oneLine(strings.Trim(html.UnescapeString(c.arg("caption")), "*_ "))
	if caption == "" || strings.HasSuffix(strings.TrimRight(before.String(), " "), "[") {
		return rendered{out, false}
	}
	return rendered{out + "\n\n*" + strings.NewReplacer("*", "", "_", "\\_").Replace(caption) + "*", true}
}

func quotation(words, by string) rendered {
	words = strings.TrimSpace(words)
	if by = oneLine(strings.TrimLeft(by, "—–- ")); by != "" {
		words += "\n\n— " + by
	}
	return rendered{quoteLines(words), true}
}

// quoteLines makes a quotation of Markdown.
func quoteLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		if rest, found := strings.CutPrefix(line, "– "); found {
			line = "— " + rest
		}
		b.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func lastParagraph(s string) string {
	return strings.TrimSpace(s[strings.LastIndex(s, "\n\n")+1:])
}

var videoID = regexp.MustCompile(`^[A-Za-z0-9_-]{5,20}$`)

func video(c *shortcode) rendered {
	id := c.first("id", "src", "url", "video", "link")
	site := "YouTube"
	if c.name == "vimeo" {
		site = "Vimeo"
	}
	to := webAddress(id)
	switch {
	case to != "":
	case !videoID.MatchString(id):
		return rendered{"", true}
	case site == "Vimeo":
		to = "https://vimeo.com/" + id
	default:
		to = "https://www.youtube.com/watch?v=" + id
	}
	return rendered{"[Watch the video on " + site + "](" + to + ")", true}
}

func post(c *shortcode) rendered {
	id := c.arg("id")
	if id == "" && len(c.positional) > 0 {
		id = c.positional[len(c.positional)-1]
	}
	if !videoID.MatchString(id) {
		return rendered{"", true}
	}
	if c.name == "instagram" {
		return rendered{"[See the post on Instagram](https://www.instagram.com/p/" + id + "/)", true}
	}
	return rendered{"[See the post on X](https://x.com/i/status/" + id + ")", true}
}

// linked renders cards and buttons: a link with what stands in it below.
func linked(c *shortcode, inner string) rendered {
	to := c.arg("href", "url", "src", "link", "to", "path")
	label := oneLine(strings.ReplaceAll(c.arg("text", "label", "title", "name"), "**", ""))
	rest := c.positional
	if to == "" && len(rest) > 0 {
		to, rest = rest[0], rest[1:]
	}
	if label == "" && len(rest) > 0 {
		label = oneLine(rest[0])
	}
	block := strings.HasPrefix(c.name, "card")
	if label == "" {
		label, inner = oneLine(inner), ""
	}
	if label == "" {
		label = to
	}
	label = strings.NewReplacer("[", "", "]", "").Replace(label)
	out := label
	if to != "" {
		out = "[" + label + "](" + strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29").Replace(to) + ")"
	}
	if inner != "" {
		out, block = out+"\n\n"+inner, true
	}
	return rendered{out, block}
}

// webAddress returns s if it is an http or https address, as Markdown takes it.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(u.String())
}

// putCodeBackInto resolves marks in code that is put aside as a whole.
func (r *bodyReader) putCodeBackInto(s string) string {
	if !strings.Contains(s, markCode) {
		return s
	}
	return r.putCodeBack(s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
