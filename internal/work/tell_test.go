package work

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Telling goes on after a failure and after a panic, is quick when woken, ends
// with its context, and logs nothing of what a notice says.
func TestTell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var log strings.Builder
		calls := 0
		tell := func(context.Context) error {
			mu.Lock()
			defer mu.Unlock()
			switch calls++; calls {
			case 1:
				return errors.New("the store is away")
			case 2:
				panic("what the notice says")
			}
			return nil
		}
		ctx, cancel := context.WithCancel(t.Context())
		wake, ended := make(chan struct{}), make(chan error)
		go func() { ended <- Tell(ctx, tell, slog.New(slog.NewTextHandler(&log, nil)), wake) }()
		synctest.Wait()
		told := func(want int) {
			t.Helper()
			mu.Lock()
			defer mu.Unlock()
			if calls != want {
				t.Errorf("told %d times, want %d", calls, want)
			}
		}
		told(1)
		wake <- struct{}{}
		synctest.Wait()
		told(2)
		time.Sleep(tellEvery)
		synctest.Wait()
		told(3)
		close(wake) // from now on the clock is enough
		synctest.Wait()
		told(4)
		time.Sleep(tellEvery)
		synctest.Wait()
		told(5)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if !strings.Contains(log.String(), "the store is away") || !strings.Contains(log.String(), "panic") || strings.Contains(log.String(), "what the notice says") {
			t.Errorf("the log: %s", log.String())
		}
	})
}
