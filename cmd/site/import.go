package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"broadsheet/internal/intake"
	"broadsheet/internal/news"
	"broadsheet/store"
)

// importCommand is `site import FORMAT PATH`.
type importCommand struct {
	settings `embed:""`
	Format   string `arg:"" help:"markdown: a Hugo-style content folder." enum:"markdown"`
	Path     string `arg:"" help:"The folder." type:"path"`
	DryRun   bool   `help:"Say what would happen and change nothing."`
	Origin   string `help:"Address of the old site: links to pages that are not imported lead there, and without it lose their link." placeholder:"URL"`
}

// errDryRun undoes what a dry run did.
var errDryRun = errors.New("dry run")

// Run imports, and prints what became of every document.
func (c *importCommand) Run(w *world) error {
	cfg, err := c.check()
	if err != nil {
		return err
	}
	info, err := os.Stat(c.Path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", c.Path)
	}
	root, err := os.OpenRoot(c.Path) // nothing outside the folder is read
	if err != nil {
		return err
	}
	defer root.Close()
	now := news.Instant(time.Now())
	db, err := openStore(w.ctx, cfg)
	if err != nil {
		return err
	}
	report, err := importMarkdown(w.ctx, db, root.FS(), intake.Options{Zone: cfg.zone, Origin: c.Origin, Now: now}, c.DryRun)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	if c.DryRun {
		fmt.Fprintln(w.stdout, "dry run: nothing was changed")
	}
	report.Write(w.stdout)
	return db.Close()
}

// importMarkdown stores a folder's articles in one transaction: an import
// that breaks off leaves nothing behind.
func importMarkdown(ctx context.Context, db *store.DB, folder fs.FS, o intake.Options, dry bool) (*intake.Report, error) {
	items, report, err := intake.Markdown(folder, o)
	if err != nil {
		return nil, err
	}
	err = db.Atomically(ctx, func(tx *store.DB) error {
		before, err := tx.Categories(ctx, news.Now(o.Now))
		if err != nil {
			return err
		}
		for _, item := range items {
			outcome, _, err := tx.ImportArticle(ctx, item, o.Now)
			if err != nil {
				return fmt.Errorf("%s: %w", item.ImportKey, err)
			}
			report.Add(outcome)
		}
		// A paper that had no sections gets the fullest ones first.
		if len(before) == 0 {
			if err := tx.RankCategories(ctx, news.Now(o.Now)); err != nil {
				return err
			}
		}
		if dry {
			return errDryRun
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return nil, err
	}
	return report, nil
}
