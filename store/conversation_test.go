package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// TestUpgradeConversation takes threads with answers, some of them held,
// removed or deleted, from before there were counts of them.
func TestUpgradeConversation(t *testing.T) {
	for name, empty := range empties {
		t.Run(name, func(t *testing.T) {
			n := 20_000
			if testing.Short() {
				n = 500
			}
			ctx := t.Context()
			db := openDB(t, empty(t))
			must(t, db.MigrateTo(ctx, 7))
			must(t, db.Exec(ctx, `INSERT INTO members (email_key, name, name_key, handle, role, email, password_hash, created_at, confirmed_at, reply_mail)
				VALUES ('a', 'A', 'a', 'a', 'member', '', '', ?, ?, 'each')`, noon, noon))
			must(t, db.Exec(ctx, `INSERT INTO categories (slug, name) VALUES ('news', 'News')`))
			for _, slug := range []string{"s", "t", "quiet"} {
				must(t, db.Exec(ctx, `INSERT INTO articles (category_id, day, slug, headline, version, published_at, created_at, modified_at)
					SELECT id, '20260314', ?, 'H', 1, ?, ?, ? FROM categories`, slug, noon, noon, noon))
			}
			seedOld(t, db, n)
			start := time.Now()
			must(t, db.Migrate(ctx))
			t.Logf("%d comments in %v", n, time.Since(start))
			recount(t, db)
			if got := list(t, db, `SELECT CAST(COUNT(*) AS TEXT) FROM comments`); got[0] != fmt.Sprint(n) {
				t.Errorf("%v comments", got)
			}
			if got := list(t, db, `SELECT 'x' FROM comments WHERE reviewed_at IS NULL OR (held_at IS NULL) = (state = 'held')
				OR (removed_at IS NULL) = (state IN ('removed', 'deleted'))`); len(got) > 0 {
				t.Errorf("%d with times of no sense", len(got))
			}
			if m, err := db.MemberByHandle(ctx, "a"); err != nil || m.NoticeMail != news.NoticeMailEach || !m.QueueMail {
				t.Errorf("%+v, %v", m, err)
			}
			page, err := db.CommentPage(ctx, news.Now(noon), 1, news.ThreadFilter{Order: news.OrderOldest})
			if err != nil || len(page.Remarks) < news.CommentsPerPage {
				t.Errorf("%d comments on a page, %v", len(page.Remarks), err)
			}
			if page, err := db.CommentPage(ctx, news.Now(noon), 3, news.ThreadFilter{}); err != nil || len(page.Remarks) != 0 {
				t.Errorf("a thread without comments: %+v, %v", page, err)
			}
		})
	}
}

// seedOld writes n comments as a program of version 7 did: comment i answers
// one of half its number, but for the first ten and every eleventh.
func seedOld(t *testing.T, db *store.DB, n int) {
	t.Helper()
	override := ""
	if strings.Contains(t.Name(), "Postgres") {
		override = " OVERRIDING SYSTEM VALUE"
	}
	states := []string{"held", "removed", "deleted", "deleted", "visible", "visible", "visible"}
	roots, depths := make([]int, n+1), make([]int, n+1)
	must(t, db.Atomically(t.Context(), func(tx *store.DB) error {
		var args []any
		for i := 1; i <= n; i++ {
			var parent, root *int
			roots[i] = i
			if half := i / 2; i > 10 && i%11 != 0 {
				roots[i], depths[i] = roots[half], depths[half]+1
				parent, root = &half, &roots[i]
			}
			args = append(args, i, 1+roots[i]%2, parent, root, depths[i], states[i%7], noon)
			if len(args) < 3500 && i < n {
				continue
			}
			values := strings.Repeat(", (?, ?, 1, ?, ?, ?, 'Words', ?, ?)", len(args)/7)[2:]
			err := tx.Exec(t.Context(), `INSERT INTO comments (id, article_id, member_id, parent_id, root_id, depth, body, state, created_at)`+
				override+` VALUES `+values, args...)
			if err != nil {
				return err
			}
			args = nil
		}
		return nil
	}))
}

// warn gives a member a warning that is there at an instant.
func warn(t *testing.T, db *store.DB, m news.Member, at time.Time) {
	t.Helper()
	must(t, db.Exec(t.Context(), `INSERT INTO warnings (member_id, reason, at) VALUES (?, 'Mind the rules.', ?)`, m.ID, at))
}

