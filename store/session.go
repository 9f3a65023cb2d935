package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// CreateSession stores a session. It returns news.ErrConflict when the token
// is in use.
func (db *DB) CreateSession(ctx context.Context, s news.Session) error {
	_, err := db.exec(ctx, `INSERT INTO sessions (token_hash, member_id, created_at, seen_at, expires_at)
		VALUES (?, ?, ?, ?, ?)`, s.TokenHash, s.MemberID, s.CreatedAt, s.SeenAt, s.ExpiresAt)
	return err
}

// SessionMember returns a session and whose it is. It returns
// news.ErrNotFound when it is unknown, has expired by then, or was idle for
// longer than news.SessionIdle.
func (db *DB) SessionMember(ctx context.Context, tokenHash []byte, at time.Time) (news.Session, news.Member, error) {
	var row struct {
		Session news.Session
		Member  news.Member
	}
	err := db.get(ctx, &row, `SELECT
			s.token_hash AS "session.token_hash", s.member_id AS "session.member_id",
			s.created_at AS "session.created_at", s.seen_at AS "session.seen_at",
			s.expires_at AS "session.expires_at",
			m.id AS "member.id", m.email AS "member.email", m.email_key AS "member.email_key",
			m.name AS "member.name", m.name_key AS "member.name_key", m.handle AS "member.handle",
			m.password_hash AS "member.password_hash", m.role AS "member.role",
			m.created_at AS "member.created_at"
		FROM sessions s JOIN members m ON m.id = s.member_id
		WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at >= ?`,
		tokenHash, at, at.Add(-news.SessionIdle))
	return row.Session, row.Member, err
}

// TouchSession notes that a session was used. An unknown session is no error:
// it may have ended since the request began.
func (db *DB) TouchSession(ctx context.Context, tokenHash []byte, at time.Time) error {
	_, err := db.exec(ctx, `UPDATE sessions SET seen_at = ? WHERE token_hash = ? AND seen_at < ?`,
		at, tokenHash, at)
	return err
}

// DeleteSession ends a session; one that is not there has ended.
func (db *DB) DeleteSession(ctx context.Context, tokenHash []byte) error {
	_, err := db.exec(ctx, `DELETE FROM sessions WHERE token_hash = ?`, tokenHash)
	return err
}

// DeleteSessionsOf ends all sessions of a member and says how many there were.
func (db *DB) DeleteSessionsOf(ctx context.Context, memberID int64) (int, error) {
	return db.exec(ctx, `DELETE FROM sessions WHERE member_id = ?`, memberID)
}

// SweepSessions removes the sessions that SessionMember would not return any
// more, and says how many.
func (db *DB) SweepSessions(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM sessions WHERE expires_at <= ? OR seen_at < ?`,
		at, at.Add(-news.SessionIdle))
}
