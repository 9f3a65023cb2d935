package static

import (
	"slices"
	"testing"
)

// scriptMax is how much script a page of the public site loads at most, as it
// is sent, in bytes (PRODUCT R13).
const scriptMax = 10_000

// All behaviours of the public site together stay small.
func TestScriptWeight(t *testing.T) {
	a := table()["site.js"]
	t.Logf("%d bytes, %d with gzip, %d with brotli", len(a.body), len(a.gzip), len(a.brotli))
	if len(a.brotli) > scriptMax || len(a.gzip) > scriptMax {
		t.Errorf("site.js takes %d bytes with brotli and %d with gzip: more than %d", len(a.brotli), len(a.gzip), scriptMax)
	}
}

// deskMax is how much script the newsroom's pages load beside that, in bytes.
const deskMax = 150_000

// What moderators use never reaches readers, and stays small too.
func TestDeskStaysApart(t *testing.T) {
	if a := table()["desk.js"]; len(a.body) > deskMax {
		t.Errorf("desk.js has %d bytes: more than %d", len(a.body), deskMax)
	}
	for _, name := range deskScripts {
		if slices.Contains(scriptOrder, name) {
			t.Errorf("readers load %s.js", name)
		}
	}
	for _, name := range deskStyles {
		if slices.Contains(styleOrder, name) {
			t.Errorf("readers load %s.css", name)
		}
	}
}