// TestBars wants whoever may not write to be refused on every path, and nothing
// to have changed.
func TestBars(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		w := newTown(t, db, 2)
		m, other := w.members[0], w.members[1]
		own, theirs := w.post(m, noon), w.post(other, noon)
		at := noon.Add(time.Minute)
		v := viewOf(m, at)
		paths := map[string]func() error{
			"post": func() error {
				c := news.Comment{ArticleID: w.story.ID, MemberID: m.ID, Body: "More", CreatedAt: at}
				_, err := db.CreateComment(ctx, &c, nil, nil)
				return err
			},
			"reply": func() error {
				c := news.Comment{ArticleID: w.story.ID, MemberID: m.ID, ParentID: &theirs.ID, Body: "More", CreatedAt: at}
				_, err := db.CreateComment(ctx, &c, nil, nil)
				return err
			},
			"edit":      func() error { _, err := db.EditComment(ctx, v, own.ID, "Other", nil); return err },
			"recommend": func() error { _, err := db.Recommend(ctx, v, theirs.ID, true); return err },
			"report": func() error {
				_, err := db.ReportComment(ctx, v, &news.Report{CommentID: theirs.ID, MemberID: &m.ID, Reason: news.ReportSpam, CreatedAt: at})
				return err
			},
		}
		bars := []struct {
			what     string
			set, end func()
			is       func(error) bool
		}{
			{"unconfirmed", func() { must(t, db.Exec(ctx, `UPDATE members SET confirmed_at = NULL WHERE id = ?`, m.ID)) },
				func() { must(t, db.ConfirmMember(ctx, m.ID, noon)) },
				func(err error) bool { return isOneOf(err, news.ErrUnconfirmed) }},
			{"suspended", func() { must(t, db.Suspend(ctx, m.ID, at.Add(1000), "Rude", news.Act{At: noon})) },
				func() { must(t, db.Unsuspend(ctx, m.ID, news.Act{At: noon})) },
				func(err error) bool {
					e, ok := err.(*news.SuspendedError)
					return ok && e.Until.Equal(at.Add(1000)) && e.Reason == "Rude"
				}},
			{"banned", func() { must(t, db.Suspend(ctx, m.ID, news.Forever, "Rude", news.Act{At: noon})) },
				func() { must(t, db.Unsuspend(ctx, m.ID, news.Act{At: noon})) },
				func(err error) bool { e, ok := err.(*news.SuspendedError); return ok && e.Until.Equal(news.Forever) }},
			{"warned", func() { warn(t, db, m, at) },
				func() {
					open, err := db.OpenWarning(ctx, m.ID, at)
					must(t, err)
					must(t, db.ReadWarning(ctx, m.ID, open.ID, at))
				},
				func(err error) bool {
					e, ok := err.(*news.WarnedError)
					return ok && e.Warning.Reason == "Mind the rules."
				}},
		}
		for _, bar := range bars {
			bar.set()
			before := everything(t, db)
			for path, do := range paths {
				if err := do(); !bar.is(err) {
					t.Errorf("%s, %s: %v", bar.what, path, err)
				}
			}
			if after := everything(t, db); strings.Join(after, "\n") != strings.Join(before, "\n") {
				t.Errorf("%s: something changed", bar.what)
			}
			bar.end()
		}
		for _, path := range []string{"edit", "recommend", "report", "post", "reply"} {
			if err := paths[path](); err != nil {
				t.Errorf("%s when nothing stands against it: %v", path, err)
			}
		}
		// A warning of a minute from now is not there yet, nor can it be read;
		// nobody reads another's.
		warn(t, db, m, at.Add(time.Minute))
		if _, err := db.OpenWarning(ctx, m.ID, at); !isOneOf(err, news.ErrNotFound) {
			t.Errorf("a warning to come: %v", err)
		}
		open, err := db.OpenWarning(ctx, m.ID, at.Add(time.Minute))
		must(t, err)
		for _, err := range []error{db.ReadWarning(ctx, m.ID, open.ID, at), db.ReadWarning(ctx, other.ID, open.ID, at.Add(time.Hour))} {
			if !isOneOf(err, news.ErrNotFound) {
				t.Errorf("reading it: %v", err)
			}
		}
		// What one wrote one may take down at any time.
		if _, err := db.DeleteComment(ctx, viewOf(m, at.Add(time.Hour)), own.ID); err != nil {
			t.Errorf("deleting while warned: %v", err)
		}
		recount(t, db)
	})
}
