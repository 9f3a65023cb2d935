package store

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/news"
)

// wordSearch is how comments c are found by words, on each database; the words
// were taken apart by searchTerms. The conditions are asked the same: all is
// for any comments, each for a few that other conditions have chosen, and near
// for those of a span, which a query names recent. Where with is
// not empty, it comes before a query with all, and is asked instead of it.
var wordSearch = map[string]struct {
	with, all, each, near string
	ask                   func(terms []string) string
	further               bool // look through the next searchNext too
}{
	"sqlite": {
		all:  `AND c.id IN (SELECT rowid FROM comment_words WHERE comment_words MATCH ?)`,
		each: `AND EXISTS (SELECT 1 FROM comment_words WHERE comment_words MATCH ? AND rowid = c.id)`,
		near: `AND c.id IN (SELECT rowid FROM comment_words WHERE comment_words MATCH ?
			AND rowid BETWEEN (SELECT MIN(id) FROM recent) AND (SELECT MAX(id) FROM recent))`,
		// Between quotes everything is plain text.
		ask: func(terms []string) string { return `"` + strings.Join(terms, `" "`) + `"` },
	},
	"postgres": {
		// Taken together lest the planner, who does not know how rare they are,
		// looks for them one comment after another.
		with: `WITH hits AS MATERIALIZED (SELECT c.id FROM comments c WHERE 1 = 1 ` + postgresWords + `)`,
		all:  `AND c.id IN (SELECT id FROM hits)`,
		each: postgresEach, near: postgresEach,
		ask:     func(terms []string) string { return strings.Join(terms, "\x01") },
		further: true,
	},
}

const postgresWords = `AND c.words @@ ` + postgresQuery

// postgresEach keeps the planner from asking the index of words, which for a
// common one has more to say than there is to look through.
const postgresEach = `AND CASE WHEN c.words @@ ` + postgresQuery + ` THEN TRUE ELSE FALSE END`

const postgresQuery = `(SELECT CAST(string_agg('(' || CAST(phraseto_tsquery('simple', comment_fold(term)) AS TEXT) || ')', ' & ') AS TSQUERY)
	FROM unnest(string_to_array(?, chr(1))) term WHERE numnode(phraseto_tsquery('simple', comment_fold(term))) > 0)`

// How many of the newest comments are looked through before the index of words
// is asked for all there are: what is common is found among the first. Of what
// is rare there is little to sort. PostgreSQL, whose index is slow with phrases
// of common words, looks through the next too, when the first held a tenth of
// what is wanted.
const (
	searchFirst = 5_000
	searchNext  = 45_000
)

// SearchComments finds comments for moderators, newest first, a page behind
// f.AfterAt and f.AfterID. Words count without the accents of Latin letters
// and without case, all of them must be there, in quotes as they stand;
// whatever else is typed is plain text. What its author took down is found by
// other means than its words.
func (db *DB) SearchComments(ctx context.Context, f news.CommentSearch) ([]MemberComment, error) {
	if f.Limit <= 0 {
		f.Limit = news.QueuePageSize
	}
	terms, any := searchTerms(f.Words)
	if any && len(terms) == 0 {
		return nil, nil // only signs, which stand in no index
	}
	if len(terms) == 0 {
		return db.searched(ctx, new(sqlText), f, nil)
	}
	words := wordSearch[db.dialect.name]
	asked := words.ask(terms)
	// Almost everything, and so near each other in the index of words too?
	wide := f.MemberID == 0 && f.ArticleID == 0 && (f.State == "" || f.State == news.CommentVisible)
	var found []MemberComment
	for _, span := range []int{searchFirst, searchNext} {
		if span == searchNext && (!words.further || !wide || 10*len(found) < f.Limit) {
			break
		}
		part, edge, err := db.searchSpan(ctx, f, span, wide, asked)
		if err != nil {
			return nil, err
		}
		found = append(found, part...)
		if edge == nil || len(part) >= f.Limit {
			return found, nil
		}
		f.AfterAt, f.AfterID, f.Limit = edge.CreatedAt, edge.ID, f.Limit-len(part)
	}
	with, last := new(sqlText), new(sqlText)
	if words.with == "" {
		last.add(words.all, asked)
	} else {
		with.add(words.with, asked)
		last.add(words.all)
	}
	rest, err := db.searched(ctx, with, f, last)
	return append(found, rest...), err
}

// A searchEdge is the last comment that was looked through.
type searchEdge struct {
	ID        int64
	CreatedAt time.Time
}

