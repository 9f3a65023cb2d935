// Package e2e tests the site from outside, in a browser: the journeys of
// readers and members with scripts on and off, narrow and wide, and what must
// hold on every page.
package e2e

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"broadsheet/e2e/harness"
)

var (
	binary  string           // the program under test
	browser *harness.Browser // one for all tests
	shared  *harness.Site    // for tests that leave it as it was, or add to it
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	folder, err := os.MkdirTemp("", "e2e-*")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder)
	if binary, err = harness.Build(folder); err != nil {
		return 1, err
	}
	if browser, err = harness.StartBrowser(); err != nil {
		return 1, err
	}
	defer browser.Close()
	if shared, err = harness.StartSite(binary, "--limits", "off"); err != nil {
		return 1, err
	}
	code = m.Run()
	log := shared.Log()
	if err := shared.Close(); err != nil {
		return 1, err
	}
	if code != 0 {
		fmt.Fprintf(os.Stderr, "the site said:\n%s", log)
	}
	return code, nil
}

// fresh is a site of a test's own, with further flags.
func fresh(t *testing.T, flags ...string) *harness.Site {
	t.Helper()
	site, err := harness.StartSite(binary, flags...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site
}

// stories is the shared site's survey, made once.
var stories = sync.OnceValues(func() (*survey, error) { return surveyOf(shared) })

func demo(t *testing.T) *survey {
	t.Helper()
	s, err := stories()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A way is how a journey is gone.
type way struct {
	scripts bool
	size    harness.Options
}

// journey runs a test four times: scripts on and off, phone and desktop.
func journey(t *testing.T, walk func(t *testing.T, p *harness.Page, scripts bool)) {
	walkAll(t, walk, []way{{true, harness.Phone}, {true, harness.Desktop}, {false, harness.Phone}, {false, harness.Desktop}})
}

// errand runs a test of forms twice: scripts on at a desk, off on a phone. How
// its pages look at all widths is TestPageQuality's.
func errand(t *testing.T, walk func(t *testing.T, p *harness.Page, scripts bool)) {
	walkAll(t, walk, []way{{true, harness.Desktop}, {false, harness.Phone}})
}

func walkAll(t *testing.T, walk func(t *testing.T, p *harness.Page, scripts bool), ways []way) {
	for _, w := range ways {
		t.Run(fmt.Sprintf("scripts=%t/width=%d", w.scripts, w.size.Width), func(t *testing.T) {
			t.Parallel()
			w.size.ScriptsOff = !w.scripts
			walk(t, browser.Open(t, shared, w.size), w.scripts)
		})
	}
}
