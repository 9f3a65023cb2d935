package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

// A notification is a notice to be written.
type notification struct {
	MemberID  int64
	Kind      news.NoticeKind
	At        time.Time // from when on it is there
	CommentID *int64
	ActorID   *int64
	BatchID   *int64 // what it was decided in, so that undoing finds it
	Words     string
}

// always says whether a notice is mailed whatever its member chose.
func always(k news.NoticeKind) bool { return k == news.NoticeSuspended || k == news.NoticeWarned }

// notify writes a notice, to be mailed as its member has chosen by now. For a
// member who is gone it does nothing.
func (db *DB) notify(ctx context.Context, n notification) error {
	var choice news.NoticeMail
	err := db.get(ctx, &choice, `SELECT notice_mail FROM members WHERE id = ? AND NOT former`, n.MemberID)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	mail := "none"
	switch {
	case always(n.Kind):
		mail = "each"
	case choice != news.NoticeMailOff:
		mail = string(choice)
	}
	_, err = db.exec(ctx, `INSERT INTO notices (member_id, kind, at, comment_id, actor_id, batch_id, words, mail)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, n.MemberID, n.Kind, n.At, n.CommentID, n.ActorID, n.BatchID, n.Words, mail)
	return err
}

// noticeReply tells whoever c answers that it is there, from an instant on. It
// does nothing unless c is visible and answers a visible comment of somebody
// else who has not muted its author, and when it was told before.
func (db *DB) noticeReply(ctx context.Context, c *news.Comment, at time.Time) error {
	return db.noticeReplyIn(ctx, c, at, nil)
}

// noticeReplyIn is noticeReply for a decision of moderators: what belongs to a
// batch goes with it when it is taken back.
func (db *DB) noticeReplyIn(ctx context.Context, c *news.Comment, at time.Time, batch *int64) error {
	if c.ParentID == nil || c.State != news.CommentVisible {
		return nil
	}
	var to int64
	err := db.get(ctx, &to, `SELECT p.member_id FROM comments p
		WHERE p.id = ? AND p.member_id <> ? AND p.state = 'visible'
			AND NOT EXISTS (SELECT 1 FROM mutes x WHERE x.member_id = p.member_id AND x.muted_id = ?)
			AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.comment_id = ? AND n.kind = 'reply')`,
		*c.ParentID, c.MemberID, c.MemberID, c.ID)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return db.notify(ctx, notification{MemberID: to, Kind: news.NoticeReply, At: at, CommentID: &c.ID, ActorID: &c.MemberID, BatchID: batch})
}

// there is which notices n, with their comments c, there are at an instant:
// an answer that cannot be read is no news.
const there = `n.at <= ? AND (n.kind <> 'reply' OR c.state = 'visible')`

// noticesFrom joins what is told of notices n.
const noticesFrom = ` FROM notices n LEFT JOIN comments c ON c.id = n.comment_id `

// notices begins a query for notices; what follows is its WHERE. Of a comment
// that cannot be read any more nothing is told.
func notices(v news.Viewpoint) *sqlText {
	q := new(sqlText).add(`SELECT n.id, n.member_id, n.kind, n.at, n.comment_id, n.words, n.read_at, COALESCE(x.name, '') AS actor_name,
		CASE WHEN`).add(visible, visibleArgs(v)...).add(`THEN a.headline ELSE '' END AS headline,
		CASE WHEN`).add(visible, visibleArgs(v)...).add(`
			AND (c.state = 'visible' OR c.member_id = n.member_id AND c.state <> 'deleted') THEN c.body ELSE '' END AS body`)
	return q.add(noticesFrom + `LEFT JOIN articles a ON a.id = c.article_id LEFT JOIN members x ON x.id = n.actor_id`)
}

// Notices returns a page of the reader's notices that are there at v.At, newest
// first, how many there are, and how many are unread. A limit of 0 means
// news.PageSize.
func (db *DB) Notices(ctx context.Context, v news.Viewpoint, limit, offset int) (list []news.Notice, total, unread int, err error) {
	var n struct{ Total, Unread int }
	err = db.get(ctx, &n, `SELECT COUNT(*) AS total, COALESCE(SUM(CASE WHEN n.read_at IS NULL THEN 1 ELSE 0 END), 0) AS unread`+
		noticesFrom+`WHERE n.member_id = ? AND `+there, v.Reader.MemberID, v.At)
	if err != nil || n.Total == 0 {
		return nil, 0, 0, err
	}
	if limit <= 0 {
		limit = news.PageSize
	}
	err = db.listText(ctx, &list, notices(v).add(`WHERE n.member_id = ? AND `+there, v.Reader.MemberID, v.At).
		add(`ORDER BY n.at DESC, n.id DESC LIMIT ? OFFSET ?`, limit, max(0, offset)))
	return list, n.Total, n.Unread, err
}

// UnreadMax is up to where unread notices are counted.
const UnreadMax = 100

// UnreadNotices returns how many of the reader's notices are unread, counted
// up to UnreadMax.
func (db *DB) UnreadNotices(ctx context.Context, v news.Viewpoint) (int, error) {
	var n int
	err := db.get(ctx, &n, `SELECT COUNT(*) FROM (SELECT n.id`+noticesFrom+
		`WHERE n.member_id = ? AND n.read_at IS NULL AND `+there+` LIMIT ?) counted`, v.Reader.MemberID, v.At, UnreadMax)
	return n, err
}

// ReadNotices marks the reader's notices up to the one with that id as read:
// those that are there. What has been read is left out of the daily mail.
func (db *DB) ReadNotices(ctx context.Context, v news.Viewpoint, upTo int64) error {
	_, err := db.exec(ctx, `UPDATE notices SET read_at = ?, mail = CASE WHEN mail = 'daily' THEN 'none' ELSE mail END
		WHERE member_id = ? AND read_at IS NULL AND at <= ? AND id <= ?`, v.At, v.Reader.MemberID, v.At, upTo)
	return err
}

// noticePause is how long nothing is mailed to who is mailed once a day.
const noticePause = 20 * time.Hour

// ClaimNotices takes what is to be mailed to one member now, and marks it
// mailed: one notice of a member who chose each (or one that is mailed in any
// case), or with daily all of a member who chose daily and was not mailed so
// within 20 hours. It returns news.ErrNotFound when nothing is due. It must
// run inside Atomically together with QueueMail; nodes claim side by side
// without getting the same.
func (db *DB) ClaimNotices(ctx context.Context, at time.Time, daily bool) (m news.Member, list []news.Notice, err error) {
	err = db.Atomically(ctx, func(tx *DB) error {
		for {
			claim := tx.claimEach
			if daily {
				claim = tx.claimDaily
			}
			if m, list, err = claim(ctx, at); err != nil || len(list) > 0 {
				return err
			}
		}
	})
	if err != nil {
		return news.Member{}, nil, err
	}
	return m, list, nil
}

// claimEach claims the notice that is due first; list is empty when it turns
// out that nothing is to be said of it any more.
func (db *DB) claimEach(ctx context.Context, at time.Time) (m news.Member, list []news.Notice, err error) {
	var first struct{ ID, MemberID int64 }
	err = db.get(ctx, &first, `SELECT id, member_id FROM notices WHERE mail = 'each' AND at <= ? ORDER BY at, id LIMIT 1`+
		db.dialect.lockFree, at)
	if err != nil {
		return m, nil, err
	}
	if m, err = db.MemberByID(ctx, first.MemberID); err != nil && !errors.Is(err, news.ErrNotFound) {
		return m, nil, err
	}
	if err == nil {
		err = db.listText(ctx, &list, notices(news.Now(at)).add(`WHERE n.id = ? AND `+there, first.ID, at))
		if err != nil {
			return m, nil, err
		}
	}
	if len(list) > 0 && m.NoticeMail != news.NoticeMailEach && !always(list[0].Kind) {
		list = nil // they changed their mind as it was written
	}
	mail := "none"
	if len(list) > 0 {
		mail = "sent"
	}
	_, err = db.exec(ctx, `UPDATE notices SET mail = ? WHERE id = ?`, mail, first.ID)
	return m, list, err
}

// claimDaily claims what waits for the member with the lowest number; list is
// empty when another node was faster or nothing is to be said any more. The
// lock on the member, not on the notices, keeps nodes from sharing one out.
func (db *DB) claimDaily(ctx context.Context, at time.Time) (m news.Member, list []news.Notice, err error) {
	err = db.get(ctx, &m, selectMember+`AND notice_mail = 'daily'
			AND id IN (SELECT d.member_id FROM notices d WHERE d.mail = 'daily' AND d.at <= ?)
			AND NOT EXISTS (SELECT 1 FROM notices s WHERE s.member_id = members.id AND s.mailed_at > ?)
		ORDER BY id LIMIT 1`+db.dialect.lockFree, at, at.Add(-noticePause))
	if err != nil {
		return m, nil, err
	}
	// Another node may have mailed them between the look and the lock.
	var mailed bool
	err = db.get(ctx, &mailed, `SELECT EXISTS (SELECT 1 FROM notices WHERE member_id = ? AND mailed_at > ?)`, m.ID, at.Add(-noticePause))
	if err != nil || mailed {
		return m, nil, err
	}
	err = db.listText(ctx, &list, notices(news.Now(at)).add(`WHERE n.member_id = ? AND n.mail = 'daily' AND `+there+`
		ORDER BY n.at, n.id`, m.ID, at))
	if err != nil {
		return m, nil, err
	}
	set, args := `mail = 'none'`, []any{m.ID, at}
	if len(list) > 0 {
		set, args = `mail = 'sent', mailed_at = ?`, []any{at, m.ID, at}
	}
	_, err = db.exec(ctx, `UPDATE notices SET `+set+` WHERE member_id = ? AND mail = 'daily' AND at <= ?`, args...)
	return m, list, err
}

// SweepNotices removes notices older than news.NoticesKept, and says how many.
func (db *DB) SweepNotices(ctx context.Context, at time.Time) (int, error) {
	return db.exec(ctx, `DELETE FROM notices WHERE at <= ?`, at.Add(-news.NoticesKept))
}
