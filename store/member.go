package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"broadsheet/internal/news"

	"golang.org/x/text/unicode/norm"
)

var memberColumns = []string{"id", "email", "email_key", "name", "name_key", "handle", "password_hash", "role",
	"created_at", "confirmed_at", "pending_email", "suspended_until", "suspended_reason", "delete_at",
	"erase_comments", "notice_mail", "queue_mail", "reading_order", "hide_new", "hide_comments", "hold_comments"}

// selectMember reads members; a deleted account is none any more.
var selectMember = `SELECT ` + strings.Join(memberColumns, ", ") + ` FROM members WHERE NOT former `

// columnsOf lists columns of a table under the name of the struct that they
// are read into.
func columnsOf(table, name string, columns []string) string {
	list := make([]string, len(columns))
	for i, column := range columns {
		list[i] = table + "." + column + ` AS "` + name + "." + column + `"`
	}
	return strings.Join(list, ", ")
}

// CreateMember stores a new account and sets its ID and, when the handle is
// taken, a Handle ending in -2, -3 and so on; an empty NoticeMail becomes
// news.NoticeMailOff, and how they read is as usual. It returns a *news.TakenError when somebody has the
// address or the name.
func (db *DB) CreateMember(ctx context.Context, m *news.Member) error {
	created := *m
	created.QueueMail, created.ReadingOrder, created.HideNew = true, "", false // as the table has it
	created.HideComments, created.HoldComments = false, false
	if created.NoticeMail == "" {
		created.NoticeMail = news.NoticeMailOff
	}
	err := db.Atomically(ctx, func(tx *DB) error {
		for {
			if err := tx.freeEmail(ctx, 0, m.EmailKey); err != nil {
				return err
			}
			if err := tx.freeName(ctx, 0, m.NameKey); err != nil {
				return err
			}
			var err error
			if created.Handle, err = tx.freeHandle(ctx, 0, m.Handle); err != nil {
				return err
			}
			err = tx.get(ctx, &created.ID, `INSERT INTO members (email, email_key, name, name_key, handle,
					password_hash, role, created_at, confirmed_at, notice_mail)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO NOTHING RETURNING id`,
				m.Email, m.EmailKey, m.Name, m.NameKey, created.Handle,
				m.PasswordHash, m.Role, m.CreatedAt, m.ConfirmedAt, created.NoticeMail)
			if !errors.Is(err, news.ErrNotFound) {
				return err
			}
			// Another node took one of the three since: look which.
		}
	})
	if err == nil {
		*m = created
	}
	return err
}

// freeHandle returns wanted, with a number when it is the handle of an account
// other than id.
func (db *DB) freeHandle(ctx context.Context, id int64, wanted string) (string, error) {
	return free(wanted, func(handle string) (taken bool, err error) {
		err = db.get(ctx, &taken, `SELECT EXISTS (SELECT 1 FROM members WHERE handle = ? AND id <> ?)`, handle, id)
		return taken, err
	})
}

// freeEmail returns a *news.TakenError when an account other than id has the
// folded address.
func (db *DB) freeEmail(ctx context.Context, id int64, emailKey string) error {
	return db.freeKey(ctx, "email", `SELECT EXISTS (SELECT 1 FROM members WHERE email_key = ? AND id <> ?)`,
		emailKey, id)
}

// freeName returns a *news.TakenError when an account other than id has the
// folded name.
func (db *DB) freeName(ctx context.Context, id int64, nameKey string) error {
	return db.freeKey(ctx, "name", `SELECT EXISTS (SELECT 1 FROM members WHERE name_key = ? AND id <> ?)`,
		nameKey, id)
}

func (db *DB) freeKey(ctx context.Context, field, query string, args ...any) error {
	var taken bool
	err := db.get(ctx, &taken, query, args...)
	if err == nil && taken {
		return &news.TakenError{Field: field}
	}
	return err
}

// MemberByEmail returns the account with a folded address, or
// news.ErrNotFound.
func (db *DB) MemberByEmail(ctx context.Context, emailKey string) (news.Member, error) {
	return db.member(ctx, `AND email_key = ?`, emailKey)
}

