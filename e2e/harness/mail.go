package harness

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A letter is one mail that the site has sent.
type letter struct{ file, to, subject, text string }

// Mail waits for a mail to an address whose subject has some words in it, and
// returns its text part. Of several it is the newest; none is returned twice.
func (s *Site) Mail(t Reporter, address, about string) string {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		text, err := s.mail(address, about)
		switch {
		case err == nil:
			return text
		case !errors.Is(err, fs.ErrNotExist):
			t.Fatalf("%v", err)
		}
		select {
		case <-tick.C:
		case <-late.C:
			t.Fatalf("waited in vain for a mail to %s about %q", address, about)
		}
	}
}

// Mailed reports whether there is such a mail now that was not returned yet.
func (s *Site) Mailed(t Reporter, address, about string) bool {
	t.Helper()
	_, err := s.mail(address, about)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%v", err)
	}
	return err == nil
}

func (s *Site) mail(address, about string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.collect(); err != nil {
		return "", err
	}
	for i := len(s.letters) - 1; i >= 0; i-- {
		l := s.letters[i]
		if l.to == address && strings.Contains(l.subject, about) {
			s.letters = append(s.letters[:i], s.letters[i+1:]...)
			return l.text, nil
		}
	}
	return "", fs.ErrNotExist
}

// collect reads the mails that came since the last time; the names of their
// files sort by time, and each file is there as a whole.
func (s *Site) collect() error {
	files, err := filepath.Glob(filepath.Join(s.folder, "data", "outbox", "*.eml"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if s.read[file] {
			continue
		}
		l, err := readLetter(file)
		if err != nil {
			return fmt.Errorf("%s is no mail: %w", file, err)
		}
		s.read[file] = true
		s.letters = append(s.letters, l)
	}
	return nil
}

func readLetter(file string) (letter, error) {
	raw, err := os.Open(file)
	if err != nil {
		return letter{}, err
	}
	defer raw.Close()
	m, err := mail.ReadMessage(raw)
	if err != nil {
		return letter{}, err
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 {
		return letter{}, fmt.Errorf("it is to %d addresses: %w", len(to), err)
	}
	l := letter{file: file, to: to[0].Address}
	if l.subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return letter{}, err
	}
	l.text, err = textPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	return l, err
}

// textPart is the first part to read of a body, decoded.
func textPart(kind, encoding string, body io.Reader) (string, error) {
	kind, params, err := mime.ParseMediaType(kind)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(kind, "multipart/") {
		// NextRawPart leaves the encoding to us, as with a body in one part.
		part, err := multipart.NewReader(body, params["boundary"]).NextRawPart()
		if err != nil {
			return "", err
		}
		return textPart(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
	}
	if kind != "text/plain" {
		return "", fmt.Errorf("its first part is %s", kind)
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	return string(text), err
}

var mailedLink = regexp.MustCompile(`https?://\S+`)

// MailedLink waits for a mail and returns the first address in it, a path of
// the site.
func (p *Page) MailedLink(address, about string) string {
	p.t.Helper()
	text := p.Site.Mail(p.t, address, about)
	link := mailedLink.FindString(text)
	path, ours := strings.CutPrefix(link, p.Site.URL)
	if !ours {
		p.t.Fatalf("the mail about %q leads to %q: %s", about, link, text)
	}
	return path
}

// OpenMail waits for a mail and opens the address in it.
func (p *Page) OpenMail(address, about string) {
	p.t.Helper()
	p.Go(p.MailedLink(address, about))
}
