package intake

import (
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

// aliasMax is the longest path a redirect is kept for, in bytes.
const aliasMax = 500

// reservedSlugs are words that may one day follow an article's address, or
// that file servers give a meaning.
var reservedSlugs = map[string]bool{
	"index": true, "comments": true, "edit": true, "new": true, "preview": true, "page": true, "feed": true,
}

// ownPaths are the first segments of paths that the site itself serves; no
// redirect may stand there.
var ownPaths = map[string]bool{
	"category": true, "tag": true, "author": true, "latest": true, "search": true, "comments": true,
	"login": true, "join": true, "logout": true, "account": true, "members": true, "newsroom": true,
	"moderation": true, "preview": true, "feed.xml": true, "feed.atom": true, "feed.json": true,
	"sitemap.xml": true, "sitemap-news.xml": true, "robots.txt": true, ".well-known": true,
	"site.webmanifest": true, "favicon.ico": true, "static": true, "media": true, "healthz": true,
	"readyz": true, "metrics": true, "debug": true, "setup": true, "reset": true, "confirm": true,
	"report": true, "sitemap": true, "articles": true, "desk": true, "verify": true, "kept": true,
}

// cleanAlias returns the path of an old address as a redirect keeps it:
// decoded, with a leading slash, without query and trailing slash. It is empty
// when there is none to keep.
func cleanAlias(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || s == "" || strings.ContainsRune(s, '\\') {
		return ""
	}
	p := path.Clean("/" + u.Path)
	if p == "/" || len(p) > aliasMax || strings.ContainsFunc(p, func(r rune) bool {
		return unicode.IsControl(r) || r == unicode.ReplacementChar
	}) {
		return ""
	}
	first, _, _ := strings.Cut(p[1:], "/")
	if ownPaths[strings.ToLower(first)] {
		return ""
	}
	return p
}

// oldSite is the address that the export came from.
type oldSite struct{ scheme, host string }

func parseOrigin(origin string) oldSite {
	u, err := url.Parse(strings.TrimSpace(origin))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return oldSite{}
	}
	return oldSite{u.Scheme, strings.ToLower(u.Host)}
}

// is reports whether host is the old site's, with or without www.
func (o oldSite) is(host string) bool {
	return o.host != "" && strings.TrimPrefix(strings.ToLower(host), "www.") == strings.TrimPrefix(o.host, "www.")
}

// url returns a path on the old site, or "" when that is not known.
func (o oldSite) url(u *url.URL) string {
	if o.host == "" {
		return ""
	}
	full := url.URL{Scheme: o.scheme, Host: o.host, Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, Fragment: u.Fragment}
	return full.String()
}

// assignAddresses gives every document its new address and enters all its old
// ones, first come first served.
func (in *importer) assignAddresses(docs []*document) {
	taken := make(map[string]bool)
	for _, d := range docs {
		if d.published != nil {
			d.day = news.Day(*d.published, in.Zone)
		}
		d.slug = freeSlug(d.baseSlug(), d.day, taken)
		if d.day != "" {
			d.address = "/" + d.day + "/" + d.slug
		}
	}
	for _, d := range docs {
		in.enter(d.address, d)
		in.enter("/"+d.path, d)
	}
	for _, d := range docs {
		for _, p := range in.oldPaths(d) {
			in.enter(p, d)
		}
		name := strings.ToLower(path.Base(d.path))
		if other, known := in.byName[name]; known && other != d {
			in.byName[name] = nil
		} else {
			in.byName[name] = d
		}
	}
}

func (in *importer) enter(p string, d *document) {
	if p == "" {
		return
	}
	if _, known := in.byPath[lookupKey(p)]; !known {
		in.byPath[lookupKey(p)] = d
	}
}

// lookupKey is how paths are compared: old sites were seldom strict.
func lookupKey(p string) string { return strings.ToLower(path.Clean("/" + p)) }

// baseSlug is the slug the document asks for.
func (d *document) baseSlug() string {
	if s := d.meta.string("slug"); s != "" {
		return text.Slug(path.Base(s))
	}
	if d.name != "" && d.name != "." {
		return text.Slug(d.name)
	}
	return text.Slug(d.title)
}

// freeSlug returns base, or base with the first number that is free that day.
func freeSlug(base, day string, taken map[string]bool) string {
	slug := base
	for n := 2; taken[day+"/"+slug] || reservedSlugs[slug]; n++ {
		suffix := "-" + strconv.Itoa(n)
		slug = strings.TrimRight(base[:min(len(base), text.SlugMax-len(suffix))], "-") + suffix
	}
	taken[day+"/"+slug] = true
	return slug
}

// oldPaths returns the paths that the document had: those it names, and those
// Hugo serves by default and by date.
func (in *importer) oldPaths(d *document) []string {
	var out []string
	seen := map[string]bool{"": true, d.address: true}
	add := func(s string) {
		if p := cleanAlias(s); !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	for _, alias := range append(d.meta.strings("aliases"), d.meta.strings("alias")...) {
		add(alias)
	}
	add(d.meta.string("url"))
	add(d.meta.string("permalink"))
	base := d.baseSlug()
	dir := path.Dir(d.path)
	file := strings.TrimSuffix(path.Base(d.path), path.Ext(d.path))
	if file == "index" {
		dir, file = path.Dir(dir), path.Base(dir)
	}
	if d.meta.string("slug") != "" {
		file = base
	}
	add("/" + dir + "/" + file)
	if !d.date.IsZero() {
		add(d.date.Format("/2006/01/02/") + base)
		add(d.date.In(in.Zone).Format("/2006/01/02/") + base)
	}
	return out
}

// aliases returns the old paths of a document that are its alone.
func (in *importer) aliases(d *document) []string {
	var out []string
	for _, p := range in.oldPaths(d) {
		if in.byPath[lookupKey(p)] == d {
			out = append(out, p)
		}
	}
	return out
}
