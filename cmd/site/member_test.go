package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Nobody is an administrator on an empty database: serve prints an address
// that makes one, once, and the paper's name; then it closes for good.
func TestFirstStart(t *testing.T) {
	dir := t.TempDir()
	env := []string{"SITE_ADDR=127.0.0.1:0", "SITE_DATABASE=sqlite:" + dir + "/site.db", "SITE_MEDIA=file:" + dir + "/media", "SITE_MAIL=dir:" + dir + "/outbox",
		"SITE_STAFF_SECOND_FACTOR=optional"}
	address, errs, stop := start(t, env, "serve")
	printed := regexp.MustCompile(`set the paper up once, at (http://\S+/setup/[A-Za-z0-9_-]{43})`).FindStringSubmatch(errs.String())
	if printed == nil {
		t.Fatalf("no set-up address:\n%s", errs)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	get := func(url string) (int, string) {
		t.Helper()
		res, err := browser.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	if status, _ := get(address + "/setup/guess"); status != 404 {
		t.Errorf("a guessed set-up address answers %d", status)
	}
	if status, body := get(printed[1]); status != 200 || !strings.Contains(body, "Name of the paper") {
		t.Fatalf("set-up: %d\n%s", status, body)
	}
	form := url.Values{"site": {"The Small Paper"}, "email": {"boss@paper.example"}, "name": {"The Boss"}, "password": {"too short"}}
	res, err := browser.PostForm(printed[1], form)
	if err != nil || res.StatusCode != 422 {
		t.Fatalf("a short password: %v %v", res.Status, err)
	}
	res.Body.Close()
	form.Set("password", "a long first password")
	if res, err = browser.PostForm(printed[1], form); err != nil || res.StatusCode != 200 || res.Request.URL.Path != "/account" {
		t.Fatalf("set-up: %v %v %v", res.Status, res.Request.URL, err)
	}
	res.Body.Close()
	if _, body := get(address + "/"); !strings.Contains(body, "The Small Paper") {
		t.Error("the name is not on the masthead")
	}
	if status, _ := get(address + "/newsroom/members"); status != 200 {
		t.Errorf("the first account is no administrator: %d", status)
	}
	if status, _ := get(printed[1]); status != 404 {
		t.Errorf("the set-up address is still open: %d", status)
	}
	if code := stop(); code != 0 {
		t.Errorf("ended with %d", code)
	}
	_, errs, _ = start(t, env, "serve")
	if strings.Contains(errs.String(), "/setup/") {
		t.Error("a second start offers to set up again")
	}
}

// The command line for the bad day works while the server runs, and acts on
// the very next request.
func TestMemberCommands(t *testing.T) {
	dir := t.TempDir()
	env := []string{"SITE_DATABASE=sqlite:" + dir + "/site.db", "SITE_MEDIA=file:" + dir + "/media", "SITE_MAIL=dir:" + dir + "/outbox", "SITE_STAFF_SECOND_FACTOR=optional"}
	typed := func(password string, args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		code := run(t.Context(), append([]string{"member"}, args...), env, strings.NewReader(password+"\n"), &out, &errs)
		return code, out.String(), errs.String()
	}
	address, _, _ := start(t, append(env, "SITE_ADDR=127.0.0.1:0"), "serve")
	if code, out, errs := typed("a long first password", "add", "boss@paper.example", "The Boss", "--role", "administrator"); code != 0 {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	if code, _, errs := typed("a long first password", "add", "boss@paper.example", "Another", "--role", "member"); code != 1 || !strings.Contains(errs, "taken") {
		t.Errorf("the same address twice: %d %s", code, errs)
	}
	if code, _, errs := typed("short", "add", "x@paper.example", "Short", "--role", "writer"); code != 1 || !strings.Contains(errs, "15 to 256") {
		t.Errorf("a short password: %d %s", code, errs)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	login := func(password string) int {
		t.Helper()
		res, err := browser.PostForm(address+"/login", url.Values{"email": {"boss@paper.example"}, "password": {password}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	account := func() int {
		t.Helper()
		res, err := browser.Get(address + "/account")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	if login("a long first password") != 303 || account() != 200 {
		t.Fatal("cannot log in")
	}
	if code, out, _ := typed("", "end-sessions", "BOSS@paper.example"); code != 0 || !strings.Contains(out, "ended 1") || account() != 303 {
		t.Errorf("end-sessions: %d %s", code, out)
	}
	if code, _, errs := typed("another long password", "password", "boss@paper.example"); code != 0 || login("a long first password") != 422 || login("another long password") != 303 {
		t.Errorf("password: %d %s", code, errs)
	}
	if code, _, errs := typed("", "role", "boss@paper.example", "member"); code != 1 || !strings.Contains(errs, "last administrator") {
		t.Errorf("the last administrator: %d %s", code, errs)
	}
	if code, _, errs := typed("", "suspend", "boss@paper.example"); code != 1 || !strings.Contains(errs, "last administrator") {
		t.Errorf("suspending the last administrator: %d %s", code, errs)
	}
	if code, _, errs := typed("a long first password", "add", "two@paper.example", "Number Two"); code != 0 {
		t.Fatalf("%d %s", code, errs)
	}
	if code, out, errs := typed("", "suspend", "two@paper.example", "--days", "0", "--reason", "bad day"); code != 0 || !strings.Contains(out, "for good") {
		t.Errorf("suspend: %d %s%s", code, out, errs)
	}
	if code, out, _ := typed("", "suspend", "two@paper.example", "--lift"); code != 0 || !strings.Contains(out, "lifted") {
		t.Errorf("lift: %d %s", code, out)
	}
	if code, _, errs := typed("", "role", "nobody@paper.example", "editor"); code != 1 || !strings.Contains(errs, "no account") {
		t.Errorf("nobody: %d %s", code, errs)
	}
	if code, _, _ := typed("", "role", "boss@paper.example", "king"); code != 2 {
		t.Errorf("no such role: %d", code)
	}
}

// inbox is a real mail server on loopback.
type inbox struct{ got chan string }

func (b *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return b, nil }
func (b *inbox) Reset()                                      {}
func (b *inbox) Logout() error                               { return nil }
func (b *inbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (b *inbox) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (b *inbox) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	b.got <- string(raw)
	return err
}

// From the form to the mailbox, over a real SMTP server.
func TestJoinByRealMail(t *testing.T) {
	b := &inbox{got: make(chan string, 10)}
	server := smtp.NewServer(b)
	server.Domain = "localhost"
	l := listen(t)
	go func() { _ = server.Serve(l) }() // ends with Close
	t.Cleanup(func() { server.Close() })
	dir := t.TempDir()
	env := []string{"SITE_ADDR=127.0.0.1:0", "SITE_NAME=Small Paper", "SITE_DATABASE=sqlite:" + dir + "/site.db", "SITE_MEDIA=file:" + dir + "/media", "SITE_MAIL=smtp://" + l.Addr().String()}
	address, _, _ := start(t, env, "serve")
	res, err := http.PostForm(address+"/join", url.Values{"email": {"reader@paper.example"}, "name": {"A Reader"}, "password": {"three wet ducks"}})
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v %v", res, err)
	}
	res.Body.Close()
	select {
	case mail := <-b.got:
		for _, want := range []string{"To: <reader@paper.example>", "Small Paper", "Auto-Submitted: auto-generated", "/join/confirm?token=", "text/html"} {
			if !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(mail, "=\r\n", ""), "=3D", "="), want) {
				t.Errorf("the mail lacks %q:\n%s", want, mail)
			}
		}
		if strings.Contains(mail, "List-Unsubscribe") {
			t.Error("a mail that must arrive offers to be stopped")
		}
	case <-time.After(time.Minute):
		t.Fatal("no mail came")
	}
}

// Demo mail goes to a folder, one file a message.
func TestDemoMail(t *testing.T) {
	dir := t.TempDir()
	address, _, _ := start(t, nil, "demo", "--addr", "127.0.0.1:0", "--data", dir)
	res, err := http.PostForm(address+"/login/forgotten", url.Values{"email": {"member@demo.example"}})
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v %v", res, err)
	}
	res.Body.Close()
	for end := time.Now().Add(time.Minute); ; {
		files, err := filepath.Glob(filepath.Join(dir, "outbox", "*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 1 {
			raw, err := os.ReadFile(files[0])
			if err != nil || !strings.Contains(string(raw), "member@demo.example") {
				t.Errorf("%v\n%s", err, raw)
			}
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d files", len(files))
		}
		<-time.After(20 * time.Millisecond)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}
