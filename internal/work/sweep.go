// Package work runs what happens beside requests: one file for each kind of
// work. Nothing that readers see depends on its being on time; what is due is
// decided in queries.
package work

import (
	"context"
	"log/slog"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// sweepEvery is how often what has ended is deleted.
const sweepEvery = 10 * time.Minute

// Sweep deletes what has ended until the context ends: sessions, kept comments,
// links, limits, challenges, sent mail, and the accounts whose time has come.
// All but the accounts count for nothing from the moment they end; sweeping
// only keeps no longer than promised.
func Sweep(ctx context.Context, db *store.DB, now func() time.Time, log *slog.Logger) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		sweep(ctx, db, news.Instant(now()), log)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func sweep(ctx context.Context, db *store.DB, at time.Time, log *slog.Logger) {
	for _, kind := range []struct {
		name  string
		sweep func(context.Context, time.Time) (int, error)
	}{
		{"sessions", db.SweepSessions}, {"kept comments", db.SweepKept}, {"links", db.SweepTokens}, {"limits", db.SweepLimits},
		{"challenges", db.SweepChallenges}, {"mails", db.SweepMail}, {"accounts", db.DeleteDue},
		{"visits", db.SweepVisits}, {"notices", db.SweepNotices}, {"deleted comments", db.SweepDeleted}, {"batches", db.SweepBatches},
	} {
		n, err := kind.sweep(ctx, at)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			log.Error("sweep failed", "kind", kind.name, "error", err.Error())
		case n > 0:
			log.Info("swept", "kind", kind.name, "rows", n)
		}
	}
}
