package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"broadsheet/internal/news"
)

// The limits are kept by the generic cell rate algorithm: one number for each
// key, the time at which the whole allowance is there again. Each thing that
// happens moves it on by one share of the span, and it may be at most a span
// ahead.

// clockSlack is how far the clocks of nodes may be apart. A time further ahead
// than a span and this was written by a clock that was wrong, and counts as
// none.
const clockSlack = 5 * time.Minute

// A cell is a limit under one key, in microseconds.
type cell struct {
	key         []byte
	share, span int64
}

func cellOf(l news.Limit, key string) cell {
	// The length keeps "a" with key "bc" from being "ab" with key "c".
	sum := sha256.Sum256(append([]byte{byte(len(l.Name))}, l.Name+key...))
	share := max(1, l.Per.Microseconds()/int64(max(1, l.Burst)))
	return cell{key: sum[:], share: share, span: share * int64(max(1, l.Burst))}
}

// wait is how long until one more is allowed, 0 when it is at that time.
func (c cell) wait(tat, at int64) time.Duration {
	if tat > c.latest(at) {
		return 0
	}
	return max(0, time.Duration(tat+c.share-c.span-at)*time.Microsecond)
}

// latest is the latest time that right clocks can have written.
func (c cell) latest(at int64) int64 { return at + c.span + clockSlack.Microseconds() }

// Take counts one thing under a key of a limit if it is allowed, and then
// returns 0; otherwise it counts nothing and returns how long until it is. All
// nodes count together. Only a hash of the key is kept.
func (db *DB) Take(ctx context.Context, l news.Limit, key string, at time.Time) (time.Duration, error) {
	// Most refusals end here, so that a flood of them never waits to write.
	if wait, err := db.Peek(ctx, l, key, at); err != nil || wait > 0 {
		return wait, err
	}
	c, now := cellOf(l, key), at.UnixMicro()
	var wait time.Duration
	err := db.Atomically(ctx, func(tx *DB) error {
		var tat int64
		err := tx.get(ctx, &tat, `INSERT INTO limits (key, tat) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET tat = ? + CASE
				WHEN limits.tat > ? AND limits.tat <= ? THEN limits.tat ELSE ? END
			WHERE limits.tat <= ? OR limits.tat > ?
			RETURNING tat`,
			c.key, now+c.share, c.share, now, c.latest(now), now, now+c.span-c.share, c.latest(now))
		if !errors.Is(err, news.ErrNotFound) {
			return err
		}
		// Others used it up since. The row is locked: it is what refused.
		wait, err = tx.Peek(ctx, l, key, at)
		return err
	})
	return wait, err
}

// Peek returns what Take would, and counts nothing.
func (db *DB) Peek(ctx context.Context, l news.Limit, key string, at time.Time) (time.Duration, error) {
	c := cellOf(l, key)
	var tat int64
	err := db.get(ctx, &tat, `SELECT tat FROM limits WHERE key = ?`, c.key)
	if errors.Is(err, news.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return c.wait(tat, at.UnixMicro()), nil
}

// Forgive forgets what was counted under a key of a limit.
func (db *DB) Forgive(ctx context.Context, l news.Limit, key string) error {
	_, err := db.exec(ctx, `DELETE FROM limits WHERE key = ?`, cellOf(l, key).key)
	return err
}

// SweepLimits removes the keys whose whole allowance is there again, and says
// how many.
func (db *DB) SweepLimits(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM limits WHERE tat <= ?`, at.UnixMicro())
}
