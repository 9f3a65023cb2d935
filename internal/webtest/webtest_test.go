package webtest

import "testing"

func TestText(t *testing.T) {
	page := `<html><head><title>x</title></head><body><h1>Caf&eacute;  &amp;<b>Co</b></h1><script>var a = "<p>";</script></body></html>`
	if got := Text(page); got != "Café & Co" {
		t.Errorf("got %q", got)
	}
}
