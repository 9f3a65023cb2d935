package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

// How often a visit is written, and how long it is kept.
const (
	visitEvery = 5 * time.Minute
	VisitsKept = 180 * 24 * time.Hour
)

// Visit returns when the member was on an article before, and notes that they
// are now: a view within news.VisitGap of the last belongs to the same visit.
// It writes at most once in five minutes, and nothing of a member who does not
// want to know what is new. It returns news.ErrNotFound when there is no such
// member.
func (db *DB) Visit(ctx context.Context, memberID, articleID int64, at time.Time) (news.Visit, error) {
	at = news.Instant(at)
	var is struct {
		HideNew  bool
		SeenAt   *time.Time
		BeforeAt *time.Time
	}
	read := func() error {
		return db.get(ctx, &is, `SELECT m.hide_new, v.seen_at, v.before_at
			FROM members m LEFT JOIN visits v ON v.member_id = m.id AND v.article_id = ?
			WHERE m.id = ? AND NOT m.former`, articleID, memberID)
	}
	if err := read(); err != nil {
		return news.Visit{}, err
	}
	now := news.Visit{SeenAt: at, BeforeAt: is.BeforeAt}
	switch {
	case is.HideNew:
		return news.Visit{SeenAt: at}, nil
	case is.SeenAt == nil:
		return now, db.firstVisit(ctx, memberID, articleID, at)
	case at.Sub(*is.SeenAt) < visitEvery:
		return news.Visit{SeenAt: *is.SeenAt, BeforeAt: is.BeforeAt}, nil
	case at.Sub(*is.SeenAt) >= news.VisitGap:
		now.BeforeAt = is.SeenAt
	}
	// Of several pages opened at once one writes; the others have read what
	// was there before, as it did.
	_, err := db.exec(ctx, `UPDATE visits SET seen_at = ?, before_at = ? WHERE member_id = ? AND article_id = ? AND seen_at = ?`,
		now.SeenAt, now.BeforeAt, memberID, articleID, *is.SeenAt)
	return now, err
}

// firstVisit notes a visit to an article that the member was never on.
func (db *DB) firstVisit(ctx context.Context, memberID, articleID int64, at time.Time) error {
	return db.Atomically(ctx, func(tx *DB) error {
		// A member who is being deleted, or who has just turned it off, leaves
		// nothing.
		m, err := tx.lockMember(ctx, memberID)
		if errors.Is(err, news.ErrNotFound) || m.HideNew {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `INSERT INTO visits (member_id, article_id, seen_at)
			SELECT ?, id, ? FROM articles WHERE id = ? ON CONFLICT DO NOTHING`, memberID, at, articleID)
		return err
	})
}

// SweepVisits removes visits older than VisitsKept, and says how many.
func (db *DB) SweepVisits(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM visits WHERE seen_at <= ?`, at.Add(-VisitsKept))
}
