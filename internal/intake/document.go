package intake

import (
	"cmp"
	"path"
	"strings"
	"time"

	"broadsheet/internal/text"
)

// A document is one article while it is being read.
type document struct {
	path    string
	section string
	meta    meta
	body    string
	title   string

	date      time.Time // as written, with its own offset; zero when there is none
	published *time.Time
	draft     bool

	name    string // the file's name without date
	slug    string
	day     string
	address string // /{day}/{slug}; empty for drafts
}

// document reads the front matter of a post, or says why it cannot.
func (in *importer) document(f file) (*document, string) {
	raw, body, err := FrontMatter(f.data)
	if err != nil {
		in.report.BrokenFrontMatter++
		raw = salvage(f.data)
	}
	d := &document{path: f.path, meta: raw, body: validText(body)}
	dir := path.Dir(f.path)
	d.section, _, _ = strings.Cut(dir, "/")
	if d.section == "." {
		d.section = ""
	}
	name := f.base()
	if name == "index" { // the folder is the document
		name = path.Base(dir)
		if !strings.Contains(dir, "/") {
			d.section = ""
		}
	}
	named, rest, dated := nameDate(name, in.Zone)
	d.name = rest
	d.title = cleanTitle(d.meta.string("title"))
	if d.title == "" {
		d.title = cleanTitle(firstHeading(d.body))
	}
	if d.title == "" && rest != "." {
		d.title = humanise(rest)
	}
	if d.title == "" {
		return nil, "no title"
	}
	d.title = text.Cut(d.title, 300)
	d.draft = d.meta.bool("draft")

	at, ok := parseDate(d.meta["date"], in.Zone)
	publish, hasPublish := parseDate(cmp.Or(d.meta["publishdate"], d.meta["pubdate"], d.meta["published"]), in.Zone)
	switch {
	case !ok && hasPublish:
		at, ok = publish, true
	case ok && hasPublish && publish.After(in.Now):
		at = publish // held back until then
	case !ok && dated:
		at, ok = named, true
	}
	switch {
	case ok:
		d.date = at
	case d.draft:
	case d.meta["date"] != nil:
		return nil, "date not understood"
	default:
		return nil, "no date"
	}
	if ok && !d.draft {
		when := at.UTC().Truncate(time.Microsecond)
		d.published = &when
	}
	return d, ""
}

// validText returns b as UTF-8 without NUL and without the private characters
// that the body reader uses as marks.
func validText(b []byte) string {
	s := strings.ToValidUTF8(string(b), "\ufffd")
	return strings.Map(func(r rune) rune {
		if r == 0 || r >= markFirst && r <= markLast {
			return -1
		}
		return r
	}, s)
}

// firstHeading returns the text of the first heading of a body, or "".
func firstHeading(body string) string {
	for line := range strings.Lines(body) {
		if rest := strings.TrimLeft(line, "#"); rest != line && strings.HasPrefix(rest, " ") {
			return strings.Trim(rest, "# \r\n")
		}
	}
	return ""
}
