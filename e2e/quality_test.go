package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/e2e/harness"
)

// Finding is what axe-core has against a page.
type Finding struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

// axeRules are the rules to run by color scheme: in dark nothing but the
// colors is another.
var axeRules = map[string][]string{
	"light": {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"},
	"dark":  {"color-contrast", "link-in-text-block"},
}

const runAxe = `axe.run(document, {
  runOnly: %s,
  resultTypes: ['violations'],
  preload: false,
}).then((r) => r.violations.map((v) => ({
  ID: v.id, Impact: v.impact, Help: v.help,
  Nodes: v.nodes.slice(0, 3).map((n) => ({ HTML: n.html.slice(0, 200), FailureSummary: n.failureSummary })),
})))`

// Every page in every state: accessible in light and dark, narrow and wide,
// no wider than the screen, and sound HTML as it was fetched.
func TestPageQuality(t *testing.T) {
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal("the page checkers are not installed: npm ci in e2e/ (make test does it)")
	}
	d, folder := demo(t), t.TempDir()
	t.Run("axe", func(t *testing.T) {
		for _, s := range states {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				site := shared
				if s.status == http.StatusTooManyRequests {
					site = fresh(t, "--limits", "on")
				}
				p := browser.Open(t, site, harness.Desktop)
				s.reach(p, d)
				if p.Status() != s.status {
					t.Errorf("status %d, not %d", p.Status(), s.status)
				}
				if err := os.WriteFile(filepath.Join(folder, s.name+".html"), []byte(p.Source()), 0o600); err != nil {
					t.Fatal(err)
				}
				harness.Eval[any](p, string(axe)+";0")
				where := map[string][]string{} // by what is wrong
				for _, scheme := range []string{"light", "dark"} {
					p.Colors(scheme)
					for _, width := range []int64{320, 390, 1360} {
						p.Resize(width, 900)
						p.Until("the size", `innerWidth === %s && matchMedia('(prefers-color-scheme: '+%s+')').matches`, width, scheme)
						if wide := harness.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(width) {
							what := fmt.Sprintf("%d px wide", wide)
							where[what] = append(where[what], fmt.Sprintf("%s %d px", scheme, width))
						}
						for _, f := range harness.Await[[]Finding](p, runAxe, axeRules[scheme]) {
							for _, n := range f.Nodes {
								what := fmt.Sprintf("%s (%s): %s\n%s\n%s", f.ID, f.Impact, f.Help, n.HTML, n.FailureSummary)
								where[what] = append(where[what], fmt.Sprintf("%s %d px", scheme, width))
							}
						}
					}
				}
				for what, list := range where {
					t.Errorf("%s: %s", strings.Join(list, ", "), strings.ReplaceAll(what, "\n", "\n    "))
				}
			})
		}
	})
	t.Run("html", func(t *testing.T) { validate(t, folder) })
}

// validate runs html-validate over a folder of pages.
func validate(t *testing.T, folder string) {
	pages, err := filepath.Glob(filepath.Join(folder, "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages to validate (%v)", err)
	}
	cmd := exec.Command("node_modules/.bin/html-validate", append([]string{"--config", "htmlvalidate.cjs", "--formatter", "json=" + filepath.Join(folder, "report.json")}, pages...)...)
	said, err := cmd.CombinedOutput()
	out, rerr := os.ReadFile(filepath.Join(folder, "report.json"))
	if rerr != nil {
		t.Fatalf("html-validate: %v, %v: %.300s", err, rerr, said)
	}
	var results []struct {
		FilePath string
		Messages []struct {
			RuleID, Message, Selector string
			Line                      int
		}
	}
	if jerr := json.Unmarshal(out, &results); jerr != nil {
		t.Fatalf("html-validate said no JSON: %v", jerr)
	}
	for _, r := range results {
		for i, m := range r.Messages {
			if i == 10 {
				t.Errorf("%s: and %d more", filepath.Base(r.FilePath), len(r.Messages)-i)
				break
			}
			t.Errorf("%s:%d: %s: %s (%s)", filepath.Base(r.FilePath), m.Line, m.RuleID, m.Message, m.Selector)
		}
	}
	if err != nil && !t.Failed() {
		t.Errorf("html-validate: %v", err)
	}
}
