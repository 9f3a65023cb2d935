// Package intake reads other systems' exports and gives them as news types,
// one file a format, with a report of what was understood, changed and left
// out. It knows nothing of the store: whoever calls it stores what it returns
// and fills in what became of each article. It never fails on what a document
// holds; such a document is skipped with a reason.
package intake

import (
	"fmt"
	"io/fs"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// Options say how an export is to be read.
type Options struct {
	// Zone is where dates without an offset are, and where the days of
	// addresses begin and end; nil means UTC.
	Zone *time.Location
	// Origin is the address of the old site, such as https://old.example.
	// With it, links to pages that were not imported lead there.
	Origin string
	// Now tells what is scheduled and what has expired.
	Now time.Time
}

// Markdown reads a Hugo-style folder: one that has content/ and perhaps data/,
// or the content folder itself. Every document is either among the items or in
// the report with the reason why not. Reading the same folder again gives the
// same items. The error is that the folder cannot be read at all.
func Markdown(fsys fs.FS, o Options) (items []news.Import, report *Report, err error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	report = NewReport()
	content, data := fsys, fs.FS(nil)
	if info, statErr := fs.Stat(fsys, "content"); statErr == nil && info.IsDir() {
		if content, err = fs.Sub(fsys, "content"); err != nil {
			return nil, report, fmt.Errorf("open content: %w", err)
		}
		data = fsys
	}
	files, err := readFolder(content, report)
	if err != nil {
		return nil, report, err
	}
	in := newImporter(o, data, report)
	for _, f := range files {
		in.sort(f)
	}
	in.terms.finish()
	docs := in.documents()
	in.assignAddresses(docs)
	for _, d := range docs {
		if item, reason := in.item(d); reason != "" {
			report.skip(d.path, reason)
		} else {
			items = append(items, item)
		}
	}
	report.Imported = len(items)
	return items, report, nil
}

// importer holds what is known of the whole folder while documents are read.
type importer struct {
	Options
	data   fs.FS // the folder that has data/, or nil
	report *Report
	terms  *terms
	posts  []file
	byPath map[string]*document // by content path and by every old address
	byName map[string]*document // by file name; nil when ambiguous
	old    oldSite
}

func newImporter(o Options, data fs.FS, report *Report) *importer {
	return &importer{
		Options: o, data: data, report: report, terms: newTerms(),
		byPath: make(map[string]*document), byName: make(map[string]*document),
		old: parseOrigin(o.Origin),
	}
}

// sort puts a file among the posts or the terms.
func (in *importer) sort(f file) {
	section, rest, below := strings.Cut(f.path, "/")
	kind, isTaxonomy := taxonomies[section]
	base := f.base()
	switch {
	case isTaxonomy && below:
		in.terms.add(kind, strings.Split(strings.TrimSuffix(rest, f.ext()), "/")[0], base == "_index", f)
	case base == "_index":
		if below && !strings.Contains(rest, "/") {
			in.terms.add(kindSection, section, true, f)
		}
	default:
		in.posts = append(in.posts, f)
	}
}

// documents reads the front matter of every post.
func (in *importer) documents() []*document {
	var docs []*document
	for _, f := range in.posts {
		d, reason := in.document(f)
		if reason != "" {
			in.report.skip(f.path, reason)
			continue
		}
		docs = append(docs, d)
	}
	return docs
}
