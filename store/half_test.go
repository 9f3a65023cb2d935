package store_test

import (
	"context"
	"errors"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/store"

	"github.com/google/go-cmp/cmp"
)

// TestHalfDone makes each statement of a method fail in turn, and wants
// nothing to remain of those before it.
func TestHalfDone(t *testing.T) {
	methods := map[string]func(ctx context.Context, db *store.DB, m news.Member) error{
		"SetRole": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.SetRole(ctx, m.ID, news.RoleEditor, news.Act{At: noon})
		},
		"Suspend": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.Suspend(ctx, m.ID, noon, "Rude", news.Act{At: noon})
		},
		"EndSessions": func(ctx context.Context, db *store.DB, m news.Member) error {
			_, err := db.EndSessions(ctx, m.ID, news.Act{At: noon})
			return err
		},
		"ChangeEmail": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.ChangeEmail(ctx, m.ID, "x@example.org", "x@example.org")
		},
		"SetPassword": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.SetPassword(ctx, m.ID, "new")
		},
		"AddToken": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.AddToken(ctx, news.Token{Hash: []byte("x"), MemberID: m.ID, Purpose: news.TokenReset, Address: "x",
				CreatedAt: noon, ExpiresAt: noon})
		},
		"SpendToken": func(ctx context.Context, db *store.DB, m news.Member) error {
			_, _, err := db.SpendToken(ctx, []byte("lynx-reset"), news.TokenReset, noon)
			return err
		},
		"CreateComment": func(ctx context.Context, db *store.DB, m news.Member) error {
			parent := int64(2)
			_, err := db.CreateComment(ctx, &news.Comment{ArticleID: 1, MemberID: m.ID, ParentID: &parent, Body: "New", CreatedAt: noon}, nil, nil)
			return err
		},
		"EditComment": func(ctx context.Context, db *store.DB, m news.Member) error {
			hold := func(news.Standing) news.Verdict { return news.Verdict{Held: []news.Hold{{Kind: news.HoldSite}}} }
			_, err := db.EditComment(ctx, viewOf(m, noon), 4, "Other", hold)
			return err
		},
		"DeleteComment": func(ctx context.Context, db *store.DB, m news.Member) error {
			_, err := db.DeleteComment(ctx, viewOf(m, noon), 4)
			return err
		},
		"Recommend": func(ctx context.Context, db *store.DB, m news.Member) error {
			_, err := db.Recommend(ctx, viewOf(m, noon), 3, true)
			return err
		},
		"ReportComment": func(ctx context.Context, db *store.DB, m news.Member) error {
			_, err := db.ReportComment(ctx, viewOf(m, noon), &news.Report{CommentID: 3, MemberID: &m.ID, Reason: news.ReportSpam, CreatedAt: noon})
			return err
		},
		"ClaimNotices": func(ctx context.Context, db *store.DB, m news.Member) error {
			_, _, err := db.ClaimNotices(ctx, noon, false)
			return err
		},
		"DeleteMember with comments": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.Atomically(ctx, func(tx *store.DB) error {
				if err := tx.AskDeletion(ctx, m.ID, noon, true); err != nil {
					return err
				}
				return tx.DeleteMember(ctx, m.ID)
			})
		},
		"DeleteMember": func(ctx context.Context, db *store.DB, m news.Member) error {
			return db.DeleteMember(ctx, m.ID)
		},
	}
	both(t, func(t *testing.T, db *store.DB) {
		m, _ := busy(t, db)
		before := everything(t, db)
		for name, method := range methods {
			for fail, done := 1, false; !done; fail++ {
				ctx, cancel := context.WithCancel(t.Context())
				n := 0
				err := db.Atomically(ctx, func(tx *store.DB) error {
					err := method(store.WithTrace(ctx, func(string, []any) {
						if n++; n == fail {
							cancel()
						}
					}), tx, m)
					if err == nil {
						done = true
						return errors.New("undo")
					}
					return err
				})
				cancel()
				if err == nil || fail > 150 {
					t.Fatalf("%s, statement %d: %v", name, fail, err)
				}
				if diff := cmp.Diff(before, everything(t, db)); diff != "" {
					t.Fatalf("%s, statement %d of %d: left\n%s", name, fail, n, diff)
				}
				if done && fail < 3 {
					t.Errorf("%s: only %d statements", name, fail)
				}
			}
		}
	})
}
