// Package harness starts the real program and a real browser, and lets tests
// use the site as a person does: by labels, button texts and keys. It knows
// nothing of how the site is built.
package harness

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// DemoPassword opens every account of the demo.
const DemoPassword = "broadsheet-demo"

// Site is a running `site demo` with its own folder.
type Site struct {
	URL string // without a slash at the end

	folder string
	cmd    *exec.Cmd
	mu     sync.Mutex
	log    strings.Builder
	ended  chan error

	letters []letter        // mails not returned yet
	read    map[string]bool // their files
}

// Build returns the program to test: $E2E_BINARY, or one built from the
// repository around this module, in folder.
func Build(folder string) (string, error) {
	if given := os.Getenv("E2E_BINARY"); given != "" {
		return filepath.Abs(given)
	}
	binary := filepath.Join(folder, "site")
	cmd := exec.Command("go", "build", "-o", binary, "./cmd/site")
	cmd.Dir = ".."
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the site: %w\n%s", err, out)
	}
	return binary, nil
}

// StartSite starts a fresh demo on a free port, with further flags.
func StartSite(binary string, flags ...string) (*Site, error) {
	folder, err := os.MkdirTemp("", "e2e-site-*")
	if err != nil {
		return nil, err
	}
	s := &Site{folder: folder, ended: make(chan error, 1), read: map[string]bool{}}
	args := append([]string{"demo", "--data", filepath.Join(folder, "data"), "--fresh", "--addr", "127.0.0.1:0"}, flags...)
	s.cmd = exec.Command(binary, args...)
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "SITE_") {
			s.cmd.Env = append(s.cmd.Env, pair)
		}
	}
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	address := make(chan string, 1)
	go s.listen(stderr, address)
	select {
	case s.URL = <-address:
		return s, nil
	case err := <-s.ended:
		return nil, errors.Join(fmt.Errorf("the site ended at once: %w\n%s", err, s.Log()), os.RemoveAll(folder))
	case <-time.After(time.Minute):
		return nil, errors.Join(errors.New("the site was not ready within a minute"), s.Close())
	}
}

// listen keeps what the site says and finds its address in it.
func (s *Site) listen(stderr io.Reader, address chan<- string) {
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		s.mu.Lock()
		s.log.WriteString(lines.Text() + "\n")
		s.mu.Unlock()
		if _, after, ok := strings.Cut(lines.Text(), "listening on "); ok {
			address <- strings.TrimSuffix(strings.Fields(after)[0], "/")
		}
	}
	err := s.cmd.Wait()
	if err == nil {
		err = errors.New("exit status 0")
	}
	s.ended <- err
}

// Log is what the site wrote to standard error.
func (s *Site) Log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// Close stops the site as an operator would and removes its folder.
func (s *Site) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case ended := <-s.ended:
		if ended.Error() != "exit status 0" {
			err = errors.Join(err, fmt.Errorf("after SIGTERM: %w", ended))
		}
	case <-ctx.Done():
		err = errors.Join(err, errors.New("the site did not end within 10 s of SIGTERM"), s.cmd.Process.Kill())
	}
	return errors.Join(err, os.RemoveAll(s.folder))
}
