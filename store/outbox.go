package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

const mailColumns = `id, member_id, address, kind, subject, text, html, unsubscribe, state, attempts,
	due_at, created_at, sent_at, fault`

// mailFree is the one rule about who may be claimed: two instants fill it.
const mailFree = `state = 'queued' AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)`

// QueueMail stores a message to be sent, from DueAt on or at once, and sets
// its ID, State and DueAt. Inside Atomically it is sent if and only if its
// cause is kept. A message to somebody whose account is being deleted carries
// no MemberID, or it would go with the account.
func (db *DB) QueueMail(ctx context.Context, m *news.OutMail) error {
	row := *m
	row.State, row.Attempts, row.SentAt, row.Fault = news.MailQueued, 0, nil, ""
	if row.DueAt.IsZero() {
		row.DueAt = row.CreatedAt
	}
	err := db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &row.ID, `INSERT INTO mails (member_id, address, kind, subject, text, html,
				unsubscribe, state, due_at, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, row.MemberID, row.Address, row.Kind,
			row.Subject, row.Text, row.HTML, row.Unsubscribe, row.State, row.DueAt, row.CreatedAt)
	})
	if err == nil {
		*m = row
	}
	return err
}

// ClaimMail returns the message that has been due longest and makes it the
// caller's own for news.MailLease; unless MailSent or MailFailed come before,
// it is then free again. It returns news.ErrNotFound when nothing is due.
func (db *DB) ClaimMail(ctx context.Context, at time.Time) (news.OutMail, error) {
	var m news.OutMail
	// Most of the time there is nothing: find that out without the writer.
	err := db.get(ctx, &m.ID, `SELECT id FROM mails WHERE `+mailFree+` LIMIT 1`, at, at)
	if err != nil {
		return m, err
	}
	err = db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &m, `UPDATE mails SET claimed_until = ?
			WHERE `+mailFree+` AND id = (
				SELECT id FROM mails WHERE `+mailFree+` ORDER BY due_at, id LIMIT 1`+db.dialect.lockFree+`)
			RETURNING `+mailColumns, at.Add(news.MailLease), at, at, at, at)
	})
	return m, err
}

// MailSent notes that a message was handed over. What it said is forgotten,
// and where it was to nobody's account, the address too. It returns
// news.ErrNotFound when the message has gone with its member.
func (db *DB) MailSent(ctx context.Context, id int64, at time.Time) error {
	return one(db.exec(ctx, `UPDATE mails SET state = 'sent', sent_at = COALESCE(sent_at, ?), text = '', html = '',
			unsubscribe = '', fault = '', claimed_until = NULL,
			address = CASE WHEN member_id IS NULL THEN '' ELSE address END
		WHERE id = ?`, at, id))
}

// MailFailed notes that a message could not be handed over, and why, and ends
// the claim. It is due again after a pause that doubles each time, or parked
// when the failure is permanent or was the last of news.MailAttempts. It
// returns news.ErrNotFound when the message is not queued any more.
func (db *DB) MailFailed(ctx context.Context, id int64, fault string, permanent bool, at time.Time) error {
	return db.Atomically(ctx, func(tx *DB) error {
		var attempts int
		err := tx.get(ctx, &attempts, `SELECT attempts FROM mails WHERE id = ? AND state = 'queued'`+
			db.dialect.lockRow, id)
		if err != nil {
			return err
		}
		attempts++
		state, due := news.MailQueued, at.Add(mailPause(id, attempts))
		if permanent || attempts >= news.MailAttempts {
			state, due = news.MailParked, at
		}
		return one(tx.exec(ctx, `UPDATE mails SET state = ?, attempts = ?, due_at = ?, fault = ?,
				claimed_until = NULL
			WHERE id = ?`, state, attempts, due, fault, id))
	})
}

// mailPause is how long a message waits after so many failures: up to a tenth
// longer than the rule says, each message by its own share, so that what
// failed together does not come back together.
func mailPause(id int64, attempts int) time.Duration {
	pause := news.MailPauseMin
	for i := 1; i < attempts && pause < news.MailPauseMax; i++ {
		pause *= 2
	}
	pause = min(pause, news.MailPauseMax)
	share := uint64(id) * 0x9E3779B97F4A7C15 >> 54 // 0 to 1023, near ids far apart
	return pause + pause/10*time.Duration(share)/1024
}

// ParkedMail returns the messages that were given up on, newest first and
// without what they say.
func (db *DB) ParkedMail(ctx context.Context) ([]news.OutMail, error) {
	var mails []news.OutMail
	err := db.list(ctx, &mails, `SELECT id, member_id, address, kind, subject, state, attempts, due_at,
			created_at, fault
		FROM mails WHERE state = 'parked' ORDER BY id DESC`)
	return mails, err
}

// RetryMail queues a parked message anew, with all its attempts. It returns
// news.ErrNotFound when it is not parked.
func (db *DB) RetryMail(ctx context.Context, id int64, at time.Time) error {
	return one(db.exec(ctx, `UPDATE mails SET state = 'queued', attempts = 0, due_at = ?
		WHERE id = ? AND state = 'parked'`, at, id))
}

// MailAges returns how many messages wait, how old the oldest of them is, and
// how many were given up on.
func (db *DB) MailAges(ctx context.Context, at time.Time) (queued int, oldest time.Duration, parked int, err error) {
	var n struct{ Queued, Parked int }
	err = db.get(ctx, &n, `SELECT
			(SELECT COUNT(*) FROM mails WHERE state = 'queued') AS queued,
			(SELECT COUNT(*) FROM mails WHERE state = 'parked') AS parked`)
	if err != nil || n.Queued == 0 {
		return 0, 0, n.Parked, err
	}
	var since time.Time
	err = db.get(ctx, &since, `SELECT created_at FROM mails WHERE state = 'queued'
		ORDER BY created_at LIMIT 1`)
	if errors.Is(err, news.ErrNotFound) { // sent in between
		return 0, 0, n.Parked, nil
	}
	return n.Queued, max(at.Sub(since), 0), n.Parked, err
}

// SweepMail removes the messages that were sent longer than news.MailKept ago,
// and says how many.
func (db *DB) SweepMail(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM mails WHERE state = 'sent' AND sent_at <= ?`, at.Add(-news.MailKept))
}
