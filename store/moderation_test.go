package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// TestSearchBytes looks for a comment that its author took down in the bytes of
// the SQLite file, the index of words included.
func TestSearchBytes(t *testing.T) {
	ctx := t.Context()
	dsn := empties["SQLite"](t)
	path := strings.TrimPrefix(dsn, "sqlite:")
	db := openDB(t, dsn)
	must(t, db.Migrate(ctx))
	must(t, db.Exec(ctx, `INSERT INTO members (email, email_key, name, name_key, handle, password_hash, role, created_at, confirmed_at)
		VALUES ('a', 'a', 'A', 'a', 'a', '', 'member', ?, ?)`, noon, noon))
	must(t, db.Exec(ctx, `INSERT INTO categories (slug, name) VALUES ('news', 'News')`))
	must(t, db.Exec(ctx, `INSERT INTO articles (category_id, day, slug, headline, version, published_at, created_at, modified_at)
		SELECT id, '20260314', 's', 'H', 1, ?, ?, ? FROM categories`, noon, noon, noon))
	var secret news.Comment
	// Few, for of many the index makes new parts out of old ones by itself.
	for _, words := range []string{"Xylophagous quokkas", "others", "and others"} {
		c := news.Comment{ArticleID: 1, MemberID: 1, Body: words, State: news.CommentVisible, CreatedAt: noon}
		must(t, db.InsertComment(ctx, &c))
		if secret.ID == 0 {
			secret = c
		}
	}
	count := func() int {
		must(t, db.Exec(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`))
		n := 0
		for _, file := range []string{path, path + "-wal"} {
			text, err := os.ReadFile(file)
			must(t, err)
			// The index shortens what words have in common with the one before.
			n += strings.Count(strings.ToLower(string(text)), "ylophagous") + strings.Count(strings.ToLower(string(text)), "uokkas")
		}
		return n
	}
	if count() < 3 {
		t.Fatal("the words stand nowhere: the test looks for the wrong thing")
	}
	v := news.Now(noon)
	v.Reader.MemberID = 1
	_, err := db.DeleteComment(ctx, v, secret.ID)
	must(t, err)
	if n := count(); n != 2 { // moderators read the words for a while yet, in the comment alone
		t.Errorf("%d times in the file after deleting, want 2", n)
	}
	_, err = db.SweepDeleted(ctx, noon.Add(store.DeletedKept))
	must(t, err)
	if n := count(); n != 0 {
		t.Errorf("%d times in the file", n)
	}
}

// fill puts so many comments into a database, by 5,000 members under 2,000
// articles in 8 categories over two years. Some are held, reported, new,
// removed or taken down; all say "the", and a few say "zanzibar".
func fill(t testing.TB, db *store.DB, comments int) {
	ctx := t.Context()
	members, articles := max(10, comments/200), max(8, comments/500)
	insert := func(head string, n int, row func(i int) []any) {
		t.Helper()
		for from := 0; from < n; {
			must(t, db.Atomically(ctx, func(tx *store.DB) error {
				for end := min(n, from+20_000); from < end; from += 500 {
					var args []any
					var rows []string
					for i := from; i < min(n, from+500); i++ {
						values := row(i)
						args = append(args, values...)
						rows = append(rows, "(?"+strings.Repeat(", ?", len(values)-1)+")")
					}
					if err := tx.Exec(ctx, head+" VALUES "+strings.Join(rows, ", "), args...); err != nil {
						return err
					}
				}
				return nil
			}))
		}
	}
	insert(`INSERT INTO members (email, email_key, name, name_key, handle, password_hash, role, created_at, confirmed_at)`, members, func(i int) []any {
		name := "m" + strconv.Itoa(i)
		return []any{name, name, name, name, name, "", "member", noon.AddDate(-2, 0, 0), noon.AddDate(-2, 0, 0)}
	})
	insert(`INSERT INTO categories (slug, name)`, 8, func(i int) []any { return []any{"c" + strconv.Itoa(i), "C"} })
	insert(`INSERT INTO articles (category_id, day, slug, headline, version, published_at, created_at, modified_at)`, articles, func(i int) []any {
		at := noon.Add(-time.Duration(articles-i) * (730 * 24 * time.Hour / time.Duration(articles)))
		return []any{1 + i%8, news.Day(at, time.UTC), "s" + strconv.Itoa(i), "H", 1, at, at, at}
	})
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 5, 30000)
	insert(`INSERT INTO comments (article_id, member_id, body, state, created_at, reviewed_at, holds, held_at, removed_at, reports, reported_at, stands)`, comments, func(i int) []any {
		at := noon.Add(-time.Duration(comments-i) * (730 * 24 * time.Hour / time.Duration(comments)))
		words := []string{"the"}
		for range 20 + r.IntN(30) {
			words = append(words, "w"+strconv.FormatUint(zipf.Uint64(), 36))
		}
		if i%(comments/20) == 7 {
			words = append(words, "zanzibar")
		}
		var reviewed, held, removed, reported any = at, nil, nil, nil
		state, holds, reports := "visible", "", 0
		switch n := r.IntN(1000); {
		case n < 3:
			state, held, holds, reviewed = "held", at, "word x", nil
		case n < 13:
			state, removed = "removed", at
		case n < 20:
			state, removed = "deleted", at
		case n < 23:
			reports, reported = 1, at
		case n < 60:
			reviewed = nil
		}
		article := 1 + min(articles-1, max(0, i*articles/comments-r.IntN(20)))
		return []any{article, 1 + r.IntN(members), strings.Join(words, " "), state, at, reviewed, holds, held, removed, reports, reported, state == "visible" || state == "removed"}
	})
	must(t, db.Exec(ctx, `INSERT INTO reports (comment_id, member_id, reason, created_at) SELECT id, 1, 'spam', created_at FROM comments WHERE reports > 0`))
	must(t, db.Exec(ctx, `INSERT INTO threads (article_id, comments, roots) SELECT article_id, SUM(CASE WHEN state = 'visible' THEN 1 ELSE 0 END),
		SUM(CASE WHEN stands THEN 1 ELSE 0 END) FROM comments GROUP BY article_id`))
	must(t, db.Analyze(ctx))
}

// moderationReads are what moderators' pages ask for.
var moderationReads = []struct {
	what string
	read func(ctx context.Context, db *store.DB) error
	// indexes holds, for the queries in turn, what their plans must name, one
	// of several between bars.
	indexes []string
}{
	{"queue held", queueRead(news.QueueFilter{Queue: news.QueueHeld}), []string{"comments_held", "pkey|PRIMARY KEY|sqlite_autoindex|reports", "comments_conduct|comments_member", "comments_member", "looks"}},
	{"queue held, page 5", queueRead(news.QueueFilter{Queue: news.QueueHeld, AfterAt: noon.AddDate(-1, -6, 0), AfterID: 1}), []string{"comments_held"}},
	{"queue held, two categories", queueRead(news.QueueFilter{Queue: news.QueueHeld, Categories: []int64{1, 2}}), []string{"comments_held"}},
	{"queue held for a word", queueRead(news.QueueFilter{Queue: news.QueueHeld, Hold: news.HoldWord}), []string{"comments_held"}},
	{"queue reported", queueRead(news.QueueFilter{Queue: news.QueueReported}), []string{"comments_reported"}},
	{"queue reported as spam", queueRead(news.QueueFilter{Queue: news.QueueReported, Reason: news.ReportSpam}), []string{"comments_reported"}},
	{"queue new", queueRead(news.QueueFilter{Queue: news.QueueNew}), []string{"comments_new"}},
	{"queue new, a category", queueRead(news.QueueFilter{Queue: news.QueueNew, CategoryID: 3}), []string{"comments_new"}},
	{"queue new, an article", queueRead(news.QueueFilter{Queue: news.QueueNew, ArticleID: 5}), []string{"comments_"}},
	{"queue new, a member", queueRead(news.QueueFilter{Queue: news.QueueNew, MemberID: 5}), []string{"comments_"}},
	{"queue removed", queueRead(news.QueueFilter{Queue: news.QueueRemoved}), []string{"comments_removed"}},
	{"counts", countsRead(nil), []string{"comments_held&comments_reported&comments_new&comments_removed", "comments_held|comments_reported", "comments_held|comments_reported"}},
	{"counts, two categories", countsRead([]int64{1, 2}), []string{"comments_held&comments_reported&comments_new&comments_removed"}},
	{"search, rare word", searchRead(news.CommentSearch{Words: "zanzibar"}), []string{"comments_newest", "comments_newest", "comment_words"}},
	{"search, common word", searchRead(news.CommentSearch{Words: "the"}), []string{"comments_newest"}},
	{"search, middling word", searchRead(news.CommentSearch{Words: "w5k"}), []string{"comments_newest"}},
	{"search, three words", searchRead(news.CommentSearch{Words: "the w1 w2"}), []string{"comments_newest"}},
	{"search, phrase", searchRead(news.CommentSearch{Words: `"the w1 w2"`}), []string{"comments_newest"}},
	{"search, no such word", searchRead(news.CommentSearch{Words: "timbuktu"}), []string{"comments_newest", "comments_newest", "comment_words"}},
	{"search, common word, 18 months ago", searchRead(news.CommentSearch{Words: "the", From: noon.AddDate(0, -19, 0), To: noon.AddDate(0, -18, 0)}), []string{"comments_newest"}},
	{"search, common word, removed", searchRead(news.CommentSearch{Words: "the", State: news.CommentRemoved}), []string{"comments_removed_newest"}},
	{"search, common word, a category", searchRead(news.CommentSearch{Words: "the", Categories: []int64{3}}), nil},
	{"search, all", searchRead(news.CommentSearch{}), []string{"comments_newest"}},
	{"search, a member", searchRead(news.CommentSearch{MemberID: 5}), []string{"comments_member|comments_conduct"}},
	{"search, a member and word", searchRead(news.CommentSearch{MemberID: 5, Words: "w1"}), []string{"comments_member|comments_conduct"}},
	{"search, an article", searchRead(news.CommentSearch{ArticleID: 5}), []string{"comments_"}},
	{"search, held", searchRead(news.CommentSearch{State: news.CommentHeld}), []string{"comments_held"}},
	{"search, dates", searchRead(news.CommentSearch{From: noon.AddDate(-1, 0, 0), To: noon.AddDate(0, -11, 0)}), []string{"comments_newest"}},
	{"standing", func(ctx context.Context, db *store.DB) error { _, err := db.Standing(ctx, 7, 5, noon); return err }, []string{"comments_conduct"}},
	{"rehearsal, 1,000 of 30 days", func(ctx context.Context, db *store.DB) error {
		_, err := db.PastComments(ctx, noon.AddDate(0, 0, -30), noon, 1000, func(news.PastComment) error { return nil })
		return err
	}, []string{"comments_newest|comments_conduct", "comments_newest&comments_conduct|comments_member"}},
	{"usual wait", func(ctx context.Context, db *store.DB) error { _, _, err := db.UsualWait(ctx, noon); return err }, []string{"acts_held"}},
	{"record", recordRead(store.RecordFilter{}), []string{"acts_at"}},
	{"record of a member", recordRead(store.RecordFilter{MemberID: 7}), []string{"acts_subject&acts_actor"}},
	{"record of a comment", recordRead(store.RecordFilter{CommentID: 7}), []string{"acts_comment"}},
	{"record of an article", recordRead(store.RecordFilter{ArticleID: 7}), []string{"acts_article"}},
}

func queueRead(f news.QueueFilter) func(context.Context, *store.DB) error {
	return func(ctx context.Context, db *store.DB) error { _, err := db.Queue(ctx, f, noon); return err }
}

func countsRead(categories []int64) func(context.Context, *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		_, err := db.QueueCounts(ctx, categories, noon)
		return err
	}
}

func searchRead(q news.CommentSearch) func(context.Context, *store.DB) error {
	return func(ctx context.Context, db *store.DB) error { _, err := db.SearchComments(ctx, q); return err }
}

func recordRead(f store.RecordFilter) func(context.Context, *store.DB) error {
	return func(ctx context.Context, db *store.DB) error { _, _, err := db.Record(ctx, f); return err }
}

// names reports whether a plan names what is wanted: all that stand between
// ampersands, of which each is one of several between bars.
func names(plan, want string) bool {
	for all := range strings.SplitSeq(want, "&") {
		if !slices.ContainsFunc(strings.Split(all, "|"), func(one string) bool { return strings.Contains(plan, one) }) {
			return false
		}
	}
	return true
}

// TestModerationPlans wants that no page of moderators reads all comments.
func TestModerationPlans(t *testing.T) {
	if raceEnabled {
		t.Skip("plans are the same without the race detector, and filling takes long with it")
	}
	both(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 40_000)
		for i := range 3000 {
			must(t, db.RecordAct(t.Context(), news.Act{At: noon.Add(-time.Duration(i) * time.Minute), ActorID: new(int64), SubjectID: int64(i % 100), Kind: news.ActNote}))
		}
		must(t, db.Analyze(t.Context()))
		for _, read := range moderationReads {
			n := 0
			must(t, read.read(store.WithTrace(t.Context(), func(query string, args []any) {
				plan, err := db.Explain(t.Context(), query, args)
				must(t, err)
				if n < len(read.indexes) && !names(plan, read.indexes[n]) {
					t.Errorf("%s, query %d does not use %s:\n%s\n%s", read.what, n+1, read.indexes[n], query, plan)
				}
				// A category's comments among these few are more than are looked through.
				few := strings.HasSuffix(read.what, "common word, a category")
				if !few && strings.Contains(plan, "Seq Scan on comments") || strings.Contains(plan, "SCAN c\n") || strings.Contains(plan, "Seq Scan on acts") {
					t.Errorf("%s, query %d reads everything:\n%s\n%s", read.what, n+1, query, plan)
				}
				n++
			}), db))
		}
	})
}

// TestModerationFigures measures what moderators' pages take with as many
// comments as SITE_BENCH_COMMENTS says; without it there is nothing to do.
func TestModerationFigures(t *testing.T) {
	comments, err := strconv.Atoi(os.Getenv("SITE_BENCH_COMMENTS"))
	if err != nil {
		t.Skip("SITE_BENCH_COMMENTS is not set: a benchmark, not a test")
	}
	both(t, func(t *testing.T, db *store.DB) {
		start := time.Now()
		fill(t, db, comments)
		fmt.Printf("\n%s: %d comments put in within %v\n\n| read | least | median |\n|---|---:|---:|\n", t.Name(), comments, time.Since(start).Round(time.Second))
		for _, read := range moderationReads {
			var took []time.Duration
			for range 11 {
				start := time.Now()
				must(t, read.read(t.Context(), db))
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			fmt.Printf("| %s | %.1f ms | %.1f ms |\n", read.what, took[0].Seconds()*1000, took[5].Seconds()*1000)
		}
	})
}
