package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// KeepComment puts away what a reader without a session wrote; an empty Kind
// becomes news.KeptNew. It returns news.ErrConflict when the token is in use.
func (db *DB) KeepComment(ctx context.Context, k news.KeptComment) error {
	if k.Kind == "" {
		k.Kind = news.KeptNew
	}
	_, err := db.exec(ctx, `INSERT INTO kept_comments (token_hash, kind, article_id, parent_id, target_id, body,
			reason, reading_order, page, version, member_id, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, k.TokenHash, k.Kind, k.ArticleID, k.ParentID, k.TargetID, k.Body,
		k.Reason, reading(k.Order), k.Page, k.Version, k.MemberID, k.CreatedAt, k.ExpiresAt)
	return err
}

// KeptComment returns what was put away. It returns news.ErrNotFound when it
// has expired by then, or when another member has claimed it; memberID is 0
// for a reader without a session.
func (db *DB) KeptComment(ctx context.Context, tokenHash []byte, at time.Time, memberID int64) (news.KeptComment, error) {
	var k news.KeptComment
	err := db.get(ctx, &k, `SELECT token_hash, kind, article_id, parent_id, target_id, body, reason,
			reading_order AS "order", page, version, member_id, created_at, expires_at
		FROM kept_comments
		WHERE token_hash = ? AND expires_at > ? AND (member_id IS NULL OR member_id = ?)`,
		tokenHash, at, memberID)
	return k, err
}

// ClaimKept makes a kept comment a member's own. It returns news.ErrNotFound
// when there is none or it is another member's.
func (db *DB) ClaimKept(ctx context.Context, tokenHash []byte, memberID int64) error {
	return one(db.exec(ctx, `UPDATE kept_comments SET member_id = ?
		WHERE token_hash = ? AND (member_id IS NULL OR member_id = ?)`, memberID, tokenHash, memberID))
}

// DropKept removes a kept comment, if it is there.
func (db *DB) DropKept(ctx context.Context, tokenHash []byte) error {
	_, err := db.exec(ctx, `DELETE FROM kept_comments WHERE token_hash = ?`, tokenHash)
	return err
}

// SweepKept removes the kept comments that have expired, and says how many.
func (db *DB) SweepKept(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM kept_comments WHERE expires_at <= ?`, at)
}
