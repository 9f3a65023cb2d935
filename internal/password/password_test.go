package password

import (
	"errors"
	"strings"
	"sync"
	"testing"
)

func TestHashAndCheck(t *testing.T) {
	h := NewHasher()
	ctx := t.Context()
	long := strings.Repeat("x", 99)
	cases := []struct{ set, tried string }{
		{"correct horse battery", "correct horse battery"},
		{"  spaces kept  ", "  spaces kept  "},
		{"пароль-довольно-длинный", "пароль-довольно-длинный"},
		{long + "a", long + "a"},
	}
	for _, c := range cases {
		phc, err := h.Hash(ctx, c.set)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("parameters are not stored with the hash: %s", phc)
		}
		if ok, err := h.Check(ctx, c.tried, phc); err != nil || !ok {
			t.Errorf("%q does not open its own hash: %v %v", c.tried, ok, err)
		}
		for _, wrong := range []string{"", c.set + " ", strings.TrimSpace(c.set[1:]), long + "b"} {
			if ok, err := h.Check(ctx, wrong, phc); err != nil || ok {
				t.Errorf("%q opens the hash of %q: %v %v", wrong, c.set, ok, err)
			}
		}
	}
	if ok, err := h.Check(ctx, "anything", ""); err != nil || ok {
		t.Errorf("a member without a password was let in: %v %v", ok, err)
	}
}

func TestCheckRefusesStrangeHashes(t *testing.T) {
	h := NewHasher()
	for _, phc := range []string{"x", "$argon2i$v=19$m=1,t=1,p=1$AA$AA", "$argon2id$v=19$m=8,t=0,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1$AAAA$", "$argon2id$v=19$$$"} {
		if _, err := h.Check(t.Context(), "x", phc); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v", phc, err)
		}
	}
}

// A flood gets ErrBusy instead of unbounded memory, and nobody hangs.
func TestFloodIsBounded(t *testing.T) {
	h := NewHasher()
	phc, err := h.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	var in, busy int
	for range 200 {
		wg.Go(func() {
			ok, err := h.Check(t.Context(), "correct horse battery", phc)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.Is(err, ErrBusy):
				busy++
			case err == nil && ok:
				in++
			default:
				t.Errorf("neither in nor busy: %v %v", ok, err)
			}
		})
	}
	wg.Wait()
	if in == 0 || in+busy != 200 {
		t.Errorf("%d let in, %d told to wait", in, busy)
	}
}
