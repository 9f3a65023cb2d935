package work

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// tellEvery is how often it is looked what members are to be told.
const tellEvery = 3 * time.Second

// Tell runs tell until the context ends: whenever wake yields something, and
// every few seconds. tell queues the mail about what members are to be told; a
// failure is logged, and what is due then is due the next time.
func Tell(ctx context.Context, tell func(context.Context) error, log *slog.Logger, wake <-chan struct{}) error {
	return teller{tell: tell, log: log, every: tellEvery}.run(ctx, wake)
}

// digestEvery is how often it is looked whether moderators are to be mailed.
const digestEvery = time.Minute

// Digest is Tell for what is less urgent: it looks once a minute, and nothing
// wakes it.
func Digest(ctx context.Context, tell func(context.Context) error, log *slog.Logger) error {
	return teller{tell: tell, log: log, every: digestEvery}.run(ctx, nil)
}

type teller struct {
	tell  func(context.Context) error
	log   *slog.Logger
	every time.Duration
}

func (t teller) run(ctx context.Context, wake <-chan struct{}) error {
	tick := time.NewTicker(t.every)
	defer tick.Stop()
	for {
		if err := t.once(ctx); err != nil && ctx.Err() == nil {
			t.log.Error("notices: cannot queue mail", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-wake:
			if !open {
				wake = nil // the tick is enough
			}
		case <-tick.C:
		}
	}
}

// once tells, and takes a panic for a failure like any other.
func (t teller) once(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			// What was thrown may hold what a notice says: only its type.
			t.log.Error("notices: panic", "type", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic of type %T", r)
		}
	}()
	return t.tell(ctx)
}
