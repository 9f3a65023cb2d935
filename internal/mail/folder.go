package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A folder keeps every message as an .eml file, for trying things out and for
// tests. Names sort by when a message was sent.
type folder struct {
	path string
	from mail.Address

	mu   sync.Mutex
	last time.Time
}

// Send writes m into a file that appears as a whole or not at all.
func (f *folder) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	raw, _, err := m.render(f.from)
	if err != nil {
		return err
	}
	if err := f.write(raw); err != nil {
		return &Error{step: "folder", text: Clean(err.Error(), m.To), cause: err}
	}
	return nil
}

func (f *folder) check(context.Context) error { return writable(f.path) }

func (f *folder) write(raw []byte) error {
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.path, ".mail-*") // for the owner only
	if err != nil {
		return err
	}
	_, err = file.Write(raw)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.path, f.name()))
	}
	if err != nil {
		os.Remove(file.Name())
		return err
	}
	dir, err := os.Open(f.path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// name returns a name after all before it; the end keeps those of several
// nodes apart.
func (f *folder) name() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := time.Now().UTC().Truncate(time.Microsecond)
	if !at.After(f.last) {
		at = f.last.Add(time.Microsecond)
	}
	f.last = at
	return at.Format("20060102T150405.000000Z") + "-" + strings.ToLower(rand.Text()[:8]) + ".eml"
}
