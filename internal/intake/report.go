package intake

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"broadsheet/internal/news"
)

// A Report says what an import understood and what it left out. The zero
// Report is not ready; use NewReport.
type Report struct {
	Files    int // Markdown files read
	Imported int // articles understood
	Skipped  []Skip

	// Filled in by whoever stores the articles, through Add.
	Created, Updated, Unchanged int

	Drafts, Scheduled, Expired int
	Aliases                    int // paths that become redirects
	LinkOnly                   int // articles that only point to another site
	BrokenFrontMatter          int // read in part, from simple lines and the file name

	Rendered map[string]int // shortcodes by name
	Dropped  map[string]int // shortcodes by name, and other leftovers of template languages

	Unresolved []Link // links within the old site to what was not imported

	MissingAuthors  map[string]int // bylines without a page of their own
	MissingTopics   map[string]int
	MissingPictures int // pictures named; an import of text brings none
}

// A Skip is a document that was not imported.
type Skip struct{ Path, Reason string }

// A Link is a link that leads to nothing imported. With Options.Origin it was
// pointed at the old site, otherwise its text stays without a link.
type Link struct{ Path, Target string }

// NewReport returns an empty report.
func NewReport() *Report {
	return &Report{
		Rendered: make(map[string]int), Dropped: make(map[string]int),
		MissingAuthors: make(map[string]int), MissingTopics: make(map[string]int),
	}
}

func (r *Report) skip(path, reason string) { r.Skipped = append(r.Skipped, Skip{path, reason}) }

// Add counts what became of one article.
func (r *Report) Add(outcome news.ImportOutcome) {
	switch outcome {
	case news.ImportCreated:
		r.Created++
	case news.ImportUpdated:
		r.Updated++
	case news.ImportUnchanged:
		r.Unchanged++
	}
}

// reportListMax is how many lines Write gives to one list.
const reportListMax = 50

// Write prints the report for people. Errors of w are w's affair: a report
// that cannot be printed stops no import.
func (r *Report) Write(w io.Writer) {
	p := func(format string, a ...any) { _, _ = fmt.Fprintf(w, format+"\n", a...) }
	p("created %d, updated %d, unchanged %d, skipped %d", r.Created, r.Updated, r.Unchanged, len(r.Skipped))
	p("read %d files; %d articles: %d drafts, %d scheduled, %d expired, %d that only link elsewhere",
		r.Files, r.Imported, r.Drafts, r.Scheduled, r.Expired, r.LinkOnly)
	p("old addresses kept as redirects: %d", r.Aliases)
	if r.BrokenFrontMatter > 0 {
		p("front matter broken, read in part: %d", r.BrokenFrontMatter)
	}
	if r.MissingPictures > 0 {
		p("pictures named but not imported: %d", r.MissingPictures)
	}
	writeCounts(p, "shortcodes rendered", r.Rendered)
	writeCounts(p, "shortcodes and template tags dropped", r.Dropped)
	writeCounts(p, "bylines without a page", r.MissingAuthors)
	writeCounts(p, "topics without a page", r.MissingTopics)
	writeList(p, "skipped", r.Skipped, func(s Skip) string { return fmt.Sprintf("%q: %s", s.Path, s.Reason) })
	writeList(p, "links to what was not imported", r.Unresolved,
		func(l Link) string { return fmt.Sprintf("%q: %q", l.Path, l.Target) })
}

func writeCounts(p func(string, ...any), title string, counts map[string]int) {
	if len(counts) == 0 {
		return
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	p("%s:", title)
	for i, name := range names {
		if i == reportListMax {
			p("  and %d more", len(names)-i)
			return
		}
		p("  %5d  %q", counts[name], name)
	}
}

func writeList[T any](p func(string, ...any), title string, items []T, line func(T) string) {
	if len(items) == 0 {
		return
	}
	p("%s: %d", title, len(items))
	for i, item := range items {
		if i == reportListMax {
			p("  and %d more", len(items)-i)
			return
		}
		p("  %s", line(item))
	}
}
