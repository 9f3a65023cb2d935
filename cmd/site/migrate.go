package main

import (
	"context"
	"errors"
	"fmt"

	"broadsheet/store"
)

// migrateCommand is `site migrate`.
type migrateCommand struct {
	settings `embed:""`
}

// Run brings the database up to date.
func (c *migrateCommand) Run(w *world) error {
	cfg, err := c.check()
	if err != nil {
		return err
	}
	db, err := openStore(w.ctx, cfg)
	if err != nil {
		return err
	}
	have, _, err := db.SchemaVersion(w.ctx)
	if err == nil {
		fmt.Fprintf(w.stdout, "the database is at version %d\n", have)
	}
	return errors.Join(err, db.Close())
}

// openStore opens the database and brings it up to date.
func openStore(ctx context.Context, c config) (*store.DB, error) {
	db, err := store.Open(ctx, c.Database, store.Options{})
	if err != nil {
		return nil, fmt.Errorf("SITE_DATABASE: %w", err)
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("SITE_DATABASE: %w", err), db.Close())
	}
	return db, nil
}