// searchSpan looks for words through the newest comments that f selects
// otherwise, so many of them; edge is nil when there are no more.
func (db *DB) searchSpan(ctx context.Context, f news.CommentSearch, span int, wide bool, asked string) (found []MemberComment, edge *searchEdge, err error) {
	words := wordSearch[db.dialect.name]
	edge = new(searchEdge)
	q := new(sqlText).add(`SELECT c.id, c.created_at FROM comments c WHERE`).
		searches(f).add(`ORDER BY c.created_at DESC, c.id DESC LIMIT 1 OFFSET ?`, span-1)
	err = db.get(ctx, edge, q.text.String(), q.args...)
	if errors.Is(err, news.ErrNotFound) {
		edge, err = nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	recent, more := new(sqlText), new(sqlText)
	if wide {
		recent.add(`WITH recent AS MATERIALIZED (SELECT c.id FROM comments c WHERE`).
			searches(f).add(`ORDER BY c.created_at DESC, c.id DESC LIMIT ?)`, span)
		more.add(words.near, asked)
	} else {
		more.add(words.each, asked)
	}
	if edge != nil {
		more.add(`AND (c.created_at, c.id) >= (?, ?)`, edge.CreatedAt, edge.ID)
	}
	found, err = db.searched(ctx, recent, f, more)
	return found, edge, err
}

// searched runs a search; q holds what comes before its SELECT, and more what
// is to hold beside f's own conditions, or nil.
func (db *DB) searched(ctx context.Context, q *sqlText, f news.CommentSearch, more *sqlText) ([]MemberComment, error) {
	// The names and places of those found are looked up after they are chosen.
	q.add(`SELECT ` + moderatedRemark + `, a.day, a.slug, a.headline
		FROM (SELECT c.id, c.created_at FROM comments c WHERE`).searches(f)
	if more != nil {
		q.add(more.text.String(), more.args...)
	}
	q.add(`ORDER BY c.created_at DESC, c.id DESC LIMIT ?) found JOIN comments c ON c.id = found.id`+remarkFrom+
		`JOIN articles a ON a.id = c.article_id ORDER BY found.created_at DESC, found.id DESC`, f.Limit)
	var comments []MemberComment
	err := db.listText(ctx, &comments, q)
	return comments, err
}

// searches appends the conditions of f on comments c, but its words.
func (q *sqlText) searches(f news.CommentSearch) *sqlText {
	q.add(`1 = 1`)
	if f.MemberID != 0 {
		q.add(`AND c.member_id = ?`, f.MemberID)
	}
	if f.ArticleID != 0 {
		q.add(`AND c.article_id = ?`, f.ArticleID)
	}
	switch f.State { // in words, for the indexes that are of one state only
	case "":
	case news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted:
		q.add(`AND c.state = '` + string(f.State) + `'`)
	default:
		q.add(`AND 1 = 0`)
	}
	if !f.From.IsZero() {
		q.add(`AND c.created_at >= ?`, f.From)
	}
	if !f.To.IsZero() {
		q.add(`AND c.created_at < ?`, f.To)
	}
	if f.AfterID != 0 {
		q.add(`AND (c.created_at, c.id) < (?, ?)`, f.AfterAt, f.AfterID)
	}
	if f.Categories != nil {
		// Article by article there would be too much to sort.
		q.add(`AND EXISTS (SELECT 1 FROM articles a WHERE a.id = c.article_id`).within(f.Categories).add(`)`)
	}
	return q
}

// searchTerms takes what somebody typed apart into words and phrases; any says
// whether they typed anything at all. What is no letter or digit keeps words
// apart and means nothing. Only the first news.CommentSearchMax characters
// count.
func searchTerms(typed string) (terms []string, any bool) {
	typed = strings.ToValidUTF8(typed, " ")
	if runes := []rune(typed); len(runes) > news.CommentSearchMax {
		typed = string(runes[:news.CommentSearchMax])
		if space := strings.LastIndexFunc(typed, unicode.IsSpace); space > 0 { // not half a word
			typed = typed[:space]
		}
	}
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r) }
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	for _, piece := range strings.FieldsFunc(quoted(typed), func(r rune) bool { return r == quote }) {
		words := strings.FieldsFunc(piece, func(r rune) bool { return !part(r) })
		phrase := strings.Join(words, " ")
		if strings.ContainsFunc(phrase, letter) {
			terms = append(terms, phrase)
		}
	}
	return terms, strings.TrimSpace(typed) != ""
}

// quote keeps terms apart within searchTerms.
const quote = '\x00'

// quoted puts quote around what stands in quotes, and between words elsewhere.
func quoted(s string) string {
	var b strings.Builder
	inside := false
	for _, r := range s {
		switch {
		case r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
			inside = !inside
			b.WriteRune(quote)
		case r == quote && inside:
			b.WriteByte(' ')
		case r == quote, unicode.IsSpace(r) && !inside:
			b.WriteRune(quote)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
