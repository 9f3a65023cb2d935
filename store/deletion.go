package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// AskDeletion notes that a member wants their account gone at an instant, and
// whether their comments with it. It returns news.ErrConflict when there would
// be no administrator left, and news.ErrNotFound when there is no such member.
func (db *DB) AskDeletion(ctx context.Context, id int64, at time.Time, eraseComments bool) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if err := tx.spareAdministrator(ctx, id, at); err != nil {
			return err
		}
		return tx.setMember(ctx, id, `delete_at = ?, erase_comments = ?`, at, eraseComments)
	})
}

// KeepMember takes the wish of AskDeletion back. It returns news.ErrNotFound
// when there is no such member.
func (db *DB) KeepMember(ctx context.Context, id int64) error {
	return db.setMember(ctx, id, `delete_at = NULL, erase_comments = FALSE`)
}

// due is which accounts DeleteDue deletes; dueArgs are its arguments.
const due = `(delete_at <= ? OR confirmed_at IS NULL AND NOT former AND created_at <= ?)`

func dueArgs(at time.Time) []any { return []any{at, at.Add(-news.UnconfirmedFor)} }

// DeleteDue deletes, as DeleteMember does, every account whose owner asked for
// it and whose DeleteAt has come, and those that were never confirmed within
// news.UnconfirmedFor; it says how many. Each goes in a transaction of its
// own, and one that fails does not keep the others. The last administrator is
// passed over.
func (db *DB) DeleteDue(ctx context.Context, at time.Time) (int, error) {
	var ids []int64
	err := db.list(ctx, &ids, `SELECT id FROM members WHERE NOT former AND `+due, dueArgs(at)...)
	if err != nil {
		return 0, err
	}
	n := 0
	var failures []error
	for _, id := range ids {
		switch err := db.deleteMember(ctx, id, &at); {
		case err == nil:
			n++
		case errors.Is(err, news.ErrNotFound): // they changed their mind, or another node was faster
		case errors.Is(err, news.ErrConflict): // the last administrator, who never confirmed the address
		default:
			failures = append(failures, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	// Rows that had to stay when they were deleted may go by now.
	if err := db.dropFormer(ctx, ``); err != nil {
		failures = append(failures, err)
	}
	if n > 0 {
		failures = append(failures, db.scrub(ctx))
	}
	return n, errors.Join(failures...)
}

// DeleteMember deletes an account at once, with everything that tells whose it
// was. Its comments stay under news.FormerMember, or with EraseComments as
// stubs without words; for them to belong to somebody a row stays, which no
// method returns. It returns news.ErrConflict when there would be no
// administrator left, and news.ErrNotFound when there is no such member.
func (db *DB) DeleteMember(ctx context.Context, id int64) error {
	if err := db.deleteMember(ctx, id, nil); err != nil {
		return err
	}
	return db.scrub(ctx)
}

// deleteMember deletes an account, with a time only one that is due then.
func (db *DB) deleteMember(ctx context.Context, id int64, at *time.Time) error {
	return db.Atomically(ctx, func(tx *DB) error {
		var suspension time.Time // before every time: a suspended administrator does not count
		if at != nil {
			suspension = *at
		}
		if err := tx.spareAdministrator(ctx, id, suspension); err != nil {
			return err
		}
		m, err := tx.lockMember(ctx, id)
		if err != nil {
			return err
		}
		if at != nil {
			var is bool
			err := tx.get(ctx, &is, `SELECT EXISTS (SELECT 1 FROM members WHERE id = ? AND `+due+`)`,
				append([]any{id}, dueArgs(*at)...)...)
			if err != nil {
				return err
			}
			if !is {
				return news.ErrNotFound
			}
		}
		if err := tx.forget(ctx, &m); err != nil {
			return err
		}
		return tx.dropFormer(ctx, `AND id = ?`, id)
	})
}

// belongings are the tables whose rows go with their member.
var belongings = []string{"sessions", "member_tokens", "kept_comments",
	"passkeys", "totps", "recovery_codes", "challenges",
	"recommendations", "mutes", "visits", "notices", "warnings", "looks", "moderator_categories"}

// forget removes all that belongs to a member and all that is personal about
// them from their row.
func (db *DB) forget(ctx context.Context, m *news.Member) error {
	if err := db.forgetTalk(ctx, m); err != nil {
		return err
	}
	for _, table := range belongings {
		if _, err := db.exec(ctx, `DELETE FROM `+table+` WHERE member_id = ?`, m.ID); err != nil {
			return err
		}
	}
	if _, err := db.exec(ctx, `DELETE FROM mails WHERE member_id = ?`, m.ID); err != nil {
		return err
	}
	// What waits to be sent to nobody's account may say farewell, and forgets
	// the address when it is sent; what was given up on would keep it.
	_, err := db.exec(ctx, `DELETE FROM mails WHERE state = 'parked' AND address IN (?, ?)`, m.Email, m.PendingEmail)
	if err != nil {
		return err
	}
	if err := db.dropSamples(ctx); err != nil {
		return err
	}
	mark := fmt.Sprintf("former-%d", m.ID) // no key: those of names have no hyphen, those of addresses an @
	handle, err := db.freeHandle(ctx, m.ID, mark)
	if err != nil {
		return err
	}
	return db.setMember(ctx, m.ID, `former = TRUE, email = '', email_key = ?, name = ?, name_key = ?, handle = ?,
			password_hash = '', role = ?, created_at = ?, confirmed_at = NULL, pending_email = '',
			pending_email_key = '', suspended_until = NULL, suspended_reason = '', delete_at = NULL,
			erase_comments = FALSE, notice_mail = ?, queue_mail = TRUE, reading_order = '', hide_new = FALSE,
			hide_comments = FALSE, hold_comments = FALSE`,
		mark, news.FormerMember, mark, handle, news.RoleMember, time.Unix(0, 0), news.NoticeMailOff)
}

// forgetTalk takes a member out of the threads: what they recommended counts
// no more, what they reported is nobody's, and what they took down themselves
// goes in any case, like all they wrote when they want that.
func (db *DB) forgetTalk(ctx context.Context, m *news.Member) error {
	const recommended = `SELECT comment_id FROM recommendations WHERE member_id = ?`
	var threads []int64
	err := db.list(ctx, &threads, `SELECT DISTINCT article_id FROM comments WHERE member_id = ? OR id IN (`+recommended+`)`, m.ID, m.ID)
	if err != nil {
		return err
	}
	slices.Sort(threads)
	for len(threads) > 0 {
		some := threads[:min(len(threads), aboveMax)]
		threads = threads[len(some):]
		if err := db.lockThreads(ctx, some...); err != nil {
			return err
		}
	}
	var erased []news.Comment
	if m.EraseComments {
		err := db.list(ctx, &erased, selectComment+`WHERE member_id = ? AND state <> 'deleted' ORDER BY id`, m.ID)
		if err != nil {
			return err
		}
	}
	for i := range erased {
		if err := db.takeDown(ctx, &erased[i], erased[i].CreatedAt); err != nil {
			return err
		}
	}
	for _, change := range []string{
		`UPDATE comments SET recommends = recommends - 1 WHERE state = 'visible' AND id IN (` + recommended + `)`,
		`UPDATE reports SET member_id = NULL, words = '' WHERE member_id = ?`,
		`DELETE FROM mutes WHERE muted_id = ?`,
		`UPDATE notices SET actor_id = NULL WHERE actor_id = ?`,
		`DELETE FROM comment_versions WHERE comment_id IN (SELECT id FROM comments WHERE member_id = ? AND state = 'deleted')`,
		`UPDATE comments SET body = '', reason = '', holds = '', form_key = '' WHERE member_id = ? AND state = 'deleted'`,
	} {
		if _, err := db.exec(ctx, change, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// dropSamples removes the values that ANALYZE has put away from columns that
// tell who somebody is.
func (db *DB) dropSamples(ctx context.Context) error {
	if db.dialect.samples == "" {
		return nil
	}
	var sampled bool
	if err := db.get(ctx, &sampled, db.dialect.hasTable, db.dialect.samples); err != nil || !sampled {
		return err
	}
	_, err := db.exec(ctx, `DELETE FROM `+db.dialect.samples+` WHERE tbl IN ('members', 'mails', '`+
		strings.Join(belongings, "', '")+`')`)
	return err
}

// dropFormer removes rows of deleted members that no comment needs. The newest
// row of all stays: SQLite would give its number to the next member, who would
// then answer for what was done by and to the other.
func (db *DB) dropFormer(ctx context.Context, and string, args ...any) error {
	_, err := db.exec(ctx, `DELETE FROM members WHERE former
		AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.member_id = members.id)
		AND id < (SELECT MAX(id) FROM members) `+and, args...)
	return err
}

// scrub removes what was deleted from the log beside the database too. It does
// what it can: while somebody reads there, the next one does it.
func (db *DB) scrub(ctx context.Context) error {
	if db.dialect.scrub == "" || db.tx != nil {
		return nil
	}
	_, err := db.exec(ctx, db.dialect.scrub)
	if errors.Is(err, news.ErrUnavailable) {
		return nil
	}
	return err
}
