package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
)

var sessionColumns = []string{"id", "token_hash", "member_id", "created_at", "seen_at", "expires_at",
	"device", "network", "second"}

// CreateSession stores a session; its ID is given to it. It returns
// news.ErrConflict when the token is in use.
func (db *DB) CreateSession(ctx context.Context, s news.Session) error {
	_, err := db.exec(ctx, `INSERT INTO sessions (token_hash, member_id, created_at, seen_at, expires_at,
			device, network, second)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, s.TokenHash, s.MemberID, s.CreatedAt, s.SeenAt, s.ExpiresAt,
		s.Device, s.Network, s.Second)
	return err
}

// live reports whether a session of somebody with that role is good at an
// instant. SweepSessions says the same in SQL.
func live(s *news.Session, role news.Role, at time.Time) bool {
	if !s.ExpiresAt.After(at) || s.SeenAt.Before(at.Add(-news.SessionIdle)) {
		return false
	}
	return !role.Staff() || s.CreatedAt.After(at.Add(-news.StaffSessionLifetime)) &&
		!s.SeenAt.Before(at.Add(-news.StaffSessionIdle))
}

// SessionMember returns a session and whose it is. It returns
// news.ErrNotFound when it is unknown, has expired by then, or was idle for
// longer than news.SessionIdle; the newsroom's end after
// news.StaffSessionLifetime, and after news.StaffSessionIdle without use.
func (db *DB) SessionMember(ctx context.Context, tokenHash []byte, at time.Time) (news.Session, news.Member, error) {
	var row struct {
		Session news.Session
		Member  news.Member
	}
	err := db.get(ctx, &row, `SELECT `+columnsOf("s", "session", sessionColumns)+`, `+
		columnsOf("m", "member", memberColumns)+`
		FROM sessions s JOIN members m ON m.id = s.member_id
		WHERE s.token_hash = ? AND NOT m.former`, tokenHash)
	if err == nil && !live(&row.Session, row.Member.Role, news.Instant(at)) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Session{}, news.Member{}, err
	}
	return row.Session, row.Member, nil
}

// Sessions returns the sessions of a member that are good at an instant, the
// last used first.
func (db *DB) Sessions(ctx context.Context, memberID int64, at time.Time) ([]news.Session, error) {
	m, err := db.MemberByID(ctx, memberID)
	if err != nil {
		if errors.Is(err, news.ErrNotFound) {
			err = nil
		}
		return nil, err
	}
	var sessions []news.Session
	err = db.list(ctx, &sessions, `SELECT `+strings.Join(sessionColumns, ", ")+` FROM sessions
		WHERE member_id = ? ORDER BY seen_at DESC, id DESC`, memberID)
	at = news.Instant(at)
	return slices.DeleteFunc(sessions, func(s news.Session) bool { return !live(&s, m.Role, at) }), err
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

// DeleteSessionByID ends one session of a member. It returns news.ErrNotFound
// when there is none with that ID or it is another member's.
func (db *DB) DeleteSessionByID(ctx context.Context, memberID, sessionID int64) error {
	return one(db.exec(ctx, `DELETE FROM sessions WHERE id = ? AND member_id = ?`, sessionID, memberID))
}

// DeleteOtherSessions ends all sessions of a member but the one with that
// token, and says how many.
func (db *DB) DeleteOtherSessions(ctx context.Context, memberID int64, keep []byte) (int, error) {
	if keep == nil {
		keep = []byte{} // a missing value differs from nothing, not even from a hash
	}
	return db.exec(ctx, `DELETE FROM sessions WHERE member_id = ? AND token_hash <> ?`, memberID, keep)
}

// DeleteSessionsOf ends all sessions of a member and says how many there were.
func (db *DB) DeleteSessionsOf(ctx context.Context, memberID int64) (int, error) {
	return db.exec(ctx, `DELETE FROM sessions WHERE member_id = ?`, memberID)
}

// SweepSessions removes the sessions that SessionMember would not return any
// more, and says how many.
func (db *DB) SweepSessions(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM sessions WHERE expires_at <= ? OR seen_at < ?
			OR (seen_at < ? OR created_at <= ?)
				AND member_id IN (SELECT id FROM members WHERE role IN (`+staffRoles+`))`,
		at, at.Add(-news.SessionIdle), at.Add(-news.StaffSessionIdle), at.Add(-news.StaffSessionLifetime))
}

// staffRoles are the newsroom's roles as a list in SQL.
var staffRoles = func() string {
	var roles []string
	for _, role := range news.Roles {
		if role.Staff() {
			roles = append(roles, "'"+string(role)+"'")
		}
	}
	return strings.Join(roles, ", ")
}()
