package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// site runs the command line as an operator does.
func site(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, env, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"help"}, {}, {"--help"}} {
		code, out, errs := site(t, nil, args...)
		if code != 0 || errs != "" {
			t.Errorf("%q: code %d, %s", args, code, errs)
		}
		for _, command := range []string{"demo", "serve", "check", "migrate", "import", "routes", "version"} {
			if !strings.Contains(out, "\n  "+command+" ") {
				t.Errorf("%q does not explain %s:\n%s", args, command, out)
			}
		}
	}
	code, out, _ := site(t, nil, "help", "import")
	if code != 0 || !strings.Contains(out, "--dry-run") || !strings.Contains(out, "--origin") {
		t.Errorf("help import: code %d\n%s", code, out)
	}
}

func TestWrongCommandLine(t *testing.T) {
	for _, args := range [][]string{{"nonsense"}, {"serve", "--nonsense"}, {"import"}, {"import", "word", "x"}, {"help", "nonsense"}} {
		code, _, errs := site(t, nil, args...)
		if code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: code %d, want 2 and one line, got %q", args, code, errs)
		}
	}
	code, _, errs := site(t, []string{"SITE_ADRR=x"}, "routes")
	if code != 2 || !strings.Contains(errs, "SITE_ADRR") {
		t.Errorf("a slip in a setting's name passes: %d %q", code, errs)
	}
}

func TestCheckListsAllFaults(t *testing.T) {
	code, _, errs := site(t, []string{
		"SITE_ADDR=nowhere", "SITE_URL=ftp://x", "SITE_NAME= ", "SITE_LANGUAGE=no such", "SITE_TIMEZONE=Mars/North",
		"SITE_DATABASE=mysql://x", "SITE_MEDIA=ftp:x", "SITE_MAIL=pigeon", "SITE_TRUSTED_PROXIES=10.0.0.0/8,x",
		"SITE_ADMIN_ADDR=y", "SITE_STAFF_SECOND_FACTOR=maybe", "SITE_LIMITS=some",
	}, "check")
	if code != 1 {
		t.Errorf("code %d", code)
	}
	for _, name := range []string{"ADDR", "URL", "NAME", "LANGUAGE", "TIMEZONE", "DATABASE", "MEDIA", "MAIL", "TRUSTED_PROXIES", "ADMIN_ADDR", "STAFF_SECOND_FACTOR", "LIMITS"} {
		if !strings.Contains(errs, "SITE_"+name+": ") {
			t.Errorf("no fault named for SITE_%s:\n%s", name, errs)
		}
	}
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret")
	if err := os.WriteFile(secret, []byte("sqlite:"+dir+"/x/site.db\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := site(t, []string{"SITE_DATABASE_FILE=" + secret, "SITE_MEDIA=file:" + dir + "/media", "SITE_MAIL=dir:" + dir + "/mail"}, "check")
	if code != 0 || !strings.Contains(out, "sound") {
		t.Errorf("code %d: %s%s", code, out, errs)
	}
	code, _, errs = site(t, []string{"SITE_MEDIA=file:" + secret + "/media", "SITE_DATABASE=sqlite:" + dir + "/site.db", "SITE_MAIL=dir:" + dir}, "check")
	if code != 1 || !strings.Contains(errs, "SITE_MEDIA") {
		t.Errorf("a media folder below a file passes: %d %s", code, errs)
	}
	for _, unsafe := range [][]string{
		{"SITE_ADDR=0.0.0.0:80"}, {"SITE_URL=http://paper.example"}, {"SITE_ADDR=0.0.0.0:80", "SITE_URL=https://paper.example", "SITE_LIMITS=off"},
		{"SITE_URL=https://paper.example/news"},
	} {
		if code, _, _ := site(t, append(unsafe, "SITE_MAIL=dir:"+dir, "SITE_DATABASE=sqlite:"+dir+"/site.db", "SITE_MEDIA=file:"+dir), "check"); code != 1 {
			t.Errorf("%q passes", unsafe)
		}
	}
}

func TestRoutesAndVersion(t *testing.T) {
	code, out, _ := site(t, nil, "routes")
	if code != 0 || !regexp.MustCompile(`(?m)^POST +/\{day\}/\{slug\}/comments +member +private +65536 +comment$`).MatchString(out) {
		t.Errorf("code %d:\n%s", code, out)
	}
	code, out, _ = site(t, nil, "version")
	if code != 0 || !strings.HasPrefix(out, "site ") || !strings.Contains(out, "go1.") {
		t.Errorf("code %d: %s", code, out)
	}
}

// lines is a stderr that can be waited for.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
	seen chan string
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

var listening = regexp.MustCompile(`listening on (http://\S+)`)

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(b)
	if m := listening.FindSubmatch(b); m != nil {
		l.seen <- string(m[1])
	}
	return len(b), nil
}

// start runs a command that serves, waits until it listens, and returns its
// address and what stops it.
func start(t *testing.T, env []string, args ...string) (address string, errs *lines, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	errs = &lines{seen: make(chan string, 1)}
	done := make(chan int, 1)
	go func() { done <- run(ctx, args, env, strings.NewReader(""), io.Discard, errs) }()
	stop = sync.OnceValue(func() int { cancel(); return <-done })
	t.Cleanup(func() { stop() })
	select {
	case address = <-errs.seen:
	case code := <-done:
		done <- code
		t.Fatalf("ended with %d: %s", code, errs)
	case <-time.After(time.Minute):
		t.Fatal("does not listen")
	}
	return address, errs, stop
}

func TestServeFromNothing(t *testing.T) {
	dir := t.TempDir()
	env := []string{"SITE_ADDR=127.0.0.1:0", "SITE_NAME=Small Paper", "SITE_DATABASE=sqlite:" + dir + "/data/site.db", "SITE_MEDIA=file:" + dir + "/data/media", "SITE_ADMIN_ADDR="}
	address, _, stop := start(t, env, "serve")
	for path, want := range map[string]string{"/": "Small Paper", "/healthz": "ok", "/readyz": "ok"} {
		res, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != 200 || !strings.Contains(string(body), want) {
			t.Errorf("%s: %s %v\n%.300s", path, res.Status, err, body)
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if code, out, errs := site(t, []string{"SITE_ADDR=" + u.Host}, "health"); code != 0 || !strings.Contains(out, "ok") {
		t.Errorf("health: %d %s%s", code, out, errs)
	}
	if code := stop(); code != 0 {
		t.Errorf("told to stop, it ended with %d", code)
	}
	if code, _, errs := site(t, []string{"SITE_ADDR=" + u.Host}, "health"); code != 1 || errs == "" {
		t.Errorf("health of a stopped site: %d %s", code, errs)
	}
}

func TestDemoKeepsToItself(t *testing.T) {
	if code, _, errs := site(t, nil, "demo", "--addr", "0.0.0.0:8080", "--data", t.TempDir()); code != 1 || !strings.Contains(errs, "loopback") {
		t.Errorf("code %d: %s", code, errs)
	}
}
