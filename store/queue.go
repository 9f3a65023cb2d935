package store

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
)

// A queueRule is which comments c stand in a queue, and since when: in the
// words of the index that was made for it.
type queueRule struct {
	where string
	since string // column
	down  bool   // latest first
}

var queueRules = map[news.Queue]queueRule{
	news.QueueHeld:     {where: `c.state = 'held'`, since: `c.held_at`},
	news.QueueReported: {where: `c.reports > 0 AND c.state = 'visible'`, since: `c.reported_at`},
	news.QueueNew:      {where: `c.state = 'visible' AND c.reviewed_at IS NULL`, since: `c.created_at`},
	news.QueueRemoved:  {where: `c.state = 'removed'`, since: `c.removed_at`, down: true},
}

// Queue returns a page of a queue, oldest first (removed: latest removal
// first), with all that a card shows, in a constant number of queries. It
// returns news.ErrNotFound for a queue that there is not.
func (db *DB) Queue(ctx context.Context, f news.QueueFilter, at time.Time) ([]news.QueueItem, error) {
	rule, ok := queueRules[f.Queue]
	if !ok {
		return nil, news.ErrNotFound
	}
	limit := f.Limit
	if limit <= 0 {
		limit = news.QueuePageSize
	}
	// What a card shows is looked up after the cards are chosen.
	q := queueItems(`found.since`).add(`JOIN (SELECT c.id, ` + rule.since + ` AS since FROM comments c WHERE ` + rule.where)
	if f.Categories != nil || f.CategoryID != 0 {
		q.add(`AND EXISTS (SELECT 1 FROM articles a WHERE a.id = c.article_id`).within(f.Categories)
		if f.CategoryID != 0 {
			q.add(`AND a.category_id = ?`, f.CategoryID)
		}
		q.add(`)`)
	}
	if f.Queue == news.QueueRemoved {
		q.add(`AND c.removed_at > ?`, at.Add(-news.QueueRemovedFor))
	}
	if f.ArticleID != 0 {
		q.add(`AND c.article_id = ?`, f.ArticleID)
	}
	if f.MemberID != 0 {
		q.add(`AND c.member_id = ?`, f.MemberID)
	}
	if f.Reason != "" {
		q.add(`AND EXISTS (SELECT 1 FROM reports r WHERE r.comment_id = c.id AND r.closed_at IS NULL AND r.reason = ?)`, f.Reason)
	}
	if f.Hold != "" {
		q.add(`AND ? || c.holds LIKE ? ESCAPE '\'`, "\n", "%\n"+like(string(f.Hold))+" %")
	}
	beyond, order := `>`, ``
	if rule.down {
		beyond, order = `<`, ` DESC`
	}
	if f.AfterID != 0 {
		q.add(`AND (`+rule.since+`, c.id) `+beyond+` (?, ?)`, f.AfterAt, f.AfterID)
	}
	var items []news.QueueItem
	err := db.listText(ctx, &items, q.add(`ORDER BY `+rule.since+order+`, c.id`+order+` LIMIT ?) found ON found.id = c.id
		ORDER BY found.since`+order+`, found.id`+order, limit))
	if err != nil {
		return nil, err
	}
	return items, db.surroundItems(ctx, items, f.Moderator, at, false)
}

// QueueItem returns one comment as the queues show it, whatever its state, with
// all its reports; Since is zero when it stands in none, and Looking is Look's
// to say. It returns news.ErrNotFound also outside the categories (nil is all).
func (db *DB) QueueItem(ctx context.Context, id int64, categories []int64, at time.Time) (news.QueueItem, error) {
	var rows []struct {
		news.QueueItem
		HeldAt     *time.Time
		ReportedAt *time.Time
		RemovedAt  *time.Time
		OpenCount  int
	}
	q := queueItems(`c.created_at`, `c.held_at, c.reported_at, c.removed_at, c.reports AS open_count`).
		add(`WHERE c.id = ?`, id).within(categories)
	if err := db.listText(ctx, &rows, q); err != nil {
		return news.QueueItem{}, err
	}
	if len(rows) == 0 {
		return news.QueueItem{}, news.ErrNotFound
	}
	row, items := rows[0], []news.QueueItem{rows[0].QueueItem}
	var since *time.Time
	switch {
	case row.State == news.CommentHeld:
		since = row.HeldAt
	case row.State == news.CommentVisible && row.OpenCount > 0:
		since = row.ReportedAt
	case row.State == news.CommentVisible && row.ReviewedAt == nil:
		since = &row.CreatedAt
	case row.State == news.CommentRemoved && row.RemovedAt != nil && row.RemovedAt.After(at.Add(-news.QueueRemovedFor)):
		since = row.RemovedAt
	}
	items[0].Since = time.Time{}
	if since != nil {
		items[0].Since = *since
	}
	if err := db.surroundItems(ctx, items, 0, at, true); err != nil {
		return news.QueueItem{}, err
	}
	items[0].Looking = ""
	return items[0], nil
}

