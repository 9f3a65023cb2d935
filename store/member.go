package store

import (
	"context"
	"errors"

	"broadsheet/internal/news"
)

const selectMember = `SELECT id, email, email_key, name, name_key, handle, password_hash, role, created_at
	FROM members `

// CreateMember stores a new account and sets its ID and, when the handle is
// taken, a Handle ending in -2, -3 and so on. It returns a *news.TakenError
// when somebody has the address or the name.
func (db *DB) CreateMember(ctx context.Context, m *news.Member) error {
	created := *m
	err := db.Atomically(ctx, func(tx *DB) error {
		for {
			if _, err := tx.MemberByEmail(ctx, m.EmailKey); !errors.Is(err, news.ErrNotFound) {
				return takenOr(err, "email")
			}
			if _, err := tx.member(ctx, `WHERE name_key = ?`, m.NameKey); !errors.Is(err, news.ErrNotFound) {
				return takenOr(err, "name")
			}
			var err error
			created.Handle, err = free(m.Handle, func(handle string) (taken bool, err error) {
				err = tx.get(ctx, &taken, `SELECT EXISTS (SELECT 1 FROM members WHERE handle = ?)`, handle)
				return taken, err
			})
			if err != nil {
				return err
			}
			err = tx.get(ctx, &created.ID, `INSERT INTO members
					(email, email_key, name, name_key, handle, password_hash, role, created_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO NOTHING RETURNING id`,
				m.Email, m.EmailKey, m.Name, m.NameKey, created.Handle, m.PasswordHash, m.Role, m.CreatedAt)
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

func takenOr(err error, field string) error {
	if err == nil {
		return &news.TakenError{Field: field}
	}
	return err
}

// MemberByEmail returns the account with a folded address, or
// news.ErrNotFound.
func (db *DB) MemberByEmail(ctx context.Context, emailKey string) (news.Member, error) {
	return db.member(ctx, `WHERE email_key = ?`, emailKey)
}

// MemberByID returns an account, or news.ErrNotFound.
func (db *DB) MemberByID(ctx context.Context, id int64) (news.Member, error) {
	return db.member(ctx, `WHERE id = ?`, id)
}

// MemberByHandle returns an account, or news.ErrNotFound.
func (db *DB) MemberByHandle(ctx context.Context, handle string) (news.Member, error) {
	return db.member(ctx, `WHERE handle = ?`, handle)
}

func (db *DB) member(ctx context.Context, where string, arg any) (news.Member, error) {
	var m news.Member
	err := db.get(ctx, &m, selectMember+where, arg)
	return m, err
}

// SetPassword replaces the hash of a member's password. Sessions are not
// touched; DeleteSessionsOf ends them. It returns news.ErrNotFound when there
// is no such member.
func (db *DB) SetPassword(ctx context.Context, id int64, hash string) error {
	return one(db.exec(ctx, `UPDATE members SET password_hash = ? WHERE id = ?`, hash, id))
}
