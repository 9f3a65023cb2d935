// Package arch tests that the code keeps to docs/architecture.md: who may
// import whom, where SQL and raw HTML may stand, how files are named. It has
// no code of its own.
package arch

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the repository as seen from this folder.
const root = "../.."

// mayImport says which of our packages each of our packages may import, tests
// left out. A package that is not named here fails the test: give it a line
// and docs/architecture.md a row.
var mayImport = map[string][]string{
	"static":             {},
	"views":              {"static"},
	"internal/news":      {},
	"internal/text":      {},
	"internal/password":  {},
	"internal/markup":    {"internal/news", "internal/text"},
	"internal/rule":      {"internal/news", "internal/text", "internal/markup"},
	"internal/factor":    {"internal/news"},
	"internal/session":   {"internal/news"},
	"internal/intake":    {"internal/news", "internal/text", "internal/markup"},
	"internal/demo":      {"internal/news", "internal/text", "internal/markup"},
	"internal/demo/draw": {},
	"internal/webtest":   {},
	"internal/arch":      {},
	"store":              {"internal/news"},
	"store/storetest":    {"store", "internal/news"},
	"internal/mail":      {},
	"internal/work":      {"internal/news", "internal/mail", "store"},
	"web": {"internal/news", "internal/text", "internal/markup", "internal/session", "internal/password", "internal/factor", "internal/rule",
		"store", "views", "static"},
	"cmd/site": {"internal/news", "internal/text", "internal/markup", "internal/session", "internal/password",
		"internal/intake", "internal/demo", "internal/work", "internal/mail", "store", "views", "static", "web"},
}

// onlyIn says where an import of others' packages may stand.
var onlyIn = map[string][]string{
	"database/sql":                       {"store", "store/storetest"},
	"github.com/jmoiron/sqlx":            {"store", "store/storetest"},
	"github.com/gorilla/sessions":        {"internal/session"},
	"golang.org/x/crypto/argon2":         {"internal/password"},
	"github.com/yuin/goldmark":           {"internal/markup"},
	"github.com/microcosm-cc/bluemonday": {"internal/markup"},
	"github.com/a-h/templ":               {"views", "web"},
	"github.com/alecthomas/kong":         {"cmd/site"},
	"github.com/wneessen/go-mail":        {"internal/mail"},
	"github.com/go-webauthn/webauthn":    {"internal/factor"},
	"github.com/pquerna/otp":             {"internal/factor"},
	"github.com/trustelem/zxcvbn":        {"internal/password"},
}

// never says what a package must not import at all.
var never = map[string][]string{
	"internal/news": {"net/http", "database/sql"},
	"store":         {"net/http"},
	"views":         {"net/http", "database/sql"},
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Standard", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p goPackage
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func TestImports(t *testing.T) {
	all := packages(t)
	if len(all) < len(mayImport)-1 {
		t.Errorf("only %d packages found", len(all))
	}
	std := regexp.MustCompile(`^[a-z0-9]+(/|$)`)
	for _, p := range all {
		name := strings.TrimPrefix(p.ImportPath, "broadsheet/")
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s has no import rule", name)
			continue
		}
		for _, imported := range p.Imports {
			if ours, ok := strings.CutPrefix(imported, "broadsheet/"); ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s", name, ours)
			}
			for prefix, where := range onlyIn {
				if (imported == prefix || strings.HasPrefix(imported, prefix+"/")) && !slices.Contains(where, name) {
					t.Errorf("%s imports %s", name, imported)
				}
			}
			if slices.Contains(never[name], imported) {
				t.Errorf("%s imports %s", name, imported)
			}
			if name == "internal/news" && (strings.Contains(imported, ".") || !std.MatchString(imported)) {
				t.Errorf("internal/news imports %s: it knows the standard library only", imported)
			}
		}
	}
}

// sources hands every file of ours with one of the endings to look.
func sources(t *testing.T, look func(path, text string), endings ...string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, root+"/"))
		if d.IsDir() {
			if d.Name() == "node_modules" || d.Name() == ".git" || name == "demo" || name == "data" || name == "e2e" {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.Contains(endings, filepath.Ext(path)) || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		look(name, string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// frozen are the places where text could become markup or a link without
// being checked. A new one must be argued for here.
var frozen = map[*regexp.Regexp][]string{
	regexp.MustCompile(`templ\.Raw\(`): {"views/raw.templ"},
	// The set-up page of codes links to otpauth://, which templ would refuse; the
	// address is put together in internal/factor.
	regexp.MustCompile(`templ\.(SafeURL|SafeCSS|JSUnsafeFuncCall)`):         {"views/factor.templ"},
	regexp.MustCompile(`template\.(HTML|JS|URL)\(`):                         {},
	regexp.MustCompile(`WithUnsafe\(`):                                      {},
	regexp.MustCompile(`InsecureSkipVerify|CurrentTimestamp|\bunsafe\.Poi`): {},
}

func TestSinksAreFrozen(t *testing.T) {
	sources(t, func(path, text string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		for sink, allowed := range frozen {
			if sink.MatchString(text) && !slices.Contains(allowed, path) {
				t.Errorf("%s uses %s", path, sink)
			}
		}
	}, ".go", ".templ")
}

// dialect are words that only one of the two databases understands, or that
// ask the database for the time.
var dialect = regexp.MustCompile(`(?i)\b(PRAGMA|RETURNING\s+\*|ILIKE|CURRENT_TIMESTAMP|now\(\)|datetime\('|strftime|FOR UPDATE|SKIP LOCKED|AUTOINCREMENT|SERIAL|IFNULL|::text|::int|json_extract|to_tsvector|MATCH \?)`)

func TestDialectWords(t *testing.T) {
	sources(t, func(path, text string) {
		if !strings.HasPrefix(path, "store/") || strings.HasPrefix(path, "store/storetest/") || strings.HasSuffix(path, "_test.go") ||
			path == "store/dialect.go" || path == "store/search.go" || path == "store/migrate.go" {
			return
		}
		for n, line := range strings.Split(text, "\n") {
			if !strings.Contains(line, "`") && !strings.HasPrefix(strings.TrimSpace(line), `"`) && !sqlLine.MatchString(line) {
				continue
			}
			if word := dialect.FindString(line); word != "" && !strings.HasPrefix(strings.TrimSpace(line), "//") {
				t.Errorf("%s:%d: %q stands outside dialect.go", path, n+1, word)
			}
		}
	}, ".go")
}

var sqlLine = regexp.MustCompile(`(?i)\b(SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES|ORDER BY)\b`)

// Colours, fonts and pixel sizes of type stand in token.css alone.
func TestTokens(t *testing.T) {
	outside := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|font-size:\s*[0-9.]+px|font-family:\s*[^\sv]`)
	sources(t, func(path, text string) {
		if path == "static/css/token.css" {
			return
		}
		for n, line := range strings.Split(text, "\n") {
			if word := outside.FindString(line); word != "" {
				t.Errorf("%s:%d: %q belongs in token.css", path, n+1, word)
			}
		}
	}, ".css")
}

// Names that say nothing are not taken.
func TestNames(t *testing.T) {
	empty := regexp.MustCompile(`(^|/)(util|utils|common|helper|helpers|manager|base|misc|service)(\.go|/)`)
	sources(t, func(path, text string) {
		if empty.MatchString(path) {
			t.Errorf("%s: the name says nothing", path)
		}
		if lines := strings.Count(text, "\n"); lines > 400 {
			t.Errorf("%s has %d lines: split it by noun", path, lines)
		}
	}, ".go", ".templ", ".css", ".js")
}
