package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"broadsheet/internal/news"
)

// CommentPage returns one page of the thread under an article: top-level
// comments in the order, each followed by the first of its replies, and one,
// when f.Open is on the page, by a part of them. Comments that this reader may
// not read, but which others answer, stand there as stubs without their words.
// It returns news.ErrNotFound for a page beyond the last and for a part beyond
// the last; the first of both is always there.
//
// However long the thread is, it takes the same number of queries, and each
// looks at what it returns only. Pages and parts far behind cost a walk over
// an index.
func (db *DB) CommentPage(ctx context.Context, v news.Viewpoint, articleID int64, f news.ThreadFilter) (news.CommentPage, error) {
	p := news.CommentPage{Page: f.Page, Order: reading(f.Order), More: make(map[int64]int)}
	if p.Page == 0 {
		p.Page = 1
	}
	t, err := db.thread(ctx, articleID)
	if err != nil {
		return news.CommentPage{}, err
	}
	own, err := db.ownBranches(ctx, v, articleID)
	if err != nil {
		return news.CommentPage{}, err
	}
	p.Count, p.Roots = t.Comments, t.Roots+len(own.roots)
	p.Pages = max(1, (p.Roots+news.CommentsPerPage-1)/news.CommentsPerPage)
	if p.Page < 1 || p.Page > p.Pages || f.Part < 0 {
		return news.CommentPage{}, news.ErrNotFound
	}
	if p.Roots == 0 {
		return p, nil
	}
	roots, err := db.roots(ctx, v, articleID, p, own.roots)
	if err != nil {
		return news.CommentPage{}, err
	}
	if err := db.replies(ctx, v, &p, f, roots, own.replies); err != nil {
		return news.CommentPage{}, err
	}
	p.Picks, err = db.picks(ctx, v, articleID)
	return p, err
}

// thread returns the counts of a thread.
func (db *DB) thread(ctx context.Context, articleID int64) (struct{ Comments, Roots int }, error) {
	var t struct{ Comments, Roots int }
	err := db.get(ctx, &t, `SELECT comments, roots FROM threads WHERE article_id = ?`, articleID)
	if errors.Is(err, news.ErrNotFound) {
		return t, nil
	}
	return t, err
}

// CommentCount returns how many visible comments an article has.
func (db *DB) CommentCount(ctx context.Context, v news.Viewpoint, articleID int64) (int, error) {
	counts, err := db.commentCounts(ctx, []int64{articleID})
	return counts[articleID], err
}

// commentCounts is the one way comments are counted, for cards as for threads.
func (db *DB) commentCounts(ctx context.Context, articles []int64) (map[int64]int, error) {
	var rows []struct {
		ArticleID int64
		Comments  int
	}
	err := db.listText(ctx, &rows, new(sqlText).addIDs(`SELECT article_id, comments FROM threads WHERE article_id IN`, articles))
	counts := make(map[int64]int, len(rows))
	for _, row := range rows {
		counts[row.ArticleID] = row.Comments
	}
	return counts, err
}

// A window is a stretch of a list of which two kinds are read: what stands for
// everybody, from the database, and what stands for the reader only.
type window struct{ start, length, skip, take int }

// windowOf returns what must be read to have a stretch of the whole list, when
// own more may stand anywhere in it.
func windowOf(start, length, own int) window {
	skip := max(0, start-own)
	return window{start, length, skip, start + length - skip}
}

// merge puts what was read after skip together with what is the reader's own,
// and cuts the window out of it.
func (w window) merge(read, own []remark, compare func(a, b remark) int) []remark {
	all := append(slices.Clone(read), own...)
	slices.SortFunc(all, compare)
	// Whatever of the reader's own stands before all that was read, or behind
	// it while there is more, falls outside of the window.
	from := min(len(all), w.start-w.skip)
	return all[from:min(len(all), from+w.length)]
}

// roots returns the top-level comments of a page.
func (db *DB) roots(ctx context.Context, v news.Viewpoint, articleID int64, p news.CommentPage, own []remark) ([]remark, error) {
	w := windowOf((p.Page-1)*news.CommentsPerPage, news.CommentsPerPage, len(own))
	var read []remark
	err := db.listText(ctx, &read, remarks(v).add(`WHERE c.article_id = ? AND c.parent_id IS NULL AND c.stands
		ORDER BY `+rootOrders[p.Order]+` LIMIT ? OFFSET ?`, articleID, w.take, w.skip))
	return w.merge(read, own, func(a, b remark) int { return compareRoots(p.Order, a, b) }), err
}

