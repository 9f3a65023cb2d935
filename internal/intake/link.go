package intake

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// ref resolves the target of Hugo's ref and relref: a content path, with or
// without leading slash, or only a file name.
func (in *importer) ref(d *document, target string) string {
	target = strings.TrimSpace(target)
	bare, _, _ := strings.Cut(target, "#")
	if bare == "" {
		return "#"
	}
	for _, candidate := range []string{bare, bare + ".md", path.Join(path.Dir(d.path), bare), path.Join(bare, "index.md")} {
		if found := in.byPath[lookupKey(candidate)]; found != nil {
			return reachable(found)
		}
	}
	if found := in.byName[strings.ToLower(path.Base(bare))]; found != nil {
		return reachable(found)
	}
	in.unresolved(d, target)
	if old := in.old.url(&url.URL{Path: servedPath(bare)}); old != "" {
		return markdownURL(old)
	}
	return "#"
}

// reachable returns the address of a document; a draft has none.
func reachable(d *document) string {
	if d.address == "" {
		return "#"
	}
	return d.address
}

// servedPath is where Hugo serves a content path: without extension and index,
// by its date if the name has one.
func servedPath(p string) string {
	p = strings.TrimSuffix(strings.TrimSuffix(p, ".md"), ".markdown")
	p = strings.TrimSuffix(strings.TrimSuffix(p, "/_index"), "/index")
	if m := datePrefix.FindStringSubmatch(path.Base(p)); m != nil {
		if rest := path.Base(p)[len(m[0]):]; rest != "" {
			return "/" + m[1] + "/" + m[2] + "/" + m[3] + "/" + rest + "/"
		}
	}
	return strings.TrimSuffix(path.Clean("/"+p), "/") + "/"
}

// unresolved notes a link to something that was not imported, once for a
// document.
func (in *importer) unresolved(d *document, target string) {
	list := in.report.Unresolved
	for i := len(list) - 1; i >= 0 && list[i].Path == d.path && len(list)-i < 100; i-- {
		if list[i].Target == target {
			return
		}
	}
	in.report.Unresolved = append(list, Link{d.path, target})
}

// resolve returns the new target of a link, or false when only its text can
// stay.
func (in *importer) resolve(d *document, target string) (string, bool) {
	if resolved, found := strings.CutPrefix(target, markResolved); found {
		return resolved, resolved != "" && resolved != "#"
	}
	target = strings.TrimSpace(target)
	if strings.HasPrefix(strings.ToLower(target), "www.") {
		target = "https://" + target
	}
	u, err := url.Parse(target)
	if err != nil || target == "" || target[0] == '#' {
		return "", false
	}
	switch {
	case u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "" && u.Host != "":
		if u.Scheme == "" {
			u.Scheme = "https" // from //host/path
		}
		if u.Host == "" || u.User != nil {
			return "", false
		}
		if !in.old.is(u.Host) {
			return markdownURL(u.String()), true
		}
		if found := in.byPath[lookupKey(u.Path)]; found != nil {
			return reachable(found), found.address != ""
		}
		in.unresolved(d, target)
		return markdownURL(u.String()), true
	case u.Scheme == "mailto":
		return markdownURL(target), true
	case u.Scheme != "":
		return "", false
	}
	return in.resolvePath(d, u, target)
}

// resolvePath resolves a link that names no host.
func (in *importer) resolvePath(d *document, u *url.URL, target string) (string, bool) {
	candidates := []string{u.Path}
	if !strings.HasPrefix(u.Path, "/") {
		candidates = []string{path.Join("/", path.Dir(d.path), u.Path), "/" + u.Path}
	}
	for _, p := range candidates {
		if found := in.byPath[lookupKey(p)]; found != nil {
			return reachable(found), found.address != ""
		}
	}
	if strings.HasSuffix(u.Path, ".md") {
		if found := in.byName[strings.ToLower(path.Base(u.Path))]; found != nil {
			return reachable(found), found.address != ""
		}
	}
	in.unresolved(d, target)
	if strings.HasPrefix(u.Path, "/") {
		if old := in.old.url(u); old != "" {
			return markdownURL(old), true
		}
	}
	return "", false
}

// markdownURL writes an address so that it can stand between parentheses.
func markdownURL(s string) string {
	if strings.Count(s, "(") == strings.Count(s, ")") && !strings.ContainsAny(s, " <>\n\t\\") && !strings.Contains(s, ")(") {
		return s
	}
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "\\", "%5C", "\n", "", "\t", "").Replace(s)
}

var (
	definition = regexp.MustCompile(`(?m)^ {0,3}\[([^\]\[\n]{1,200})\]:[ \t]*\n?[ \t]*<?([^\s<>]+)>?(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$\n?`)
	footnote   = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*`)
	footmark   = regexp.MustCompile(`\[\^([^\]\s]{1,40})\]`)
	oldPicture = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?)$`)
)

// links rewrites every link of a body, drops its pictures and writes links by
// reference in place. Footnotes become numbered paragraphs.
func (r *bodyReader) links(s string) string {
	s = footnote.ReplaceAllStringFunc(s, func(m string) string {
		return "\n" + superscript(footnote.FindStringSubmatch(m)[1]) + " "
	})
	s = footmark.ReplaceAllStringFunc(s, func(m string) string {
		return superscript(footmark.FindStringSubmatch(m)[1])
	})
	definitions := make(map[string]string)
	s = definition.ReplaceAllStringFunc(s, func(m string) string {
		parts := definition.FindStringSubmatch(m)
		if key := strings.ToLower(oneLine(parts[1])); definitions[key] == "" {
			definitions[key] = parts[2]
		}
		return ""
	})
	w := &linkWriter{reader: r, definitions: definitions}
	w.write(s)
	return string(w.out)
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// superscript writes a number as small raised digits; other labels stay in
// brackets.
func superscript(s string) string {
	var b strings.Builder
	for _, c := range s {
		if c < '0' || c > '9' {
			return "(" + s + ")"
		}
		b.WriteString(string([]rune(superscripts)[c-'0']))
	}
	return b.String()
}
