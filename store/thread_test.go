package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/store/storetest"
)

// A shape says which comment of a long thread answers which: of comment i, the
// number of an earlier one, or -1 at the top level.
type shape struct {
	name   string
	parent func(i int) int
}

func shapes() []shape {
	// 25 trees, each comment of which answers any earlier one of its tree: of
	// 100 comments as of 10,000 a page shows 20 with three answers each.
	random := rand.New(rand.NewPCG(3, 3))
	return []shape{
		{"wide", func(int) int { return -1 }},
		{"one root", func(i int) int { return min(i, 1) - 1 }},
		{"random", func(i int) int {
			const trees = 25
			if i < trees {
				return -1
			}
			return i%trees + trees*random.IntN(i/trees)
		}},
	}
}

// grow fills an article of its own with n visible comments of many members, in
// bulk, and returns the article and the comments.
func (w *town) grow(n int, s shape) (news.Story, []int64) {
	w.Helper()
	ctx := w.Context()
	story := w.article(news.Category{ID: w.story.CategoryID})
	var last []int64
	must(w, w.List(ctx, &last, `SELECT COALESCE(MAX(id), 0) FROM comments`))
	base := last[0]
	ids := make([]int64, n)
	roots, depths, places := make([]int64, n), make([]int, n), make([]string, n)
	branch := make(map[int64]int)
	override := ""
	if strings.Contains(w.Name(), "Postgres") {
		override = " OVERRIDING SYSTEM VALUE"
	}
	must(w, w.Atomically(ctx, func(tx *store.DB) error {
		const columns, batch = 11, 500
		var args []any
		flush := func() error {
			if len(args) == 0 {
				return nil
			}
			values := strings.Repeat(", (?"+strings.Repeat(", ?", columns-1)+", TRUE)", len(args)/columns)[2:]
			err := tx.Exec(ctx, `INSERT INTO comments (id, article_id, member_id, parent_id, root_id, depth, body, state, created_at,
				place, article_version, stands)`+override+` VALUES `+values, args...)
			args = nil
			return err
		}
		for i := range n {
			ids[i] = base + int64(i) + 1
			var parent, root *int64
			roots[i] = ids[i]
			if p := s.parent(i); p >= 0 {
				parent, root = &ids[p], &roots[i]
				roots[i], depths[i] = roots[p], depths[p]+1
				places[i] = places[p] + fmt.Sprintf("%013d", ids[i])
				branch[roots[i]]++
			}
			args = append(args, ids[i], story.ID, w.members[i%len(w.members)].ID, parent, root, depths[i],
				fmt.Sprintf("Comment %d says something of usual length, which is about as much as this is.", i),
				news.CommentVisible, noon.Add(time.Duration(i)*time.Second), places[i], 1)
			if len(args) == columns*batch {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if err := flush(); err != nil {
			return err
		}
		for root, n := range branch {
			if err := tx.Exec(ctx, `UPDATE comments SET replies = ?, branch = ? WHERE id = ?`, n, n, root); err != nil {
				return err
			}
		}
		top := 0
		for i := range n {
			if roots[i] == ids[i] {
				top++
			}
		}
		if override != "" {
			if err := tx.Exec(ctx, `SELECT setval(pg_get_serial_sequence('comments', 'id'), ?)`, ids[n-1]); err != nil {
				return err
			}
		}
		return tx.Exec(ctx, `INSERT INTO threads (article_id, comments, roots) VALUES (?, ?, ?)`, story.ID, n, top)
	}))
	return story, ids
}

// TestPermalinks looks up each of 10,000 comments of a thread that grew at
// random, and some of the extreme shapes, and wants it on the very page and part
// that it is said to be on. Under the race detector, where this takes minutes,
// threads are shorter.
func TestPermalinks(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		for _, s := range shapes() {
			t.Run(s.name, func(t *testing.T) {
				n, step := 10_000, 1
				if testing.Short() || raceEnabled {
					n = 500
				}
				if s.name != "random" {
					step = 17
				}
				w := newTown(t, storeOf(t), 20)
				story, ids := w.grow(n, s)
				recount(t, w.DB)
				pages := make(map[news.CommentPlace][]int64)
				for i := 0; i < len(ids); i += step {
					id := ids[i]
					o := []news.CommentOrder{news.OrderNewest, news.OrderOldest, news.OrderRecommended}[i%3]
					place, err := w.CommentPlace(t.Context(), news.Now(noon), id, o)
					must(t, err)
					key := place
					key.Page += 1_000_000 * (i % 3)
					here, read := pages[key]
					if !read {
						page, err := w.CommentPage(t.Context(), news.Now(noon), story.ID,
							news.ThreadFilter{Order: o, Page: place.Page, Open: place.Open, Part: place.Part})
						must(t, err)
						for _, r := range page.Remarks {
							here = append(here, r.ID)
						}
						pages[key] = here
					}
					if !slices.Contains(here, id) {
						t.Fatalf("%s: comment %d is not at %+v", o, id, place)
					}
				}
			})
		}
	})
}

