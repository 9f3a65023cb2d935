package web

import (
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRevalidation(t *testing.T) {
	s, clock := testServer(t)
	get := func(headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/20260310/market-moves", nil)
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	plain := get()
	tag := plain.Header().Get("ETag")
	if plain.Code != 200 || !strings.HasPrefix(tag, `"`) {
		t.Fatalf("%d, ETag %q", plain.Code, tag)
	}
	for _, header := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		again := get("If-None-Match", header)
		if again.Code != 304 || again.Body.Len() != 0 || again.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d with %d bytes, ETag %s", header, again.Code, again.Body.Len(), again.Header().Get("ETag"))
		}
	}
	zipped := get("Accept-Encoding", "gzip, deflate, br")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("ETag") == tag {
		t.Errorf("encoding %q, ETag %q", zipped.Header().Get("Content-Encoding"), zipped.Header().Get("ETag"))
	}
	z, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil || string(body) != plain.Body.String() {
		t.Errorf("the compressed page is not the page: %v", err)
	}
	clock.advance(2 * 60 * 60 * 1e9)
	if later := get("If-None-Match", tag); later.Code != 200 {
		t.Errorf("a page that changed answers %d", later.Code)
	}
}

// Without its database the site still answers in whole sentences, and asks
// readers to come back.
func TestDatabaseAway(t *testing.T) {
	s, _ := testServer(t)
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/20260310/market-moves", "/login?kept=x", "/nothing/here/at-all"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 503 && w.Code != 500 {
			t.Errorf("%s: %d", path, w.Code)
		}
		if !strings.Contains(w.Body.String(), "The Test Paper") || strings.Contains(w.Body.String(), "sql") {
			t.Errorf("%s: not a page of ours, or one that tells too much:\n%s", path, w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: an error may be kept: %s", path, w.Header().Get("Cache-Control"))
		}
	}
	r := httptest.NewRequest("POST", "/20260310/market-moves/comments", strings.NewReader("body=Typed+with+care"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 503 && w.Code != 500 || !strings.Contains(w.Body.String(), ">Typed with care</textarea>") {
		t.Errorf("%d, and the text is not given back:\n%s", w.Code, w.Body)
	}
	w = httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
	if w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("readyz: %d", w.Code)
	}
	w = httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/healthz", nil))
	if w.Code != 200 {
		t.Errorf("healthz: %d", w.Code)
	}
}
