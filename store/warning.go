package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const selectWarning = `SELECT id, member_id, reason, at, read_at FROM warnings `

// OpenWarning returns the oldest warning that is there by then and that a
// member has not read yet, or news.ErrNotFound.
func (db *DB) OpenWarning(ctx context.Context, memberID int64, at time.Time) (news.Warning, error) {
	var w news.Warning
	err := db.get(ctx, &w, selectWarning+`WHERE member_id = ? AND at <= ? AND read_at IS NULL ORDER BY at, id LIMIT 1`,
		memberID, at)
	return w, err
}

// ReadWarning notes that a member has read a warning; the first time counts.
// It returns news.ErrNotFound when it is not theirs or not there yet.
func (db *DB) ReadWarning(ctx context.Context, memberID, warningID int64, at time.Time) error {
	return one(db.exec(ctx, `UPDATE warnings SET read_at = COALESCE(read_at, ?) WHERE id = ? AND member_id = ? AND at <= ?`,
		at, warningID, memberID, at))
}

// Warnings returns the warnings that a member has had by then, newest first.
func (db *DB) Warnings(ctx context.Context, memberID int64, at time.Time) ([]news.Warning, error) {
	var warnings []news.Warning
	err := db.list(ctx, &warnings, selectWarning+`WHERE member_id = ? AND at <= ? ORDER BY at DESC, id DESC`, memberID, at)
	return warnings, err
}
