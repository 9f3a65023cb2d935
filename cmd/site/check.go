package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/internal/mail"
	"broadsheet/store"
)

// checkCommand is `site check`.
type checkCommand struct {
	settings `embed:""`
}

// databaseWithin bounds how long a check waits for the database.
const databaseWithin = 5 * time.Second

// mailWithin bounds how long a check waits for the mail server.
const mailWithin = 10 * time.Second

// Run lists every fault at once.
func (c *checkCommand) Run(w *world) error {
	var faults faultsError
	cfg, err := c.check()
	if err != nil && !errors.As(err, &faults) {
		return err
	}
	if cfg.media != "" {
		if err := writable(cfg.media); err != nil {
			faults = append(faults, "SITE_MEDIA: "+err.Error())
		}
	}
	if sender, err := mail.Open(cfg.Mail, mail.From{Address: "noreply@localhost"}); err == nil { // a fault of the form is listed already
		ctx, cancel := context.WithTimeout(w.ctx, mailWithin)
		defer cancel()
		if err := mail.Check(ctx, sender); err != nil {
			faults = append(faults, "SITE_MAIL: "+err.Error())
		}
	}
	if path, ok := strings.CutPrefix(cfg.Database, "sqlite:"); ok {
		if err := writable(filepath.Dir(path)); err != nil {
			faults = append(faults, "SITE_DATABASE: "+err.Error())
		}
	} else if strings.HasPrefix(cfg.Database, "postgres") {
		if err := reachable(w.ctx, cfg.Database); err != nil {
			faults = append(faults, "SITE_DATABASE: "+err.Error())
		}
	}
	if len(faults) > 0 {
		return faults
	}
	fmt.Fprintln(w.stdout, "all settings are sound")
	return nil
}

func reachable(ctx context.Context, dsn string) error {
	ctx, cancel := context.WithTimeout(ctx, databaseWithin)
	defer cancel()
	db, err := store.Open(ctx, dsn, store.Options{})
	if err != nil {
		return err
	}
	return errors.Join(db.Ping(ctx), db.Close())
}
