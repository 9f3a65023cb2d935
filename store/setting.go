package store

import (
	"context"
	"errors"

	"broadsheet/internal/news"
)

// Setting returns what is stored under a name, or news.ErrNotFound.
func (db *DB) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := db.get(ctx, &value, `SELECT value FROM settings WHERE name = ?`, name)
	return value, err
}

// SetSetting stores a value under a name, instead of what is there.
func (db *DB) SetSetting(ctx context.Context, name, value string) error {
	_, err := db.exec(ctx, `INSERT INTO settings (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// EnsureSetting stores a value under a name unless there is one, and returns
// what is there then: nodes that start at once all get the same.
func (db *DB) EnsureSetting(ctx context.Context, name, value string) (string, error) {
	stored, err := db.Setting(ctx, name)
	if err == nil || !errors.Is(err, news.ErrNotFound) {
		return stored, err
	}
	_, err = db.exec(ctx, `INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, name, value)
	if err != nil {
		return "", err
	}
	return db.Setting(ctx, name)
}
