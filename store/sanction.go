package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"broadsheet/internal/news"
)

// undoMember is what a member was before a decision, and what they became.
type undoMember struct {
	MemberID int64
	Act      int64
	Warning  int64 `json:",omitempty"`
	Was, To  memberBars
}

// memberBars are what moderators can set about a member.
type memberBars struct {
	SuspendedUntil  *time.Time `json:",omitempty"`
	SuspendedReason string     `json:",omitempty"`
	HoldComments    bool       `json:",omitempty"`
}

func barsOf(m *news.Member) memberBars {
	return memberBars{m.SuspendedUntil, m.SuspendedReason, m.HoldComments}
}

// DecideMember warns, notes, suspends, lifts, or holds what a member writes
// (kind), as a batch that can be undone; until is for ActSuspend. What the
// member is told appears after news.UndoFor, and so does a warning, but a
// suspension is in force at once. It returns news.ErrForbidden when the actor
// may not moderate, for oneself and for higher ranks, news.ErrNotFound, and
// news.ErrConflict for the last administrator.
func (db *DB) DecideMember(ctx context.Context, actor news.Member, memberID int64, kind news.ActKind, reason string, until time.Time, at time.Time) (news.Batch, error) {
	var b news.Batch
	err := db.Atomically(ctx, func(tx *DB) error {
		var err error
		b, err = tx.decideMember(ctx, actor, memberID, kind, reason, until, at)
		return err
	})
	if err != nil {
		return news.Batch{}, err
	}
	return b, nil
}

func (db *DB) decideMember(ctx context.Context, actor news.Member, memberID int64, kind news.ActKind, reason string, until, at time.Time) (b news.Batch, err error) {
	if err := mayModerate(&actor, at); err != nil {
		return b, err
	}
	if memberID == actor.ID {
		return b, news.ErrForbidden
	}
	if kind == news.ActSuspend {
		if err := db.spareAdministrator(ctx, memberID, at); err != nil {
			return b, err
		}
	}
	m, err := db.lockMember(ctx, memberID)
	if err != nil {
		return b, err
	}
	if m.Role.Rank() > actor.Role.Rank() {
		return b, news.ErrForbidden
	}
	u := undoMember{MemberID: m.ID, Was: barsOf(&m), To: barsOf(&m)}
	act := news.Act{At: at, ActorID: &actor.ID, SubjectID: m.ID, Kind: kind, Reason: reason}
	var notice news.NoticeKind
	told := at.Add(news.UndoFor)
	switch kind {
	case news.ActWarn:
		notice = news.NoticeWarned
	case news.ActNote:
	case news.ActSuspend:
		until = news.Instant(until)
		u.To.SuspendedUntil, u.To.SuspendedReason, notice = &until, reason, news.NoticeSuspended
		act.Before, act.After = instantText(m.SuspendedUntil), instantText(&until)
	case news.ActUnsuspend:
		if m.SuspendedUntil != nil {
			notice = news.NoticeUnsuspended
		}
		u.To.SuspendedUntil, u.To.SuspendedReason = nil, ""
		act.Before = instantText(m.SuspendedUntil)
	case news.ActHoldMember, news.ActFreeMember:
		u.To.HoldComments = kind == news.ActHoldMember
		act.Before, act.After = heldText(u.Was.HoldComments), heldText(u.To.HoldComments)
	default:
		return b, fmt.Errorf("store: decision %q: %w", kind, news.ErrForbidden)
	}
	if b, err = db.openBatch(ctx, actor, kind, 1, at); err != nil {
		return b, err
	}
	if kind == news.ActWarn {
		err := db.get(ctx, &u.Warning, `INSERT INTO warnings (member_id, reason, at) VALUES (?, ?, ?) RETURNING id`, m.ID, reason, told)
		if err != nil {
			return b, err
		}
	}
	if err := db.setBars(ctx, m.ID, u.To); err != nil {
		return b, err
	}
	if u.Act, err = db.addAct(ctx, act); err != nil {
		return b, err
	}
	if notice != "" {
		if err := db.notify(ctx, notification{MemberID: m.ID, Kind: notice, At: told, BatchID: &b.ID, Words: reason}); err != nil {
			return b, err
		}
	}
	return b, db.keepUndo(ctx, b.ID, undo{Member: &u})
}

func heldText(held bool) string {
	if held {
		return "held"
	}
	return ""
}

func (db *DB) setBars(ctx context.Context, id int64, to memberBars) error {
	return db.setMember(ctx, id, `suspended_until = ?, suspended_reason = ?, hold_comments = ?`,
		to.SuspendedUntil, to.SuspendedReason, to.HoldComments)
}

func (db *DB) undoMember(ctx context.Context, b *news.Batch, u *undoMember, at time.Time) error {
	if b.Kind == news.ActUnsuspend && u.Was.SuspendedUntil != nil {
		if err := db.spareAdministrator(ctx, u.MemberID, at); err != nil {
			return err
		}
	}
	m, err := db.lockMember(ctx, u.MemberID)
	if err != nil {
		return err
	}
	bars := barsOf(&m)
	var same []news.ActKind
	switch b.Kind {
	case news.ActSuspend, news.ActUnsuspend:
		same = []news.ActKind{news.ActSuspend, news.ActUnsuspend}
		bars.SuspendedUntil, bars.SuspendedReason = u.Was.SuspendedUntil, u.Was.SuspendedReason
	case news.ActHoldMember, news.ActFreeMember:
		same = []news.ActKind{news.ActHoldMember, news.ActFreeMember}
		bars.HoldComments = u.Was.HoldComments
	}
	if err := db.decidedSince(ctx, u.Act, same, `subject_id = ? AND comment_id IS NULL`, m.ID); err != nil {
		return err
	}
	if err := db.setBars(ctx, m.ID, bars); err != nil {
		return err
	}
	if u.Warning != 0 {
		if _, err := db.exec(ctx, `DELETE FROM warnings WHERE id = ?`, u.Warning); err != nil {
			return err
		}
	}
	return db.RecordAct(ctx, news.Act{At: at, ActorID: &b.ActorID, SubjectID: m.ID, Kind: news.ActUndo,
		Before: strconv.FormatInt(u.Act, 10)})
}

// decidedSince returns news.ErrUndoOver when somebody has done one of those
// things since an act.
func (db *DB) decidedSince(ctx context.Context, act int64, kinds []news.ActKind, where string, arg any) error {
	for _, kind := range kinds {
		var since bool
		err := db.get(ctx, &since, `SELECT EXISTS (SELECT 1 FROM acts WHERE `+where+` AND kind = ? AND id > ?)`, arg, kind, act)
		if err != nil {
			return err
		}
		if since {
			return news.ErrUndoOver
		}
	}
	return nil
}
