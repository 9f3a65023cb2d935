package intake

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"broadsheet/internal/text"
)

// meta reads the fields of front matter whatever types they were given.
type meta map[string]any

// string returns a field as text, or "" when it is missing or not a scalar.
func (m meta) string(key string) string { return scalar(m[key]) }

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case nil, []any, map[string]any, []map[string]any:
		return ""
	case map[any]any:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

// strings returns a field as a list: one scalar is a list of one, and a map in
// a list stands for its name.
func (m meta) strings(key string) []string {
	list, ok := m[key].([]any)
	if !ok {
		list = []any{m[key]}
	}
	var out []string
	for _, v := range list {
		s := scalar(v)
		if named, ok := v.(map[string]any); ok {
			for _, k := range []string{"slug", "name", "title"} {
				if s = scalar(named[k]); s != "" {
					break
				}
			}
		}
		if s != "" && len(out) < 100 {
			out = append(out, s)
		}
	}
	return out
}

// bool reports whether a field says yes.
func (m meta) bool(key string) bool {
	switch strings.ToLower(m.string(key)) {
	case "true", "yes", "1", "on":
		return true
	}
	return false
}

var templateMark = regexp.MustCompile(`(?s)\{\{.{0,900}?\}\}|\{%.{0,900}?%\}`)

// stripTemplates removes shortcodes and template tags from a short text.
func stripTemplates(s string) string {
	s = templateMark.ReplaceAllString(s, " ")
	return strings.NewReplacer("{{", " ", "}}", " ", "{%", " ", "%}", " ").Replace(s)
}

// cleanTitle returns one line of plain text: entities decoded, markup gone.
func cleanTitle(s string) string {
	return cleanText(s)
}

// cleanText is for the short texts of front matter. What cannot be decoded is
// replaced rather than refused.
func cleanText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "")
	s = strings.ReplaceAll(strings.TrimSpace(s), "\n", " ")
	s = stripTemplates(html.UnescapeString(text.Inline(s)))
	clean, err := text.CleanName(s)
	if err != nil {
		return ""
	}
	return clean
}
