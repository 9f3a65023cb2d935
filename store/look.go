package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"broadsheet/internal/news"
)

// Look notes that a moderator has opened a comment, and returns the name of
// another who did less than news.LookFor ago and is noted still, or "". For a
// comment that there is not it does nothing.
func (db *DB) Look(ctx context.Context, commentID, memberID int64, at time.Time) (string, error) {
	_, err := db.exec(ctx, `INSERT INTO looks (comment_id, member_id, until)
			SELECT c.id, m.id, ? FROM comments c, members m WHERE c.id = ? AND m.id = ?
		ON CONFLICT (comment_id) DO UPDATE SET member_id = excluded.member_id, until = excluded.until
			WHERE looks.until <= ? OR looks.until > ? OR looks.member_id = excluded.member_id`,
		at.Add(news.LookFor), commentID, memberID, at, at.Add(news.LookFor))
	if err != nil {
		return "", err
	}
	var name string
	err = db.get(ctx, &name, `SELECT m.name FROM looks l JOIN members m ON m.id = l.member_id
		WHERE l.comment_id = ? AND l.member_id <> ? AND l.until > ?`, commentID, memberID, at)
	if errors.Is(err, news.ErrNotFound) {
		return "", nil
	}
	return name, err
}

// What UsualWait looks at.
const (
	waitSpan  = 30 * 24 * time.Hour
	waitMost  = 50
	waitLeast = 3
)

// UsualWait returns the median time between holding and deciding of the last
// 50 comments that were held and decided in the last 30 days; ok is false
// below 3.
func (db *DB) UsualWait(ctx context.Context, at time.Time) (wait time.Duration, ok bool, err error) {
	var rows []struct{ HeldAt, At time.Time }
	err = db.list(ctx, &rows, `SELECT c.held_at, a.at FROM acts a JOIN comments c ON c.id = a.comment_id
		WHERE a.before = 'held' AND a.kind IN ('approve', 'remove', 'restore') AND a.at > ? AND a.at <= ? AND c.held_at <= a.at
			AND NOT EXISTS (SELECT 1 FROM acts u WHERE u.kind = 'undo' AND u.before = CAST(a.id AS TEXT))
		ORDER BY a.at DESC, a.id DESC LIMIT ?`, at.Add(-waitSpan), at, waitMost)
	if err != nil || len(rows) < waitLeast {
		return 0, false, err
	}
	waits := make([]time.Duration, len(rows))
	for i, row := range rows {
		waits[i] = row.At.Sub(row.HeldAt)
	}
	slices.Sort(waits)
	n := len(waits)
	return (waits[(n-1)/2] + waits[n/2]) / 2, true, nil
}