// moderatedColumns are what moderators read of comments c.
const moderatedColumns = `c.id, c.article_id, c.member_id, c.parent_id, COALESCE(c.root_id, c.id) AS root_id, c.depth,
	c.body, c.state, c.reason, c.created_at, c.article_version, c.edited_at, c.picked_at, c.reviewed_at,
	c.recommends, c.holds, c.decisions, c.replies`

// moderatedRemark are those of a remark, joined as remarkFrom does.
const moderatedRemark = moderatedColumns + `, m.name, m.handle, m.role, COALESCE(pm.name, '') AS parent_name,
	COALESCE(p.state, '') AS parent_state, EXISTS (SELECT 1 FROM comments x WHERE x.parent_id = c.id) AS answered`

// queueItems begins a query for items; what follows is its WHERE.
func queueItems(since string, more ...string) *sqlText {
	q := new(sqlText).add(`SELECT ` + moderatedRemark + `, ` + since + ` AS since, m.created_at AS joined, a.day, a.slug, a.headline,
		k.id AS "category.id", k.slug AS "category.slug", k.name AS "category.name", k.description AS "category.description",
		k.position AS "category.position", k.comments_held AS "category.comments_held",
		k.comments_held AS "standing.category_held", a.comments_held AS "standing.article_held"`)
	for _, columns := range more {
		q.add(`, ` + columns)
	}
	return q.add(`FROM comments c` + remarkFrom + `JOIN articles a ON a.id = c.article_id JOIN categories k ON k.id = a.category_id`)
}

// How much a card shows of what there can be any amount of.
const (
	itemReports = 20
	itemLast    = 5
)

// surroundItems loads what stands around items, one query each for all.
func (db *DB) surroundItems(ctx context.Context, items []news.QueueItem, moderator int64, at time.Time, closed bool) error {
	if len(items) == 0 {
		return nil
	}
	var ids, parents, authors []int64
	index := make(map[int64]*news.QueueItem, len(items))
	known := make(map[int64]bool)
	for i := range items {
		item := &items[i]
		index[item.ID] = item
		ids = append(ids, item.ID)
		if item.ParentID != nil {
			parents = append(parents, *item.ParentID)
		}
		if !known[item.MemberID] {
			known[item.MemberID] = true
			authors = append(authors, item.MemberID)
		}
	}
	if err := db.itemParents(ctx, items, parents); err != nil {
		return err
	}
	if err := db.itemReports(ctx, index, ids, closed); err != nil {
		return err
	}
	if err := db.itemAuthors(ctx, items, authors, at); err != nil {
		return err
	}
	var looks []struct {
		CommentID int64
		Name      string
	}
	err := db.listText(ctx, &looks, new(sqlText).add(`SELECT l.comment_id, m.name FROM looks l JOIN members m ON m.id = l.member_id
		WHERE l.until > ? AND l.member_id <> ?`, at, moderator).addIDs(`AND l.comment_id IN`, ids))
	for _, look := range looks {
		index[look.CommentID].Looking = look.Name
	}
	return err
}

func (db *DB) itemParents(ctx context.Context, items []news.QueueItem, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	var parents []news.Remark
	err := db.listText(ctx, &parents, new(sqlText).add(`SELECT `+moderatedRemark+` FROM comments c`+remarkFrom).addIDs(`WHERE c.id IN`, ids))
	found := byID(parents, func(r *news.Remark) int64 { return r.ID })
	for i := range items {
		if id := items[i].ParentID; id != nil {
			items[i].Parent = found[*id]
		}
	}
	return err
}

