package store

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// conductMax is up to where a member's comments are counted: no rule asks
// whether there are more.
const conductMax = 1000

// conductColumns appends what is counted of a member, bounded and from indexes
// alone: what they wrote after span and after day, and with before as well
// before that; all are expressions, and args what they take.
func (q *sqlText) conductColumns(member, span, day, before string, args ...any) *sqlText {
	for _, n := range []struct{ where, since, as string }{
		{` AND x.state = 'visible'`, span, "accepted"}, {` AND x.state = 'removed'`, span, "removed"}, {``, day, "last_day"},
	} {
		q.add(`(SELECT COUNT(*) FROM (SELECT 1 FROM comments x WHERE x.member_id = ` + member + n.where + ` AND x.created_at > ` + n.since)
		if strings.Contains(n.since, "?") {
			q.args = append(q.args, args[0])
			args = args[1:]
		}
		if before != "" {
			q.add(`AND x.created_at < ` + before)
		}
		q.add(`LIMIT ?) part) AS `+n.as, conductMax)
		if n.as != "last_day" {
			q.add(`,`)
		}
	}
	return q
}

// A conduct is a member with what is counted of them.
type conduct struct {
	ID           int64
	Role         news.Role
	HoldComments bool
	CreatedAt    time.Time
	Accepted     int
	Removed      int
	LastDay      int
}

func (c *conduct) standing() news.Standing {
	return news.Standing{Staff: c.Role.Staff() || c.Role.May(news.ActModerate), Accepted: c.Accepted, Removed: c.Removed,
		LastDay: c.LastDay, MemberHeld: c.HoldComments}
}

// conducts returns what is counted of members at an instant.
func (db *DB) conducts(ctx context.Context, members []int64, at time.Time) (map[int64]*conduct, error) {
	if len(members) == 0 {
		return nil, nil
	}
	var rows []conduct
	span := at.Add(-news.TrustSpan)
	err := db.listText(ctx, &rows, new(sqlText).add(`SELECT m.id, m.role, m.hold_comments, m.created_at,`).
		conductColumns("m.id", "?", "?", "", span, span, at.Add(-24*time.Hour)).
		addIDs(`FROM members m WHERE m.id IN`, members))
	return byID(rows, func(c *conduct) int64 { return c.ID }), err
}

// Standing counts what there is to know of a member who writes under an
// article at that instant. It returns news.ErrNotFound when there is no such
// member or article.
func (db *DB) Standing(ctx context.Context, memberID, articleID int64, at time.Time) (news.Standing, error) {
	found, err := db.conducts(ctx, []int64{memberID}, at)
	if err != nil {
		return news.Standing{}, err
	}
	if found[memberID] == nil {
		return news.Standing{}, news.ErrNotFound
	}
	st := found[memberID].standing()
	err = db.get(ctx, &st, `SELECT a.comments_held AS article_held, c.comments_held AS category_held
		FROM articles a JOIN categories c ON c.id = a.category_id WHERE a.id = ?`, articleID)
	return st, err
}

// pastPart is how many past comments are read at once.
const pastPart = 500

// PastComments hands look the comments written in [from, to), newest first, at
// most limit of them, with the standing their authors had then, as far as the
// states of today tell; those that their authors took down are left out. total
// is how many there are. It stops at an error of look, and returns it.
func (db *DB) PastComments(ctx context.Context, from, to time.Time, limit int, look func(news.PastComment) error) (total int, err error) {
	err = db.get(ctx, &total, `SELECT COUNT(*) FROM comments WHERE created_at >= ? AND created_at < ? AND state <> 'deleted'`, from, to)
	if err != nil {
		return 0, err
	}
	before, beforeID := to, int64(0) // from then on and that number on are behind us
	for seen := 0; seen < limit; {
		var part []struct {
			conduct
			CommentID    int64
			ArticleID    int64
			CategoryID   int64
			MemberID     int64
			Name         string
			Headline     string
			Body         string
			State        news.CommentState
			WrittenAt    time.Time
			ArticleHeld  bool
			CategoryHeld bool
		}
		err := db.listText(ctx, &part, new(sqlText).add(`WITH part AS MATERIALIZED (
				SELECT c.*, `+db.dialect.earlier+` AS span_at, `+db.dialect.earlier+` AS day_at
				FROM (SELECT id, article_id, member_id, body, state, created_at FROM comments
					WHERE created_at >= ? AND (created_at, id) < (?, ?) AND state <> 'deleted'
					ORDER BY created_at DESC, id DESC LIMIT ?) c)
			SELECT p.id AS comment_id, p.article_id, a.category_id, p.member_id, m.name, a.headline, p.body, p.state,
				p.created_at AS written_at, m.id, m.role, m.hold_comments, m.created_at,
				a.comments_held AS article_held, k.comments_held AS category_held,`,
			news.TrustSpan.Microseconds(), (24*time.Hour).Microseconds(), from, before, beforeID, min(pastPart, limit-seen)).
			conductColumns("p.member_id", "p.span_at", "p.day_at", "p.created_at").
			add(`FROM part p JOIN members m ON m.id = p.member_id JOIN articles a ON a.id = p.article_id
				JOIN categories k ON k.id = a.category_id
			ORDER BY p.created_at DESC, p.id DESC`))
		if err != nil {
			return total, err
		}
		if len(part) == 0 {
			break
		}
		for i := range part {
			p := &part[i]
			st := p.standing()
			st.ArticleHeld, st.CategoryHeld = p.ArticleHeld, p.CategoryHeld
			err := look(news.PastComment{ID: p.CommentID, ArticleID: p.ArticleID, CategoryID: p.CategoryID, MemberID: p.MemberID,
				Name: p.Name, Headline: p.Headline, Body: p.Body, State: p.State, CreatedAt: p.WrittenAt, Standing: st})
			if err != nil {
				return total, err
			}
			before, beforeID = p.WrittenAt, p.CommentID
		}
		seen += len(part)
	}
	return total, nil
}
