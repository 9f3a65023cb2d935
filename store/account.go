package store

import (
	"context"
	"strconv"
	"time"

	"broadsheet/internal/news"
)

// Administrators returns how many accounts have that role.
func (db *DB) Administrators(ctx context.Context) (int, error) {
	var n int
	err := db.get(ctx, &n, `SELECT COUNT(*) FROM members WHERE role = ? AND NOT former`, news.RoleAdministrator)
	return n, err
}

// spareAdministrator returns news.ErrConflict when the member is the last
// administrator: no other is there who is neither leaving nor suspended at
// that instant. The administrators stay as they are until the transaction
// ends, so that two who remove each other do not both pass; it must come
// before any other lock.
func (db *DB) spareAdministrator(ctx context.Context, id int64, at time.Time) error {
	var administrators []news.Member
	err := db.list(ctx, &administrators, selectMember+`AND role = ? ORDER BY id`+db.dialect.lockRow,
		news.RoleAdministrator)
	if err != nil {
		return err
	}
	is, others := false, 0
	for _, m := range administrators {
		switch {
		case m.ID == id:
			is = true
		case m.DeleteAt == nil && !m.Suspended(at):
			others++
		}
	}
	if is && others == 0 {
		return news.ErrConflict
	}
	return nil
}

// SetRole gives a member another role and ends all their sessions; with the
// role they have already nothing happens. It fills in the act's SubjectID,
// Kind, Before and After and records it. It returns news.ErrConflict when
// there would be no administrator left, and news.ErrNotFound when there is no
// such member.
func (db *DB) SetRole(ctx context.Context, id int64, role news.Role, act news.Act) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if role != news.RoleAdministrator {
			if err := tx.spareAdministrator(ctx, id, act.At); err != nil {
				return err
			}
		}
		m, err := tx.lockMember(ctx, id)
		if err != nil || m.Role == role {
			return err
		}
		if err := tx.setMember(ctx, id, `role = ?`, role); err != nil {
			return err
		}
		if _, err := tx.DeleteSessionsOf(ctx, id); err != nil {
			return err
		}
		act.SubjectID, act.Kind, act.Before, act.After = id, news.ActRole, string(m.Role), string(role)
		return tx.RecordAct(ctx, act)
	})
}

// Suspend keeps a member from writing until an instant, news.Forever for a
// ban, and records the act with SubjectID, Kind, Before, After and Reason
// filled in. Sessions stay: the member may read. It returns news.ErrConflict
// when there would be no administrator left, and news.ErrNotFound when there
// is no such member.
func (db *DB) Suspend(ctx context.Context, id int64, until time.Time, reason string, act news.Act) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if err := tx.spareAdministrator(ctx, id, act.At); err != nil {
			return err
		}
		act.Reason = reason
		return tx.suspend(ctx, id, &until, act, news.ActSuspend)
	})
}

// Unsuspend ends a suspension and records the act with SubjectID, Kind, Before
// and After filled in; without one nothing happens. It returns
// news.ErrNotFound when there is no such member.
func (db *DB) Unsuspend(ctx context.Context, id int64, act news.Act) error {
	return db.Atomically(ctx, func(tx *DB) error {
		return tx.suspend(ctx, id, nil, act, news.ActUnsuspend)
	})
}

func (db *DB) suspend(ctx context.Context, id int64, until *time.Time, act news.Act, kind news.ActKind) error {
	m, err := db.lockMember(ctx, id)
	if err != nil || until == nil && m.SuspendedUntil == nil {
		return err
	}
	reason := ""
	if until != nil {
		reason = act.Reason
	}
	if err := db.setMember(ctx, id, `suspended_until = ?, suspended_reason = ?`, until, reason); err != nil {
		return err
	}
	act.SubjectID, act.Kind = id, kind
	act.Before, act.After = instantText(m.SuspendedUntil), instantText(until)
	return db.RecordAct(ctx, act)
}

// instantText is a time in the words of an act.
func instantText(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// EndSessions ends all sessions of a member, says how many, and records the
// act with SubjectID, Kind, Before and After filled in. It returns
// news.ErrNotFound when there is no such member.
func (db *DB) EndSessions(ctx context.Context, id int64, act news.Act) (int, error) {
	n := 0
	err := db.Atomically(ctx, func(tx *DB) error {
		if _, err := tx.lockMember(ctx, id); err != nil {
			return err
		}
		var err error
		if n, err = tx.DeleteSessionsOf(ctx, id); err != nil {
			return err
		}
		act.SubjectID, act.Kind, act.Before, act.After = id, news.ActEndSessions, strconv.Itoa(n), "0"
		return tx.RecordAct(ctx, act)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}
