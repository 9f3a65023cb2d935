package store

import (
	"context"

	"broadsheet/internal/news"
)

// Mute hides a member's comments from the reader, or with on false no longer.
// Doing it twice is doing it once. It returns news.ErrNotFound for no such
// member and news.ErrOwn for oneself.
func (db *DB) Mute(ctx context.Context, v news.Viewpoint, mutedID int64, on bool) error {
	reader := v.Reader.MemberID
	if reader == mutedID {
		return news.ErrOwn
	}
	return db.Atomically(ctx, func(tx *DB) error {
		for _, id := range []int64{reader, mutedID} {
			if _, err := tx.MemberByID(ctx, id); err != nil {
				return err
			}
		}
		if !on {
			_, err := tx.exec(ctx, `DELETE FROM mutes WHERE member_id = ? AND muted_id = ?`, reader, mutedID)
			return err
		}
		_, err := tx.exec(ctx, `INSERT INTO mutes (member_id, muted_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			reader, mutedID, v.At)
		return err
	})
}

// Mutes returns whom a member has muted, latest first.
func (db *DB) Mutes(ctx context.Context, memberID int64) ([]news.Mute, error) {
	var mutes []news.Mute
	err := db.list(ctx, &mutes, `SELECT x.muted_id AS member_id, m.name, m.handle, x.created_at
		FROM mutes x JOIN members m ON m.id = x.muted_id
		WHERE x.member_id = ? ORDER BY x.created_at DESC, x.muted_id DESC`, memberID)
	return mutes, err
}