// MemberByName returns the account with a folded name, or news.ErrNotFound.
func (db *DB) MemberByName(ctx context.Context, nameKey string) (news.Member, error) {
	return db.member(ctx, `AND name_key = ?`, nameKey)
}

// MemberByID returns an account, or news.ErrNotFound.
func (db *DB) MemberByID(ctx context.Context, id int64) (news.Member, error) {
	return db.member(ctx, `AND id = ?`, id)
}

// MemberByHandle returns an account, or news.ErrNotFound.
func (db *DB) MemberByHandle(ctx context.Context, handle string) (news.Member, error) {
	return db.member(ctx, `AND handle = ?`, handle)
}

func (db *DB) member(ctx context.Context, and string, arg any) (news.Member, error) {
	var m news.Member
	err := db.get(ctx, &m, selectMember+and, arg)
	return m, err
}

// lockMember returns an account that nobody else can change until the
// transaction ends, or news.ErrNotFound.
func (db *DB) lockMember(ctx context.Context, id int64) (news.Member, error) {
	return db.member(ctx, `AND id = ?`+db.dialect.lockRow, id)
}

// ConfirmMember notes when a member's address was proven, unless it was
// before. It returns news.ErrNotFound when there is no such member.
func (db *DB) ConfirmMember(ctx context.Context, id int64, at time.Time) error {
	return db.setMember(ctx, id, `confirmed_at = COALESCE(confirmed_at, ?)`, at)
}

// setMember changes columns of an account. It returns news.ErrNotFound when
// there is none.
func (db *DB) setMember(ctx context.Context, id int64, set string, args ...any) error {
	return one(db.exec(ctx, `UPDATE members SET `+set+` WHERE id = ? AND NOT former`, append(args, id)...))
}

// RenameMember gives a member another name, and the handle made of it, with a
// number when that is taken. It returns a *news.TakenError when somebody else
// has the name, and news.ErrNotFound when there is no such member.
func (db *DB) RenameMember(ctx context.Context, id int64, name, nameKey, handle string) error {
	for try := 1; ; try++ {
		err := db.Atomically(ctx, func(tx *DB) error {
			if _, err := tx.lockMember(ctx, id); err != nil {
				return err
			}
			if err := tx.freeName(ctx, id, nameKey); err != nil {
				return err
			}
			handle, err := tx.freeHandle(ctx, id, handle)
			if err != nil {
				return err
			}
			return tx.setMember(ctx, id, `name = ?, name_key = ?, handle = ?`, name, nameKey, handle)
		})
		var taken *news.TakenError
		if !errors.Is(err, news.ErrConflict) || errors.As(err, &taken) || db.tx != nil || try == 10 {
			return err
		}
		// Another node took the name or the handle since: look again.
	}
}

// SetPendingEmail notes the address a member wants to change to; "" drops it.
// Links that were mailed to another one are worth nothing from then on. It
// returns news.ErrNotFound when there is no such member.
func (db *DB) SetPendingEmail(ctx context.Context, id int64, email string) error {
	key := foldEmail(email)
	return db.Atomically(ctx, func(tx *DB) error {
		if err := tx.setMember(ctx, id, `pending_email = ?, pending_email_key = ?`, email, key); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `DELETE FROM member_tokens WHERE member_id = ? AND purpose = ? AND address <> ?`,
			id, news.TokenChange, key)
		return err
	})
}

// foldEmail is what internal/text folds an address to, which the store may not
// import; a test holds them together.
func foldEmail(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(strings.ToLower(norm.NFKC.String(s)))
}

// ChangeEmail gives a member another address, which is no longer pending then.
// All links mailed to the member are worth nothing from then on. It returns a
// *news.TakenError when somebody else has the address, and news.ErrNotFound
// when there is no such member.
func (db *DB) ChangeEmail(ctx context.Context, id int64, email, emailKey string) error {
	err := db.Atomically(ctx, func(tx *DB) error {
		if _, err := tx.lockMember(ctx, id); err != nil {
			return err
		}
		if err := tx.freeEmail(ctx, id, emailKey); err != nil {
			return err
		}
		err := tx.setMember(ctx, id, `email = ?, email_key = ?, pending_email = '', pending_email_key = ''`,
			email, emailKey)
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `DELETE FROM member_tokens WHERE member_id = ?`, id)
		return err
	})
	var taken *news.TakenError
	if errors.Is(err, news.ErrConflict) && !errors.As(err, &taken) { // another node took it since
		return &news.TakenError{Field: "email"}
	}
	return err
}

