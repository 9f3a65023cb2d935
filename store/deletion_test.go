package store_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// TestDeletionLeavesNothing looks for a deleted member in every column of
// every table.
func TestDeletionLeavesNothing(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		for _, erase := range []bool{false, true} {
			t.Run(fmt.Sprintf("erase %v", erase), func(t *testing.T) {
				if erase { // the same person comes again
					must(t, db.Exec(t.Context(), `DELETE FROM articles`))
				}
				m, words := busy(t, db)
				for _, word := range words {
					if len(traces(t, db, []string{word})) == 0 {
						t.Errorf("%q stands nowhere: the test looks for the wrong thing", word)
					}
				}
				must(t, db.Analyze(t.Context()))
				must(t, db.AskDeletion(t.Context(), m.ID, noon, erase))
				if erase {
					words = append(words, "gannets")
				}
				if n, err := db.DeleteDue(t.Context(), noon); err != nil || n != 1 {
					t.Fatalf("deleted %d, %v", n, err)
				}
				for _, row := range traces(t, db, words) {
					t.Errorf("left: %s", row)
				}
				for _, row := range statistics(t, db) {
					if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(strings.ToLower(row), word) }) {
						t.Errorf("left in the planner's samples: %s", row)
					}
				}
				for _, got := range list(t, db, `SELECT body || form_key FROM comments WHERE member_id = ?`, m.ID) {
					if erase == (got != "") {
						t.Errorf("comment %q", got)
					}
				}
				left := list(t, db, `SELECT words || reason FROM reports WHERE member_id IS NULL`)
				if len(left) == 0 || left[len(left)-1] != string(news.ReportSpam) {
					t.Errorf("what is left of their report: %q", left)
				}
				recount(t, db)
			})
		}
	})
}

// statistics returns what PostgreSQL's planner keeps of the values; SQLite
// keeps it in a table like others.
func statistics(t *testing.T, db *store.DB) []string {
	if strings.Contains(t.Name(), "/SQLite/") {
		return nil
	}
	return list(t, db, `SELECT tablename || '.' || attname || ': ' ||
		COALESCE(CAST(most_common_vals AS TEXT), '') || COALESCE(CAST(histogram_bounds AS TEXT), '')
		FROM pg_stats WHERE schemaname = 'public'`)
}

// TestDeletionBytes looks for a deleted member in the bytes of the SQLite file
// and of its log, without any checkpoint but the store's own.
func TestDeletionBytes(t *testing.T) {
	for _, erase := range []bool{false, true} {
		dsn := empties["SQLite"](t)
		path := strings.TrimPrefix(dsn, "sqlite:")
		db := openDB(t, dsn)
		must(t, db.Migrate(t.Context()))
		bytes := func() string {
			t.Helper()
			var all []byte
			for _, file := range []string{path, path + "-wal"} {
				text, err := os.ReadFile(file)
				must(t, err)
				all = append(all, text...)
			}
			return strings.ToLower(string(all))
		}
		m, words := busy(t, db)
		if erase {
			words = append(words, "gannets")
		}
		must(t, db.Analyze(t.Context()))
		for _, word := range words {
			if !strings.Contains(bytes(), word) {
				t.Errorf("%q stands nowhere: the test looks for the wrong thing", word)
			}
		}
		must(t, db.AskDeletion(t.Context(), m.ID, noon, erase))
		if erase {
			_, err := db.DeleteDue(t.Context(), noon)
			must(t, err)
		} else {
			must(t, db.DeleteMember(t.Context(), m.ID))
		}
		for _, word := range words {
			if n := strings.Count(bytes(), word); n > 0 {
				t.Errorf("erase %v: %d times %q in the file", erase, n, word)
			}
		}
	}
}
