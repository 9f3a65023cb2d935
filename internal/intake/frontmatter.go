package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
)

// Bounds on front matter, which is parsed by libraries made for friends.
const (
	frontMatterMax = 64 << 10 // bytes
	aliasesMax     = 20       // uses of YAML anchors
	nestingMax     = 50       // brackets or dashes within each other
)

// Why FrontMatter cannot give the meta data of a document.
var (
	errUnclosed   = errors.New("front matter is not closed")
	errTooComplex = errors.New("front matter is too long or too complex")
)

// FrontMatter splits a document into its front matter and its body. It knows
// YAML between lines of ---, TOML between lines of +++ and a JSON object. Keys
// of the outer level are in lower case. A document without front matter gives
// a nil map. With an error the body is still what follows the front matter, as
// far as that can be told.
func FrontMatter(b []byte) (meta map[string]any, body []byte, err error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	start := bytes.TrimLeft(b, " \t\n")
	var head []byte
	var decode func([]byte, any) error
	switch {
	case fenced(start, "---"):
		head, body, err = splitFence(start, "---")
		decode = decodeYAML
	case fenced(start, "+++"):
		head, body, err = splitFence(start, "+++")
		decode = toml.Unmarshal
	case len(start) > 0 && start[0] == '{' && !bytes.HasPrefix(start, []byte("{{")) && !bytes.HasPrefix(start, []byte("{%")):
		head, body, err = splitJSON(start)
		decode = json.Unmarshal
	default:
		return nil, b, nil
	}
	if err != nil {
		return nil, body, err
	}
	if tooComplex(head) {
		return nil, body, errTooComplex
	}
	raw := make(map[string]any)
	if err := guarded(decode, head, &raw); err != nil {
		return nil, body, err
	}
	meta = make(map[string]any, len(raw))
	for k, v := range raw {
		if lower := strings.ToLower(k); k == lower || raw[lower] == nil {
			meta[lower] = v
		}
	}
	return meta, body, nil
}

// guarded decodes, taking a panic of the decoder for an error.
func guarded(decode func([]byte, any) error, head []byte, into any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("front matter: %v", p)
		}
	}()
	if err := decode(head, into); err != nil {
		return fmt.Errorf("front matter: %w", err)
	}
	return nil
}

func decodeYAML(b []byte, into any) error {
	return yaml.UnmarshalWithOptions(b, into, yaml.AllowDuplicateMapKey())
}

// fenced reports whether the first line of b is the fence.
func fenced(b []byte, fence string) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return string(bytes.TrimRight(line, " \t")) == fence
}

func splitFence(b []byte, fence string) (head, body []byte, err error) {
	_, rest, _ := bytes.Cut(b, []byte("\n"))
	for at := 0; at < len(rest); {
		line, _, more := bytes.Cut(rest[at:], []byte("\n"))
		next := at + len(line)
		if more {
			next++
		}
		if string(bytes.TrimRight(line, " \t")) == fence {
			return rest[:at], rest[next:], nil
		}
		at = next
	}
	return nil, rest, errUnclosed
}

// splitJSON finds the end of the object that b begins with.
func splitJSON(b []byte) (head, body []byte, err error) {
	depth, quoted := 0, false
	for i := 0; i < len(b) && i <= frontMatterMax; i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return b[:i+1], b[i+1:], nil
			}
		}
	}
	return nil, b, errUnclosed
}

var (
	yamlAlias  = regexp.MustCompile(`(?m)(?:^|[\s\[{,:-])\*[\w-]`)
	yamlDashes = regexp.MustCompile(`(?m)^[ \t]*(?:[-?:][ \t]+){10}`)
)

// tooComplex reports whether decoding could cost more than the text is worth:
// aliases that multiply, or nesting that a recursive parser would follow.
func tooComplex(head []byte) bool {
	if len(head) > frontMatterMax || yamlDashes.Match(head) || len(yamlAlias.FindAll(head, aliasesMax+1)) > aliasesMax {
		return true
	}
	depth, lines := 0, 0
	for line := range bytes.Lines(head) {
		indent := len(line) - len(bytes.TrimLeft(line, " \t"))
		if indent > 200 {
			lines++
		}
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > nestingMax {
				return true
			}
		}
	}
	return lines > 200
}

var plainField = regexp.MustCompile(`(?m)^([A-Za-z_]+)[ \t]*[:=][ \t]*(\S.*?)[ \t]*$`)

// salvage reads the simple fields of front matter that cannot be decoded: one
// line each, the quotes taken off.
func salvage(b []byte) map[string]any {
	b = bytes.TrimLeft(b, " \t\n\ufeff-+")
	meta := make(map[string]any)
	head, _, _ := bytes.Cut(b[:min(len(b), frontMatterMax)], []byte("\n---"))
	head, _, _ = bytes.Cut(head, []byte("\n+++"))
	for _, m := range plainField.FindAllSubmatch(head, 100) {
		key, value := strings.ToLower(string(m[1])), string(m[2])
		if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		if _, taken := meta[key]; !taken && !strings.HasPrefix(value, "[") && !strings.HasPrefix(value, "{") {
			meta[key] = value
		}
	}
	return meta
}