func (db *DB) itemReports(ctx context.Context, items map[int64]*news.QueueItem, ids []int64, closed bool) error {
	q := new(sqlText).add(`SELECT id, comment_id, member_id, COALESCE((SELECT m.name FROM members m WHERE m.id = part.member_id), '') AS name,
			reason, words, created_at, closed_at FROM (
			SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.comment_id ORDER BY r.closed_at IS NOT NULL, r.id) AS number
			FROM reports r`).addIDs(`WHERE r.comment_id IN`, ids)
	if !closed {
		q.add(`AND r.closed_at IS NULL`)
	}
	var reports []news.Report
	err := db.listText(ctx, &reports, q.add(`) part WHERE number <= ? ORDER BY comment_id, number`, itemReports))
	for _, r := range reports {
		items[r.CommentID].Reports = append(items[r.CommentID].Reports, r)
	}
	return err
}

// itemAuthors loads the standing of authors and the last they wrote beside the
// items themselves.
func (db *DB) itemAuthors(ctx context.Context, items []news.QueueItem, authors []int64, at time.Time) error {
	conducts, err := db.conducts(ctx, authors, at)
	if err != nil {
		return err
	}
	// One part for each of them, so that no more is read of who wrote thousands.
	q := new(sqlText)
	for i, id := range authors {
		if i > 0 {
			q.add(`UNION ALL`)
		}
		q.add(`SELECT * FROM (SELECT `+moderatedColumns+` FROM comments c WHERE c.member_id = ?
			ORDER BY c.created_at DESC, c.id DESC LIMIT ?) part`, id, itemLast+1)
	}
	var last []news.Comment
	if err := db.listText(ctx, &last, q); err != nil {
		return err
	}
	wrote := make(map[int64][]news.Comment)
	for _, c := range last {
		wrote[c.MemberID] = append(wrote[c.MemberID], c)
	}
	for i := range items {
		item := &items[i]
		if c := conducts[item.MemberID]; c != nil {
			st := c.standing()
			st.ArticleHeld, st.CategoryHeld = item.Standing.ArticleHeld, item.Standing.CategoryHeld
			item.Standing = st
		}
		for _, c := range wrote[item.MemberID] {
			if c.ID != item.ID && len(item.Last) < itemLast {
				item.Last = append(item.Last, c)
			}
		}
	}
	return nil
}

// QueueCounts counts the queues of a moderator limited to categories (nil is
// all), each up to news.QueueCountMax + 1.
func (db *DB) QueueCounts(ctx context.Context, categories []int64, at time.Time) (news.QueueCounts, error) {
	var counts news.QueueCounts
	from := `FROM comments c`
	if categories != nil {
		from += ` JOIN articles a ON a.id = c.article_id`
	}
	q := new(sqlText).add(`SELECT`)
	for i, queue := range news.Queues {
		if i > 0 {
			q.add(`,`)
		}
		q.add(`(SELECT COUNT(*) FROM (SELECT 1 ` + from + ` WHERE ` + queueRules[queue].where).within(categories)
		if queue == news.QueueRemoved {
			q.add(`AND c.removed_at > ?`, at.Add(-news.QueueRemovedFor))
		}
		q.add(`LIMIT ?) part) AS `+string(queue), news.QueueCountMax+1)
	}
	if err := db.get(ctx, &counts, q.text.String(), q.args...); err != nil {
		return counts, err
	}
	for queue, oldest := range map[news.Queue]**time.Time{news.QueueHeld: &counts.OldestHeld, news.QueueReported: &counts.OldestReported} {
		rule := queueRules[queue]
		q := new(sqlText).add(`SELECT ` + rule.since + ` ` + from + ` WHERE ` + rule.where).within(categories).
			add(`ORDER BY ` + rule.since + `, c.id LIMIT 1`)
		var since time.Time
		err := db.get(ctx, &since, q.text.String(), q.args...)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return counts, err
		}
		*oldest = &since
	}
	return counts, nil
}
