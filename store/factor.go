package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const selectPasskey = `SELECT id, member_id, credential_id, credential, name, created_at, used_at
	FROM passkeys `

// AddPasskey stores a credential and sets its ID. It returns news.ErrConflict
// when the credential is registered already, with whomever.
func (db *DB) AddPasskey(ctx context.Context, p *news.Passkey) error {
	return db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &p.ID, `INSERT INTO passkeys
				(member_id, credential_id, credential, name, created_at, used_at)
			VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
			p.MemberID, p.CredentialID, p.Credential, p.Name, p.CreatedAt, p.UsedAt)
	})
}

// Passkeys returns a member's credentials, oldest first.
func (db *DB) Passkeys(ctx context.Context, memberID int64) ([]news.Passkey, error) {
	var keys []news.Passkey
	err := db.list(ctx, &keys, selectPasskey+`WHERE member_id = ? ORDER BY id`, memberID)
	return keys, err
}

// PasskeyByCredential returns the credential that an authenticator names, or
// news.ErrNotFound.
func (db *DB) PasskeyByCredential(ctx context.Context, credentialID []byte) (news.Passkey, error) {
	var p news.Passkey
	err := db.get(ctx, &p, selectPasskey+`WHERE credential_id = ?`, credentialID)
	return p, err
}

// UpdatePasskey stores what a log-in changed in a credential, and when it was.
// It returns news.ErrNotFound when the credential is gone.
func (db *DB) UpdatePasskey(ctx context.Context, id int64, credential []byte, usedAt time.Time) error {
	return one(db.exec(ctx, `UPDATE passkeys SET credential = ?, used_at = ? WHERE id = ?`,
		credential, usedAt, id))
}

// RenamePasskey changes the member's word for a credential. It returns
// news.ErrNotFound when it is not theirs.
func (db *DB) RenamePasskey(ctx context.Context, memberID, id int64, name string) error {
	return one(db.exec(ctx, `UPDATE passkeys SET name = ? WHERE id = ? AND member_id = ?`, name, id, memberID))
}

// DeletePasskey removes a credential. It returns news.ErrNotFound when it is
// not theirs.
func (db *DB) DeletePasskey(ctx context.Context, memberID, id int64) error {
	return one(db.exec(ctx, `DELETE FROM passkeys WHERE id = ? AND member_id = ?`, id, memberID))
}

// SetTOTP gives a member a code generator that waits for its first code, in
// place of one that still waits. It returns news.ErrConflict when one is
// confirmed already: that one must be deleted first.
func (db *DB) SetTOTP(ctx context.Context, memberID int64, secret string) error {
	n, err := db.exec(ctx, `INSERT INTO totps (member_id, secret, last_step) VALUES (?, ?, 0)
		ON CONFLICT (member_id) DO UPDATE SET secret = excluded.secret, last_step = 0
			WHERE totps.confirmed_at IS NULL`, memberID, secret)
	if err == nil && n == 0 {
		err = news.ErrConflict
	}
	return err
}

// TOTP returns a member's code generator, confirmed or not, or
// news.ErrNotFound.
func (db *DB) TOTP(ctx context.Context, memberID int64) (news.TOTP, error) {
	var t news.TOTP
	err := db.get(ctx, &t, `SELECT member_id, secret, confirmed_at, last_step FROM totps WHERE member_id = ?`, memberID)
	if err != nil {
		return news.TOTP{}, err // sqlx has filled in a time that there is not
	}
	return t, nil
}

// ConfirmTOTP puts a code generator to use and burns the time step of its
// first code. The secret must be the one that the code was checked against. It
// returns news.ErrNotFound when that one does not wait to be confirmed.
func (db *DB) ConfirmTOTP(ctx context.Context, memberID int64, secret string, step int64, at time.Time) error {
	return one(db.exec(ctx, `UPDATE totps SET confirmed_at = ?, last_step = ?
		WHERE member_id = ? AND secret = ? AND confirmed_at IS NULL`, at, step, memberID, secret))
}

// UseTOTPStep burns a time step, and with it the earlier ones: of all who
// show its code one succeeds. It returns news.ErrNotFound to the others, and
// when there is no confirmed generator.
func (db *DB) UseTOTPStep(ctx context.Context, memberID, step int64) error {
	return one(db.exec(ctx, `UPDATE totps SET last_step = ?
		WHERE member_id = ? AND confirmed_at IS NOT NULL AND last_step < ?`, step, memberID, step))
}

// DeleteTOTP removes a code generator, confirmed or not. It returns
// news.ErrNotFound when there is none.
func (db *DB) DeleteTOTP(ctx context.Context, memberID int64) error {
	return one(db.exec(ctx, `DELETE FROM totps WHERE member_id = ?`, memberID))
}

// SetRecoveryCodes replaces all of a member's recovery codes; without hashes
// none are left.
func (db *DB) SetRecoveryCodes(ctx context.Context, memberID int64, hashes [][]byte) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if err := tx.LockMember(ctx, memberID); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM recovery_codes WHERE member_id = ?`, memberID); err != nil {
			return err
		}
		for _, hash := range hashes {
			_, err := tx.exec(ctx, `INSERT INTO recovery_codes (member_id, code_hash) VALUES (?, ?)`, memberID, hash)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// UseRecoveryCode removes a recovery code: of all who show it one succeeds. It
// returns news.ErrNotFound to the others.
func (db *DB) UseRecoveryCode(ctx context.Context, memberID int64, hash []byte) error {
	return one(db.exec(ctx, `DELETE FROM recovery_codes WHERE member_id = ? AND code_hash = ?`, memberID, hash))
}

// RecoveryCodesLeft counts a member's unused recovery codes.
func (db *DB) RecoveryCodesLeft(ctx context.Context, memberID int64) (int, error) {
	var n int
	err := db.get(ctx, &n, `SELECT COUNT(*) FROM recovery_codes WHERE member_id = ?`, memberID)
	return n, err
}

// HasSecondFactor reports whether a member must show more than a password: a
// passkey or a confirmed code generator.
func (db *DB) HasSecondFactor(ctx context.Context, memberID int64) (bool, error) {
	var has bool
	err := db.get(ctx, &has, `SELECT EXISTS (SELECT 1 FROM passkeys WHERE member_id = ?)
		OR EXISTS (SELECT 1 FROM totps WHERE member_id = ? AND confirmed_at IS NOT NULL)`, memberID, memberID)
	return has, err
}

// LockMember lets nobody else change a member's factors, or try codes, until
// the transaction ends; it must run inside Atomically. It returns
// news.ErrNotFound when there is no such member.
func (db *DB) LockMember(ctx context.Context, id int64) error {
	return db.get(ctx, &id, `SELECT id FROM members WHERE id = ?`+db.dialect.lockRow, id)
}

// PutChallenge stores what a ceremony must remember. It returns
// news.ErrConflict when the token is in use.
func (db *DB) PutChallenge(ctx context.Context, c news.Challenge) error {
	_, err := db.exec(ctx, `INSERT INTO challenges (token_hash, kind, member_id, data, expires_at)
		VALUES (?, ?, ?, ?, ?)`, c.TokenHash, c.Kind, c.MemberID, c.Data, c.ExpiresAt)
	return err
}

// Challenge returns a challenge and leaves it there. It returns
// news.ErrNotFound when it is of another kind, spent, or has expired by then.
func (db *DB) Challenge(ctx context.Context, tokenHash []byte, kind string, at time.Time) (news.Challenge, error) {
	var c news.Challenge
	err := db.get(ctx, &c, `SELECT token_hash, kind, member_id, data, expires_at FROM challenges
		WHERE token_hash = ? AND kind = ? AND expires_at > ?`, tokenHash, kind, at)
	return c, err
}

// TakeChallenge is Challenge for the last time: of all who take it one
// succeeds.
func (db *DB) TakeChallenge(ctx context.Context, tokenHash []byte, kind string, at time.Time) (news.Challenge, error) {
	var c news.Challenge
	err := db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &c, `DELETE FROM challenges WHERE token_hash = ? AND kind = ? AND expires_at > ?
			RETURNING token_hash, kind, member_id, data, expires_at`, tokenHash, kind, at)
	})
	return c, err
}

// SweepChallenges removes the challenges that have expired, and says how many.
func (db *DB) SweepChallenges(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM challenges WHERE expires_at <= ?`, at)
}
