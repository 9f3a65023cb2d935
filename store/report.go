package store

import (
	"context"
	"errors"

	"broadsheet/internal/news"
)

// ReportComment stores a report by r.MemberID at r.CreatedAt and sets its ID.
// created is false when they reported that comment before; then r becomes what
// they reported. It returns news.ErrNotFound for a comment that is not visible
// to them, news.ErrOwn for their own, and news.ErrUnconfirmed, a
// *news.SuspendedError and a *news.WarnedError when they may not write. The
// reporter is r.MemberID; the reader of v is looked at for nothing else.
func (db *DB) ReportComment(ctx context.Context, v news.Viewpoint, r *news.Report) (created bool, err error) {
	row := *r
	if row.MemberID == nil {
		return false, news.ErrNotFound
	}
	v.Reader.MemberID = *row.MemberID
	err = db.Atomically(ctx, func(tx *DB) error {
		if err := tx.lockWriter(ctx, v.Reader.MemberID, v.At); err != nil {
			return err
		}
		if _, err := tx.lockOther(ctx, v, row.CommentID); err != nil {
			return err
		}
		row.ClosedAt = nil
		err := tx.get(ctx, &row.ID, `INSERT INTO reports (comment_id, member_id, reason, words, created_at)
			VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
			row.CommentID, row.MemberID, row.Reason, row.Words, row.CreatedAt)
		if errors.Is(err, news.ErrNotFound) {
			return tx.get(ctx, &row, `SELECT id, comment_id, member_id, reason, words, created_at, closed_at
				FROM reports WHERE comment_id = ? AND member_id = ?`, row.CommentID, row.MemberID)
		}
		if err != nil {
			return err
		}
		created = true
		_, err = tx.exec(ctx, `UPDATE comments SET reports = reports + 1, reported_at = COALESCE(reported_at, ?)
			WHERE id = ?`, row.CreatedAt, row.CommentID)
		return err
	})
	if err != nil {
		return false, err
	}
	*r = row
	return created, nil
}
