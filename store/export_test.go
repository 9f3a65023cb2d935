package store

import (
	"context"

	"broadsheet/internal/news"
)

// Exec runs any statement, for tests that do to a database what no method does.
func (db *DB) Exec(ctx context.Context, query string, args ...any) error {
	_, err := db.exec(ctx, query, args...)
	return err
}

// List reads the rows of any query.
func (db *DB) List(ctx context.Context, dest any, query string, args ...any) error {
	return db.list(ctx, dest, query, args...)
}

// MigrateTo brings the tables to an older state, as an older program left them.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	provider, err := db.provider()
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// ChangeComment is changeComment in a transaction of its own.
func (db *DB) ChangeComment(ctx context.Context, id int64, to news.CommentState) error {
	return db.Atomically(ctx, func(tx *DB) error {
		c, err := tx.lockComment(ctx, id)
		if err != nil {
			return err
		}
		return tx.changeComment(ctx, &c, to, ``)
	})
}
