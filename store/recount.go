package store

import (
	"context"
	"fmt"
)

// recounts are the counts that readers see or that decide where a comment
// stands, each as a query for what is stored and what is right where the two
// differ.
var recounts = []struct{ what, query string }{
	{"comments of article", `SELECT a.id, COALESCE(t.comments, 0) AS stored, COUNT(c.id) AS counted
		FROM articles a LEFT JOIN threads t ON t.article_id = a.id LEFT JOIN comments c ON c.article_id = a.id AND c.state = 'visible'
		GROUP BY a.id, t.comments HAVING COALESCE(t.comments, 0) <> COUNT(c.id)`},
	{"top-level comments of article", `SELECT a.id, COALESCE(t.roots, 0) AS stored, COUNT(c.id) AS counted
		FROM articles a LEFT JOIN threads t ON t.article_id = a.id
			LEFT JOIN comments c ON c.article_id = a.id AND c.parent_id IS NULL AND c.stands
		GROUP BY a.id, t.roots HAVING COALESCE(t.roots, 0) <> COUNT(c.id)`},
	{"replies to comment", `SELECT c.id, c.replies AS stored, COUNT(d.id) AS counted
		FROM comments c LEFT JOIN comments d ON d.root_id = c.id AND d.state = 'visible'
		GROUP BY c.id, c.replies HAVING c.replies <> COUNT(d.id)`},
	{"places under comment", `SELECT c.id, c.branch AS stored, COUNT(d.id) AS counted
		FROM comments c LEFT JOIN comments d ON d.root_id = c.id AND d.stands
		GROUP BY c.id, c.branch HAVING c.branch <> COUNT(d.id)`},
	{"place of comment", `WITH RECURSIVE standing (id) AS (
			SELECT id FROM comments WHERE state IN ('visible', 'removed')
			UNION
			SELECT c.parent_id FROM comments c JOIN standing s ON c.id = s.id WHERE c.parent_id IS NOT NULL)
		SELECT c.id, CASE WHEN c.stands THEN 1 ELSE 0 END AS stored, CASE WHEN s.id IS NULL THEN 0 ELSE 1 END AS counted
		FROM comments c LEFT JOIN standing s ON s.id = c.id WHERE c.stands <> (s.id IS NOT NULL)`},
	{"recommendations of comment", `SELECT c.id, c.recommends AS stored, COUNT(r.comment_id) AS counted
		FROM comments c LEFT JOIN recommendations r ON r.comment_id = c.id AND c.state = 'visible'
		GROUP BY c.id, c.recommends HAVING c.recommends <> COUNT(r.comment_id)`},
	{"open reports of comment", `SELECT c.id, c.reports AS stored, COUNT(r.id) AS counted
		FROM comments c LEFT JOIN reports r ON r.comment_id = c.id AND r.closed_at IS NULL
		GROUP BY c.id, c.reports HAVING c.reports <> COUNT(r.id)`},
}

// recountMax is how many differences of a kind are told.
const recountMax = 100

// RecountThreads compares every count that readers and moderators see with a
// count of rows and returns what differs, a line each; for site verify and
// tests.
func (db *DB) RecountThreads(ctx context.Context) ([]string, error) {
	var faults []string
	for _, recount := range recounts {
		var rows []struct{ ID, Stored, Counted int64 }
		if err := db.list(ctx, &rows, recount.query+` ORDER BY 1 LIMIT ?`, recountMax); err != nil {
			return nil, err
		}
		for _, row := range rows {
			faults = append(faults, fmt.Sprintf("%s %d: %d stored, %d counted", recount.what, row.ID, row.Stored, row.Counted))
		}
	}
	return faults, nil
}