// SetPassword replaces the hash of a member's password, and makes the links
// worthless by which they could log in without it or choose another. Sessions
// are not touched; DeleteSessionsOf ends them. It returns news.ErrNotFound
// when there is no such member.
func (db *DB) SetPassword(ctx context.Context, id int64, hash string) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if err := tx.setMember(ctx, id, `password_hash = ?`, hash); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `DELETE FROM member_tokens WHERE member_id = ? AND purpose IN (?, ?)`,
			id, news.TokenReset, news.TokenLogin)
		return err
	})
}

// UpgradePassword replaces the hash of a password by another of the same
// password. When it is not the hash from any more, somebody has changed the
// password since, and nothing happens.
func (db *DB) UpgradePassword(ctx context.Context, id int64, from, to string) error {
	_, err := db.exec(ctx, `UPDATE members SET password_hash = ? WHERE id = ? AND password_hash = ? AND NOT former`,
		to, id, from)
	return err
}

// SetNoticeMail sets whether a member's notices are mailed to them, and with
// queue whether they get the digest of the queue, if they moderate. What waits
// to be mailed otherwise than they want it from now on is not mailed any more,
// but for what is mailed in any case. It returns news.ErrNotFound when there
// is no such member.
func (db *DB) SetNoticeMail(ctx context.Context, id int64, choice news.NoticeMail, queue bool) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if err := tx.setMember(ctx, id, `notice_mail = ?, queue_mail = ?`, choice, queue); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `UPDATE notices SET mail = 'none' WHERE member_id = ? AND mail IN ('each', 'daily') AND mail <> ?
			AND kind NOT IN (?, ?)`, id, choice, news.NoticeSuspended, news.NoticeWarned)
		return err
	})
}

// SetReading sets how a member reads threads, and what others see of them.
// Who does not want to know what is new is forgotten to have been anywhere. It
// returns news.ErrNotFound when there is no such member.
func (db *DB) SetReading(ctx context.Context, memberID int64, order news.CommentOrder, hideNew, hideComments bool) error {
	return db.Atomically(ctx, func(tx *DB) error {
		err := tx.setMember(ctx, memberID, `reading_order = ?, hide_new = ?, hide_comments = ?`, order, hideNew, hideComments)
		if err != nil || !hideNew {
			return err
		}
		_, err = tx.exec(ctx, `DELETE FROM visits WHERE member_id = ?`, memberID)
		return err
	})
}

// Members returns a page of the accounts that a filter selects, newest first,
// and how many there are in all.
func (db *DB) Members(ctx context.Context, f news.MemberFilter) ([]news.Member, int, error) {
	where := new(sqlText)
	if f.Role != "" {
		where.add(`AND role = ?`, f.Role)
	}
	if f.Query != "" || f.EmailQuery != "" {
		email := f.EmailQuery
		if email == "" {
			email = f.Query
		}
		where.add(`AND (email_key LIKE ? ESCAPE '\'`, like(email)+"%")
		if f.Query != "" {
			where.add(`OR name_key LIKE ? ESCAPE '\'`, "%"+like(f.Query)+"%")
		}
		where.add(`)`)
	}
	var total int
	q := new(sqlText).add(`SELECT COUNT(*) FROM members WHERE NOT former`).add(where.text.String(), where.args...)
	if err := db.get(ctx, &total, q.text.String(), q.args...); err != nil || total == 0 {
		return nil, 0, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = news.PageSize
	}
	var members []news.Member
	err := db.listText(ctx, &members, new(sqlText).add(selectMember).add(where.text.String(), where.args...).
		add(`ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`, limit, max(0, f.Offset)))
	return members, total, err
}

// like returns a text as the part of a LIKE pattern that matches it alone. A
// byte that no stored text can hold is left out, and more than any text holds
// is cut: databases refuse both.
func like(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "")
	if runes := []rune(s); len(runes) > likeMax {
		s = string(runes[:likeMax])
	}
	return likeEscaper.Replace(s)
}

const likeMax = 1000

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
