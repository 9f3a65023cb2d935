package intake

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

// The kinds of pages that describe something articles refer to.
type termKind string

const (
	kindAuthor   termKind = "author"
	kindTopic    termKind = "topic" // topics and tags share their names
	kindCategory termKind = "category"
	kindSection  termKind = "section"
)

// taxonomies are the folders whose pages are terms, not articles.
var taxonomies = map[string]termKind{
	"authors": kindAuthor, "author": kindAuthor, "people": kindAuthor,
	"topics": kindTopic, "topic": kindTopic, "tags": kindTopic, "tag": kindTopic,
	"categories": kindCategory, "category": kindCategory,
}

// A term is such a page.
type term struct {
	slug, name, role, description string
}

// terms finds them by the names articles use for them.
type terms struct{ by map[termKind]map[string]term }

func newTerms() *terms {
	return &terms{by: map[termKind]map[string]term{
		kindAuthor: {}, kindTopic: {}, kindCategory: {}, kindSection: {},
	}}
}

// add reads the page of a term. The index of the whole taxonomy is none.
func (t *terms) add(kind termKind, name string, index bool, f file) {
	if name == "_index" || name == "index" || index && kind != kindSection && strings.Count(f.path, "/") < 2 {
		return
	}
	raw, body, err := FrontMatter(f.data)
	if err != nil || raw == nil {
		raw = salvage(f.data)
	}
	m := meta(raw)
	own := term{
		slug: text.Slug(cmp.Or(m.string("slug"), name)),
		name: cleanTitle(cmp.Or(m.string("display_name"), m.string("title"), m.string("name"))),
		role: cleanTitle(cmp.Or(m.string("role"), m.string("position"), m.string("job_title"),
			m.string("agency_full_name"), m.string("organization"), m.string("affiliation"))),
		description: cleanText(cmp.Or(m.string("bio"), m.string("deck"), m.string("summary"), m.string("description"))),
	}
	if own.name == "" {
		own.name = humanise(name)
	}
	if own.description == "" && len(body) < 20_000 {
		own.description = text.Excerpt(stripTemplates(string(body)), 600)
	}
	for _, key := range []string{name, m.string("slug"), own.name, strings.TrimSpace(m.string("title"))} {
		if key = text.Fold(key); key != "" {
			if _, taken := t.by[kind][key]; !taken {
				t.by[kind][key] = own
			}
		}
	}
}

// finish lets categories borrow the names that topics have.
func (t *terms) finish() {
	for key, own := range t.by[kindTopic] {
		if _, taken := t.by[kindCategory][key]; !taken {
			t.by[kindCategory][key] = own
		}
	}
}

// find returns the term that an article calls by name, and whether it has a
// page; else one is made from the name.
func (t *terms) find(kind termKind, name string) (term, bool) {
	if own, ok := t.by[kind][text.Fold(name)]; ok {
		return own, true
	}
	made := cleanTitle(name)
	if made != "" && !strings.ContainsFunc(made, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsSpace(r) || r > unicode.MaxASCII }) {
		made = humanise(made)
		if kind == kindAuthor {
			words := strings.Fields(made)
			for i, w := range words {
				words[i] = capital(w)
			}
			made = strings.Join(words, " ")
		}
	}
	return term{slug: text.Slug(made), name: made}, false
}

// humanise makes words of a slug.
func humanise(slug string) string {
	return capital(cleanTitle(strings.NewReplacer("-", " ", "_", " ").Replace(slug)))
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// authors returns the bylines of an article.
func (in *importer) authors(m meta) []news.Author {
	var out []news.Author
	seen := make(map[string]bool)
	for _, name := range append(m.strings("authors"), m.strings("author")...) {
		own, found := in.terms.find(kindAuthor, name)
		if own.name == "" || seen[own.slug] {
			continue
		}
		if !found {
			in.report.MissingAuthors[name]++
		}
		seen[own.slug] = true
		out = append(out, news.Author{Slug: own.slug, Name: own.name, Role: own.role, Bio: own.description})
	}
	return out
}

// classify returns the category and the tags of an article: the category it
// names, else its first topic, else its section.
func (in *importer) classify(m meta, section string) (news.Category, []news.Tag) {
	var category term
	rest := append(m.strings("topics"), m.strings("topic")...)
	if named := append(m.strings("categories"), m.strings("category")...); len(named) > 0 {
		category = in.term(kindCategory, named[0])
		rest = append(named[1:], rest...)
	} else if len(rest) > 0 {
		category = in.term(kindCategory, rest[0])
		rest = rest[1:]
	}
	if category.name == "" {
		category, _ = in.terms.find(kindSection, cmp.Or(section, "news"))
	}
	var tags []news.Tag
	seen := map[string]bool{category.slug: true}
	for _, name := range append(append(rest, m.strings("tags")...), m.strings("tag")...) {
		own := in.term(kindTopic, name)
		if own.name == "" || seen[own.slug] {
			continue
		}
		seen[own.slug] = true
		tags = append(tags, news.Tag{Slug: own.slug, Name: own.name})
	}
	return news.Category{Slug: category.slug, Name: category.name, Description: category.description}, tags
}

// term finds a topic or category and counts those without a page.
func (in *importer) term(kind termKind, name string) term {
	own, found := in.terms.find(kind, name)
	if !found && own.name != "" {
		in.report.MissingTopics[name]++
	}
	return own
}
