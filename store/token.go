package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// AddToken stores the right that stands in a mailed link; the member's older
// ones for that purpose are worth nothing from then on. It returns
// news.ErrNotFound when there is no such member, and news.ErrConflict when the
// hash is in use.
func (db *DB) AddToken(ctx context.Context, t news.Token) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if _, err := tx.lockMember(ctx, t.MemberID); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `DELETE FROM member_tokens WHERE member_id = ? AND purpose = ?`,
			t.MemberID, t.Purpose)
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `INSERT INTO member_tokens (hash, member_id, purpose, address, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?)`, t.Hash, t.MemberID, t.Purpose, t.Address, t.CreatedAt, t.ExpiresAt)
		return err
	})
}

// validToken is the one rule of what a token, in a query that calls it t, is
// still worth to its member m; validTokenArgs are its arguments.
const validToken = `t.hash = ? AND t.purpose = ? AND t.expires_at > ? AND NOT m.former
	AND t.address = CASE t.purpose WHEN 'change' THEN m.pending_email_key ELSE m.email_key END`

func validTokenArgs(hash []byte, purpose news.TokenPurpose, at time.Time) []any {
	return []any{hash, purpose, at}
}

// Token returns a token and whose it is, and leaves it good for SpendToken. It
// returns news.ErrNotFound when it is unknown or spent, has expired by then,
// is for another purpose, or was sent to an address that is no longer the
// member's, or for news.TokenChange no longer the one they want.
func (db *DB) Token(ctx context.Context, hash []byte, purpose news.TokenPurpose, at time.Time) (news.Token, news.Member, error) {
	var row struct {
		Token  news.Token
		Member news.Member
	}
	err := db.get(ctx, &row, `SELECT `+columnsOf("t", "token", tokenColumns)+`, `+columnsOf("m", "member", memberColumns)+`
		FROM member_tokens t JOIN members m ON m.id = t.member_id
		WHERE `+validToken, validTokenArgs(hash, purpose, at)...)
	if err != nil {
		return news.Token{}, news.Member{}, err
	}
	return row.Token, row.Member, nil
}

var tokenColumns = []string{"hash", "member_id", "purpose", "address", "created_at", "expires_at"}

// SpendToken returns what Token returns, with the same errors, and makes the
// token worthless: of many at once exactly one succeeds.
func (db *DB) SpendToken(ctx context.Context, hash []byte, purpose news.TokenPurpose, at time.Time) (news.Token, news.Member, error) {
	var token news.Token
	var member news.Member
	err := db.Atomically(ctx, func(tx *DB) error {
		// The member first, as everywhere, lest two wait for each other.
		var err error
		member, err = tx.member(ctx, `AND id = (SELECT member_id FROM member_tokens WHERE hash = ?)`+
			tx.dialect.lockRow, hash)
		if err != nil {
			return err
		}
		return tx.get(ctx, &token, `DELETE FROM member_tokens WHERE hash = (
				SELECT t.hash FROM member_tokens t JOIN members m ON m.id = t.member_id WHERE `+validToken+`)
			RETURNING hash, member_id, purpose, address, created_at, expires_at`,
			validTokenArgs(hash, purpose, at)...)
	})
	if err != nil {
		return news.Token{}, news.Member{}, err
	}
	return token, member, nil
}

// SweepTokens removes the tokens that have expired, and says how many. Those
// that were spent are gone already.
func (db *DB) SweepTokens(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM member_tokens WHERE expires_at <= ?`, at)
}
