// Package password turns passwords into hashes and checks them, a bounded
// number at a time, because each costs memory on purpose. It knows no member
// and no request.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"
)

// What a new hash costs: argon2id as OWASP's password storage cheat sheet
// gives it for 19 MiB. The parameters stand in each hash, so that they can
// rise without locking anybody out.
const (
	memory  = 19 * 1024 // KiB
	passes  = 2         // passes
	threads = 1
	saltLen = 16 // bytes
	keyLen  = 32 // bytes
)

// Bounds on waiting: beyond them a log-in is refused rather than queued for
// ever, so that a flood cannot eat the memory that reading needs.
const (
	queueMax = 32
	waitMax  = 2 * time.Second
)

// ErrBusy says that too many passwords are being checked already.
var ErrBusy = errors.New("password: too many at once")

// ErrMalformed says that a stored hash is not one of ours.
var ErrMalformed = errors.New("password: malformed hash")

// A Hasher bounds how many passwords are worked on at once. The zero Hasher
// is not ready; use NewHasher.
type Hasher struct {
	slots chan struct{}
	queue chan struct{}
	decoy func() string
}

// NewHasher returns a Hasher that works on one password per core.
func NewHasher() *Hasher {
	return &Hasher{
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
		queue: make(chan struct{}, queueMax),
		decoy: sync.OnceValue(func() string { return hash(rand.Text()) }),
	}
}

// enter waits for a turn; leave gives it back. It returns ErrBusy when the
// queue is full or the turn does not come in time.
func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.queue <- struct{}{}:
	default:
		return ErrBusy
	}
	defer func() { <-h.queue }()
	wait := time.NewTimer(waitMax)
	defer wait.Stop()
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-wait.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Hasher) leave() { <-h.slots }

// Hash returns the PHC string of a password. It returns ErrBusy, or the
// context's error.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return hash(password), nil
}

// Check reports whether the password has that PHC string. With an empty
// string, as for an address nobody has joined with, it does the same work and
// reports false, so that the time does not tell the two apart. It returns
// ErrBusy, ErrMalformed, or the context's error.
func (h *Hasher) Check(ctx context.Context, password, phc string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	known := phc != ""
	if !known {
		phc = h.decoy()
	}
	p, err := parse(phc)
	if err != nil {
		return false, err
	}
	got := argon2.IDKey([]byte(password), p.salt, p.time, p.memory, p.threads, uint32(len(p.key)))
	return subtle.ConstantTimeCompare(got, p.key) == 1 && known, nil
}

// Outdated reports whether a PHC string costs less to try than a new one
// would, and should be made anew when the password is next known.
func (h *Hasher) Outdated(phc string) bool {
	p, err := parse(phc)
	return err == nil && (p.memory < memory || p.time < passes || len(p.salt) < saltLen || len(p.key) < keyLen)
}

func hash(password string) string {
	salt := make([]byte, saltLen)
	rand.Read(salt) // never fails: crypto/rand ends the program rather than return weak bytes
	key := argon2.IDKey([]byte(password), salt, passes, memory, threads, keyLen)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

type params struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

func parse(phc string) (params, error) {
	var p params
	var version int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, ErrMalformed
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return p, ErrMalformed
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.threads); err != nil || p.time < 1 || p.threads < 1 {
		return p, ErrMalformed
	}
	var err error
	if p.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, ErrMalformed
	}
	if p.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(p.key) == 0 {
		return p, ErrMalformed
	}
	return p, nil
}
