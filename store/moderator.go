package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/news"
)

// ModeratorCategories returns the categories a moderator is limited to; nil is
// all.
func (db *DB) ModeratorCategories(ctx context.Context, memberID int64) ([]int64, error) {
	var ids []int64
	err := db.list(ctx, &ids, `SELECT category_id FROM moderator_categories WHERE member_id = ? ORDER BY category_id`, memberID)
	return ids, err
}

// SetModeratorCategories limits a moderator to categories; none is all. It
// fills in the act's SubjectID, Kind, Before and After; the same categories
// again change nothing. It returns news.ErrNotFound when there is no such
// member or category.
func (db *DB) SetModeratorCategories(ctx context.Context, memberID int64, categories []int64, act news.Act) error {
	categories = slices.Compact(slices.Sorted(slices.Values(categories)))
	return db.Atomically(ctx, func(tx *DB) error {
		if _, err := tx.lockMember(ctx, memberID); err != nil {
			return err
		}
		was, err := tx.ModeratorCategories(ctx, memberID)
		if err != nil || slices.Equal(was, categories) {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM moderator_categories WHERE member_id = ?`, memberID); err != nil {
			return err
		}
		for _, id := range categories {
			err := one(tx.exec(ctx, `INSERT INTO moderator_categories (member_id, category_id)
				SELECT ?, id FROM categories WHERE id = ?`, memberID, id))
			if err != nil {
				return err
			}
		}
		act.SubjectID, act.Kind, act.Before, act.After = memberID, news.ActCategories, idsText(was), idsText(categories)
		return tx.RecordAct(ctx, act)
	})
}

// within appends the condition that an article a stands in one of the
// categories that a moderator is limited to; nil is all.
func (q *sqlText) within(categories []int64) *sqlText {
	switch {
	case categories == nil:
		return q
	case len(categories) == 0:
		return q.add(`AND 1 = 0`)
	}
	return q.addIDs(`AND a.category_id IN`, categories)
}

// QueueReaders returns who gets the digest of the queue: those who moderate
// and have not turned it off, and may write themselves.
func (db *DB) QueueReaders(ctx context.Context) ([]news.Member, error) {
	q := new(sqlText).add(selectMember + `AND queue_mail AND confirmed_at IS NOT NULL AND role IN (`)
	n := 0
	for _, role := range news.Roles {
		if !role.May(news.ActModerate) {
			continue
		}
		if n++; n > 1 {
			q.add(`,`)
		}
		q.add(`?`, role)
	}
	var members []news.Member
	err := db.listText(ctx, &members, q.add(`) ORDER BY id`))
	return members, err
}

const settingDigest = "queue-digest"

// ClaimQueueDigest reports whether moderators are to be mailed now: a queue
// passes what the rules say, and nobody was within news.DigestPause. Only one
// node is told so. It must run inside Atomically together with QueueMail.
func (db *DB) ClaimQueueDigest(ctx context.Context, at time.Time) (due bool, err error) {
	rules, err := db.CommentRules(ctx)
	if err != nil {
		return false, err
	}
	last, err := db.Setting(ctx, settingDigest)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return false, err
	}
	// Most of the time there is nothing: find that out without the writer.
	// (Mailed in the future, by a clock that was wrong, does not count.)
	pause := at.Add(-news.DigestPause).UnixMicro()
	if mailed, err := strconv.ParseInt(last, 10, 64); err == nil && mailed > pause && mailed <= at.UnixMicro() {
		return false, nil
	}
	counts, err := db.QueueCounts(ctx, nil, at)
	if err != nil {
		return false, err
	}
	since := at.Add(-time.Duration(rules.DigestHours) * time.Hour)
	old := func(t *time.Time) bool { return t != nil && !t.After(since) }
	if counts.Held+counts.Reported < rules.DigestLength && !old(counts.OldestHeld) && !old(counts.OldestReported) {
		return false, nil
	}
	n, err := db.exec(ctx, `INSERT INTO settings (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value 
			WHERE CAST(settings.value AS BIGINT) <= ? OR CAST(settings.value AS BIGINT) > ?`,
		settingDigest, strconv.FormatInt(at.UnixMicro(), 10), pause, at.UnixMicro())
	return n > 0, err
}
