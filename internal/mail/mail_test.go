package mail

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
)

var site = From{Name: "Der Bote – Zürich", Address: "post@bote.example"}

// parsed is a message as its reader's program sees it.
type parsed struct {
	netmail.Header
	text, html string
}

func parse(t *testing.T, raw []byte) parsed {
	t.Helper()
	for _, line := range bytes.Split(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes, or with a bare line end: %q", len(line), line)
		}
		if i := bytes.IndexFunc(line, func(r rune) bool { return r > 0x7e }); i >= 0 {
			t.Errorf("not ASCII on the wire: %q", line)
		}
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	p := parsed{Header: m.Header}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if kind != "multipart/alternative" {
		p.text = decode(t, m.Body)
		return p
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for n := 0; ; n++ {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"text/plain; charset=UTF-8", "text/html; charset=UTF-8"}[n]
		if got := part.Header.Get("Content-Type"); got != want {
			t.Errorf("part %d is %s", n, got)
		}
		if n == 0 {
			p.text = decode(t, part)
		} else {
			p.html = decode(t, part)
		}
	}
}

func decode(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(quotedprintable.NewReader(r))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

func (p parsed) subject(t *testing.T) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(p.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func render(t *testing.T, m Message) parsed {
	t.Helper()
	from, err := site.check()
	if err != nil {
		t.Fatal(err)
	}
	raw, _, err := m.render(from)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, raw)
}

func TestMessage(t *testing.T) {
	at := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	m := Message{To: "ann@example.org", Subject: "Grüße 📰 an “Ann” – " + strings.Repeat("ein langer Betreff ", 20),
		Text: "Zeile eins ☂\n.\n..\nFrom here\n" + strings.Repeat("x", 2000), HTML: "<p>Zeile ☂ = 1</p>\n.\n",
		Unsubscribe: "https://bote.example/mail/stop?token=" + strings.Repeat("A", 90), ID: "7.abc", Date: at}
	p := render(t, m)
	if got := p.subject(t); got != strings.TrimSpace(m.Subject) {
		t.Errorf("subject %q", got)
	}
	if p.text != m.Text || p.html != m.HTML {
		t.Errorf("text %q, html %q", p.text, p.html)
	}
	from, err := p.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Name != site.Name || from[0].Address != site.Address {
		t.Errorf("from %v, %v", from, err)
	}
	if date, err := p.Date(); err != nil || !date.Equal(at) {
		t.Errorf("date %v, %v", date, err)
	}
	for name, want := range map[string]string{
		"To": "<ann@example.org>", "Message-Id": "<7.abc@bote.example>", "Auto-Submitted": "auto-generated",
		"List-Unsubscribe": "<" + m.Unsubscribe + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Mime-Version": "1.0",
	} {
		if got := p.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}

	plain := render(t, Message{To: "ann@example.org", Subject: "Hi", Text: "Hi"})
	if plain.Get("List-Unsubscribe") != "" || plain.Get("List-Unsubscribe-Post") != "" {
		t.Error("mail that cannot be declined offers it")
	}
	if id := plain.Get("Message-Id"); !strings.HasSuffix(id, "@bote.example>") || len(id) < 30 {
		t.Errorf("id %q", id)
	}
	if plain.text != "Hi" && plain.text != "Hi\n" {
		t.Errorf("text %q", plain.text)
	}
	idn := render(t, Message{To: "ann@bücher.example", Subject: "Hi", Text: "Hi"})
	if got := idn.Get("To"); got != "<ann@xn--bcher-kva.example>" {
		t.Errorf("to %q", got)
	}
}

// breaks are what ends a line, plain and dressed up.
var breaks = []string{"\r\n", "\n", "\r", "\n\n", "\r\n\r\n", "\v", "\f", "\x00", "\u0085", "\u2028", "\u2029",
	"%0d%0a", "%0A", "\\r\\n", "=0D=0A", "=?utf-8?q?x=0D=0A?=", "=?utf-8?b?eA0KQmNjOiB4?=", "\xff\n", "嘊嘍", "\r\n "}

func TestInjection(t *testing.T) {
	want := render(t, Message{To: "ann@example.org", Subject: "Hi", Text: "Hi", Unsubscribe: "https://bote.example/"})
	for _, end := range breaks {
		bad := end + "Bcc: eve@evil.example" + end + end + "Body"
		from, err := From{Name: "Site" + bad, Address: site.Address}.check()
		if err != nil {
			t.Fatal(err)
		}
		raw, to, err := Message{To: "ann@example.org", Subject: "Hi" + bad, Text: "Hi", ID: "x" + bad,
			Unsubscribe: "https://bote.example/"}.render(from)
		if err != nil || to != "ann@example.org" {
			t.Fatalf("%q: %q, %v", end, to, err)
		}
		p := parse(t, raw)
		if len(p.Header) != len(want.Header) || p.Get("Bcc") != "" || strings.TrimSpace(p.text) != "Hi" {
			t.Errorf("%q: headers %v, text %q", end, p.Header, p.text)
		}
		if s := p.subject(t); strings.ContainsAny(s, "\r\n\u2028\u0085\x00") || !strings.HasPrefix(s, "Hi") {
			t.Errorf("%q: the subject reads %q", end, s)
		}
		for _, address := range []string{"ann@example.org" + bad, bad + "ann@example.org", "ann" + end + "@example.org",
			"ann@example.org>" + bad, "ann@exa" + end + "mple.org", `"ann` + end + `"@example.org`} {
			if strings.HasPrefix(end, "嘊") && !strings.ContainsAny(address, " :") || strings.HasPrefix(end, "%") && !strings.ContainsAny(address, " :\"") ||
				strings.HasPrefix(end, "=0D") && !strings.ContainsAny(address, " :\"") {
				continue // odd, but one address
			}
			if _, _, err := (Message{To: address, Subject: "Hi", Text: "Hi"}).render(from); !IsPermanent(err) {
				t.Errorf("to %q: %v", address, err)
			} else if strings.Contains(err.Error(), "@") {
				t.Errorf("an error names an address: %v", err)
			}
			if _, err := Open("dir:x", From{Name: "Site", Address: address}); err == nil {
				t.Errorf("from %q was taken", address)
			}
		}
		if _, _, err := (Message{To: "ann@example.org", Unsubscribe: "https://bote.example/" + "\r\nBcc: x"}).render(from); !IsPermanent(err) {
			t.Errorf("unsubscribe with a line end: %v", err)
		}
	}
	for _, address := range []string{"", "ann", "@", "ann@", "@example.org", "Ann <ann@example.org>", "<ann@example.org>",
		"ann@example.org, eve@example.org", "ann@example.org (Ann)", "a b@example.org", "ann@[127.0.0.1]",
		strings.Repeat("a", 65) + "@example.org", "a@" + strings.Repeat("a.", 130) + "example"} {
		if _, _, err := (Message{To: address}).render(netmail.Address{Address: site.Address}); !IsPermanent(err) {
			t.Errorf("to %q: %v", address, err)
		}
	}
	for _, link := range []string{"javascript:x", "/stop", "mailto:x@y", "https://x/<>", "https://x/a,b", "https://ü/"} {
		if _, _, err := (Message{To: "ann@example.org", Unsubscribe: link}).render(netmail.Address{Address: site.Address}); !IsPermanent(err) {
			t.Errorf("unsubscribe %q: %v", link, err)
		}
	}
}

func TestOpen(t *testing.T) {
	for _, address := range []string{"", "dir:", "smtp://", "smtp:host", "http://host", "smtp://host:x", "smtp://host/path",
		"smtp://host?x=1", "smtp://user@host", "smtp://:secret@host", "smtps://u:sec ret@host", "smtp://u:secret%zz@host", "smtp://u:se/cret@host:25"} {
		if _, err := Open(address, site); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", address, err)
		}
	}
	for address, port := range map[string]string{"smtp://host": "587", "smtps://host": "465", "smtp://u:p%40@host:25": "25", "smtp://[::1]:2525": "2525"} {
		s, err := Open(address, site)
		if err != nil || s.(*server).port != port {
			t.Errorf("%q: %+v, %v", address, s, err)
		}
	}
	if _, err := Open("dir:x", From{Name: "Site", Address: "nobody"}); err == nil {
		t.Error("a sender without an address was taken")
	}
}

func TestFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "outbox")
	s, err := Open("dir:"+path, site)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("opening made the folder")
	}
	if err := Check(t.Context(), s); err != nil {
		t.Error(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := s.Send(t.Context(), Message{To: "ann@example.org", Subject: "Same", Text: "Same"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := s.Send(t.Context(), Message{To: "ann@example.org", Subject: "Last ☂", Text: "Last"}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(path)
	if err != nil || len(entries) != 21 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	var names []string
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 || filepath.Ext(e.Name()) != ".eml" {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
		names = append(names, e.Name())
	}
	sort.Strings(names)
	raw, err := os.ReadFile(filepath.Join(path, names[20]))
	if err != nil || parse(t, raw).subject(t) != "Last ☂" {
		t.Errorf("the last name is not the last message: %v", err)
	}
	if err := s.Send(t.Context(), Message{To: "bad"}); !IsPermanent(err) {
		t.Error(err)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ = Open("dir:"+file, site)
	if err := s.Send(t.Context(), Message{To: "ann@example.org"}); err == nil || IsPermanent(err) || Check(t.Context(), s) == nil {
		t.Errorf("into a file: %v", err)
	}
}

func TestClean(t *testing.T) {
	for words, want := range map[string]string{
		"550 5.1.1 <ann.lee@example.org>: no such user Ann.Lee": "550 5.1.1 <(address)>: no such user (address)",
		"see https://x.example/?id=ann\r\nQUIT":                 "see (link) QUIT",
		"\x1b[31mred":                                           "[31mred",
		strings.Repeat("é", 300):                                strings.Repeat("é", 199) + "…",
	} {
		if got := Clean(words, "ann.lee@example.org"); got != want {
			t.Errorf("%q becomes %q", words, got)
		}
	}
	if IsPermanent(nil) || IsPermanent(errors.New("550")) {
		t.Error("permanent by its words")
	}
}