// storeOf opens a fresh database of the kind that the test's name says.
func storeOf(t testing.TB) *store.DB {
	if strings.Contains(t.Name(), "Postgres") {
		return storetest.Postgres(t)
	}
	return storetest.SQLite(t)
}

// long makes a thread of 100 and one of 10,000 comments of a shape in one
// database, and returns ways to read the first page of each: by order, and by
// whether the reader is signed in.
func long(t testing.TB, s func() shape) map[string][2]func(ctx context.Context) error {
	w := newTown(t, storeOf(t), 50)
	var stories [2]news.Story
	for i, n := range []int{100, 10_000} {
		stories[i], _ = w.grow(n, s())
	}
	must(t, w.Analyze(t.Context()))
	pages := make(map[string][2]func(ctx context.Context) error)
	for _, o := range []news.CommentOrder{news.OrderNewest, news.OrderOldest, news.OrderRecommended} {
		for what, v := range map[string]news.Viewpoint{"signed out": news.Now(noon), "member": viewOf(w.members[0], noon)} {
			var both [2]func(ctx context.Context) error
			for i := range both {
				both[i] = func(ctx context.Context) error {
					_, err := w.CommentPage(ctx, v, stories[i].ID, news.ThreadFilter{Order: o})
					return err
				}
			}
			pages[what+", "+string(o)] = both
		}
	}
	return pages
}

// ratio reads both pages in turn and returns what the second costs of the
// first: the least of many times, which is what it costs when nothing else is
// done meanwhile.
func ratio(t testing.TB, pages [2]func(ctx context.Context) error, rounds int) float64 {
	least := [2]time.Duration{time.Hour, time.Hour}
	for range rounds {
		for i, read := range pages {
			start := time.Now()
			must(t, read(t.Context()))
			least[i] = min(least[i], time.Since(start))
		}
	}
	return float64(least[1]) / float64(least[0])
}

// TestLongThread wants the first page of a thread of 10,000 comments to cost at
// most 1.3 times that of one of 100, and as many queries.
func TestLongThread(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("long threads take long to fill, and the race detector spoils timings")
	}
	both(t, func(t *testing.T, _ *store.DB) {
		for i, name := range []string{"wide", "one root", "random"} {
			t.Run(name, func(t *testing.T) {
				for what, pages := range long(t, func() shape { return shapes()[i] }) {
					var queries [2]int
					for i, read := range pages {
						must(t, read(store.WithTrace(t.Context(), func(string, []any) { queries[i]++ })))
					}
					if queries[0] != queries[1] || queries[1] > 6 {
						t.Errorf("%s: %d and %d queries", what, queries[0], queries[1])
					}
					least := 1e9
					for try := 1; try <= 6 && least > 1.3; try++ {
						least = min(least, ratio(t, pages, 10*try))
					}
					t.Logf("%s: %.2f", what, least)
					if least > 1.3 {
						t.Errorf("%s: 10,000 comments cost %.2f times what 100 do", what, least)
					}
				}
			})
		}
	})
}

// BenchmarkThread reads first pages of threads of 100 and of 10,000 comments,
// and reports what the long one costs of the short one.
func BenchmarkThread(b *testing.B) {
	for _, database := range []string{"SQLite", "Postgres"} {
		for i, name := range []string{"wide", "one root", "random"} {
			b.Run(database+"/"+name, func(b *testing.B) {
				pages := long(b, func() shape { return shapes()[i] })["signed out, newest"]
				for i, size := range []string{"100", "10000"} {
					b.Run(size, func(b *testing.B) {
						for b.Loop() {
							must(b, pages[i](b.Context()))
						}
					})
				}
				b.Run("ratio", func(b *testing.B) {
					for b.Loop() {
						b.ReportMetric(ratio(b, pages, 30), "x")
					}
				})
			})
		}
	}
}
