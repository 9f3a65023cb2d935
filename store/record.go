package store

import (
	"context"
	"slices"
	"strconv"

	"broadsheet/internal/news"
)

// RecordAct adds to the record of what was done by whom to members, comments,
// threads and rules. Nothing in it can be changed or removed. It sets no ID.
func (db *DB) RecordAct(ctx context.Context, act news.Act) error {
	return db.Atomically(ctx, func(tx *DB) error {
		_, err := tx.addAct(ctx, act)
		return err
	})
}

// addAct is RecordAct and returns the number of the entry.
func (db *DB) addAct(ctx context.Context, act news.Act) (id int64, err error) {
	err = db.get(ctx, &id, `INSERT INTO acts (at, actor_id, subject_id, comment_id, article_id, kind, before, after, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		act.At, act.ActorID, act.SubjectID, act.CommentID, act.ArticleID, act.Kind, act.Before, act.After, act.Reason)
	return id, err
}

// Acts returns what was done to a member and to what they wrote, newest first.
func (db *DB) Acts(ctx context.Context, subjectID int64) ([]news.Act, error) {
	var acts []news.Act
	err := db.list(ctx, &acts, `SELECT id, at, actor_id, subject_id, comment_id, article_id, kind, before, after, reason
		FROM acts WHERE subject_id = ? ORDER BY at DESC, id DESC`, subjectID)
	return acts, err
}

// A RecordFilter selects entries of the record; zero fields do not restrict.
type RecordFilter struct {
	CommentID int64
	ArticleID int64
	MemberID  int64 // done to or by them
	ActorID   int64
	Kinds     []news.ActKind
	Limit     int // 0 means news.PageSize
	Offset    int
}

// Record returns the acts that a filter selects, newest first, with names, and
// whether there are more.
func (db *DB) Record(ctx context.Context, f RecordFilter) (entries []news.ActEntry, more bool, err error) {
	limit, offset := f.Limit, max(0, f.Offset)
	if limit <= 0 {
		limit = news.PageSize
	}
	// What was done to somebody and what was done by them stand in two indexes:
	// each gives its newest.
	q := new(sqlText).add(`SELECT e.*, COALESCE(x.name, '') AS actor_name, COALESCE(s.name, '') AS subject_name,
			COALESCE(r.headline, '') AS headline,
			EXISTS (SELECT 1 FROM acts u WHERE u.kind = 'undo' AND u.before = CAST(e.id AS TEXT)) AS undone
		FROM (`)
	parts := []string{``}
	if f.MemberID != 0 {
		parts = []string{`AND a.subject_id = ?`, `AND a.actor_id = ? AND a.subject_id <> ?`}
	}
	for i, part := range parts {
		if i > 0 {
			q.add(`UNION ALL`)
		}
		q.add(`SELECT * FROM (SELECT a.id, a.at, a.actor_id, a.subject_id, a.comment_id, a.article_id, a.kind, a.before,
				a.after, a.reason FROM acts a WHERE 1 = 1`)
		switch {
		case f.MemberID != 0 && i == 0:
			q.add(part, f.MemberID)
		case f.MemberID != 0:
			q.add(part, f.MemberID, f.MemberID)
		}
		if f.CommentID != 0 {
			q.add(`AND a.comment_id = ?`, f.CommentID)
		}
		if f.ArticleID != 0 {
			q.add(`AND a.article_id = ?`, f.ArticleID)
		}
		if f.ActorID != 0 {
			q.add(`AND a.actor_id = ?`, f.ActorID)
		}
		if len(f.Kinds) > 0 {
			q.add(`AND a.kind IN (`)
			for j, kind := range f.Kinds {
				if j > 0 {
					q.add(`,`)
				}
				q.add(`?`, kind)
			}
			q.add(`)`)
		}
		q.add(`ORDER BY a.at DESC, a.id DESC LIMIT ?) part`, offset+limit+1)
	}
	q.add(`) e LEFT JOIN members x ON x.id = e.actor_id LEFT JOIN members s ON s.id = e.subject_id
			LEFT JOIN articles r ON r.id = e.article_id
		ORDER BY e.at DESC, e.id DESC LIMIT ? OFFSET ?`, limit+1, offset)
	if err := db.listText(ctx, &entries, q); err != nil {
		return nil, false, err
	}
	if len(entries) > limit {
		return entries[:limit], true, nil
	}
	return entries, false, nil
}

// lastActs returns the latest act about each of these comments, with names.
func (db *DB) lastActs(ctx context.Context, comments []int64) (map[int64]news.ActEntry, error) {
	last := make(map[int64]news.ActEntry, len(comments))
	if len(comments) == 0 {
		return last, nil
	}
	var entries []news.ActEntry
	err := db.listText(ctx, &entries, new(sqlText).add(`SELECT a.id, a.at, a.actor_id, a.subject_id, a.comment_id, a.article_id,
			a.kind, a.before, a.after, a.reason, COALESCE(x.name, '') AS actor_name
		FROM acts a LEFT JOIN members x ON x.id = a.actor_id`).addIDs(`WHERE a.comment_id IS NOT NULL AND a.comment_id IN`, comments).
		add(`ORDER BY a.at, a.id`))
	for _, e := range entries {
		last[*e.CommentID] = e
	}
	return last, err
}

// idsText is a list of numbers in the words of an act, ascending.
func idsText(ids []int64) string {
	text := ""
	for i, id := range slices.Sorted(slices.Values(ids)) {
		if i > 0 {
			text += ","
		}
		text += strconv.FormatInt(id, 10)
	}
	return text
}