// rootOrders are the orders of top-level comments c; compareRoots says the
// same.
var rootOrders = map[news.CommentOrder]string{
	news.OrderNewest:      `c.created_at DESC, c.id DESC`,
	news.OrderOldest:      `c.created_at, c.id`,
	news.OrderRecommended: `c.recommends DESC, c.created_at DESC, c.id DESC`,
}

// replies puts the top-level comments of a page into p, each with those of its
// replies that are asked for.
func (db *DB) replies(ctx context.Context, v news.Viewpoint, p *news.CommentPage, f news.ThreadFilter, roots []remark, own map[int64][]remark) error {
	windows := make(map[int64]window, len(roots))
	q := new(sqlText)
	for _, r := range roots {
		w := windowOf(0, news.RepliesFirst, len(own[r.ID]))
		if r.ID == f.Open {
			p.Open, p.Part = r.ID, max(1, f.Part)
			p.Parts = max(1, (r.Branch+len(own[r.ID])+news.RepliesPerPart-1)/news.RepliesPerPart)
			if p.Part > p.Parts {
				return news.ErrNotFound
			}
			w = windowOf((p.Part-1)*news.RepliesPerPart, news.RepliesPerPart, len(own[r.ID]))
		}
		windows[r.ID] = w
		if r.Branch == 0 {
			continue
		}
		// One arm for each: the databases stop at its limit, which they do not
		// when they rank the replies of all.
		if len(q.args) > 0 {
			q.add(`UNION ALL`)
		}
		q.add(`SELECT * FROM (SELECT `+branchColumns+` FROM comments WHERE root_id = ? AND stands = TRUE
			ORDER BY place LIMIT ? OFFSET ?) arm`, r.ID, w.take, w.skip)
	}
	under := make(map[int64][]remark, len(roots))
	if len(q.args) > 0 {
		arms := q
		q = new(sqlText).add(`SELECT`).remarkColumns(v).add(`FROM (`).add(arms.text.String(), arms.args...).add(`) c` + remarkFrom)
		var read []remark
		if err := db.listText(ctx, &read, q); err != nil {
			return err
		}
		for _, r := range read {
			under[r.RootID] = append(under[r.RootID], r)
		}
	}
	for i := range roots {
		root := &roots[i]
		shown := windows[root.ID].merge(under[root.ID], own[root.ID], comparePlaces)
		p.Remarks = append(p.Remarks, root.face(v))
		for j := range shown {
			p.Remarks = append(p.Remarks, shown[j].face(v))
		}
		if more := root.Branch + len(own[root.ID]) - len(shown); more > 0 {
			p.More[root.ID] = more
		}
	}
	return nil
}

// branchColumns are the columns of comments that remarkColumns reads.
const branchColumns = `id, article_id, member_id, parent_id, root_id, depth, body, state, reason, created_at,
	article_version, edited_at, picked_at, reviewed_at, recommends, holds, decisions, replies, stands, place, branch, form_key`

// picks returns what the newsroom picked of a thread, the latest pick first.
func (db *DB) picks(ctx context.Context, v news.Viewpoint, articleID int64) ([]news.Remark, error) {
	var read []remark
	err := db.listText(ctx, &read, remarks(v).add(`WHERE c.article_id = ? AND c.picked_at IS NOT NULL AND c.state = 'visible'
		ORDER BY c.picked_at DESC, c.id DESC LIMIT ?`, articleID, news.PicksMax))
	var picks []news.Remark
	for i := range read {
		picks = append(picks, read[i].face(v))
	}
	return picks, err
}

// SinceMax is up to where new comments are counted.
const SinceMax = 1000

// CommentsSince returns how many visible comments of others than the reader
// stand under an article that were made after an instant, counted up to
// SinceMax, and the first of them; 0 and 0 when there are none.
func (db *DB) CommentsSince(ctx context.Context, v news.Viewpoint, articleID int64, after time.Time) (n int, first int64, err error) {
	var ids []int64
	err = db.list(ctx, &ids, `SELECT id FROM comments WHERE article_id = ? AND state = 'visible' AND created_at > ?
			AND member_id <> ?
		ORDER BY created_at, id LIMIT ?`, articleID, after, v.Reader.MemberID, SinceMax)
	if err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	return len(ids), ids[0], nil
}

// reading returns the order to read a thread in: newest first unless another
// one that there is is asked for.
func reading(o news.CommentOrder) news.CommentOrder {
	if _, known := rootOrders[o]; known {
		return o
	}
	return news.OrderNewest
}
