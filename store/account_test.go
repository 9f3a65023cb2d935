package store_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/store/storetest"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// both runs a test on a fresh migrated database of each kind.
func both(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Run("SQLite", func(t *testing.T) { test(t, storetest.SQLite(t)) })
	t.Run("Postgres", func(t *testing.T) { test(t, storetest.Postgres(t)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, db *store.DB, query string, args ...any) []string {
	t.Helper()
	var rows []string
	must(t, db.List(t.Context(), &rows, query, args...))
	return rows
}

// everything returns all rows of all tables as text, a line a row, each
// beginning with the name of its table.
func everything(t *testing.T, db *store.DB) []string {
	t.Helper()
	tables := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	columns := `SELECT name FROM pragma_table_info(?) ORDER BY name`
	var version []string
	if db.List(t.Context(), &version, `SELECT sqlite_version()`) != nil {
		tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`
		columns = `SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY column_name`
	}
	var rows []string
	for _, table := range list(t, db, tables) {
		var parts []string
		for _, column := range list(t, db, columns, table) {
			parts = append(parts, fmt.Sprintf(`COALESCE(CAST("%s" AS TEXT), '')`, column))
		}
		for _, row := range list(t, db, `SELECT `+strings.Join(parts, ` || '|' || `)+` FROM "`+table+`"`) {
			rows = append(rows, table+": "+row)
		}
	}
	if len(rows) == 0 {
		t.Fatal("no rows at all")
	}
	slices.Sort(rows)
	return rows
}

// traces returns the rows that hold one of the words, as they are or in
// hexadecimal digits.
func traces(t *testing.T, db *store.DB, words []string) []string {
	t.Helper()
	return slices.DeleteFunc(everything(t, db), func(row string) bool {
		row = strings.ToLower(row)
		return !slices.ContainsFunc(words, func(word string) bool {
			word = strings.ToLower(word)
			return strings.Contains(row, word) || strings.Contains(row, hex.EncodeToString([]byte(word)))
		})
	})
}

// busy makes a member with something in every table, and a comment, and
// returns them with the words that tell who they are.
func busy(t *testing.T, db *store.DB) (news.Member, []string) {
	t.Helper()
	ctx, later := t.Context(), noon.Add(time.Hour)
	m := news.Member{Email: "Zanzibar@Canary.example", EmailKey: "zanzibar@canary.example", Name: "Quetzal Ponyhof",
		NameKey: "quetzalponyhof", Handle: "quetzal-ponyhof", PasswordHash: "$argon2id$heron", Role: news.RoleMember,
		CreatedAt: noon, ConfirmedAt: &noon, ReplyMail: news.ReplyMailEach}
	must(t, db.CreateMember(ctx, &m))
	must(t, db.RenameMember(ctx, m.ID, "Wombat Ponyhof", "wombatponyhof", "wombat-ponyhof"))
	must(t, db.ChangeEmail(ctx, m.ID, "Kestrel@Canary.example", "kestrel@canary.example"))
	must(t, db.SetPendingEmail(ctx, m.ID, "Ibis@Canary.example"))
	must(t, db.Suspend(ctx, m.ID, later, "Called somebody a walrus", news.Act{At: noon}))
	must(t, db.Unsuspend(ctx, m.ID, news.Act{At: noon}))
	must(t, db.CreateSession(ctx, news.Session{TokenHash: []byte("lynx-session"), MemberID: m.ID, CreatedAt: noon,
		SeenAt: noon, ExpiresAt: later, Device: "Axolotl on Linux", Network: []byte("lynx-network")}))
	for _, token := range []news.Token{{Purpose: news.TokenReset, Address: "kestrel@canary.example"},
		{Purpose: news.TokenChange, Address: "ibis@canary.example"}} {
		token.Hash, token.MemberID, token.CreatedAt, token.ExpiresAt = []byte("lynx-"+token.Purpose), m.ID, noon, later
		must(t, db.AddToken(ctx, token))
	}
	must(t, db.QueueMail(ctx, &news.OutMail{MemberID: &m.ID, Address: "Kestrel@Canary.example", Kind: "reset",
		Subject: "To kestrel@canary.example", Text: "lynx-mail", CreatedAt: noon}))
	notice := news.OutMail{Address: "Kestrel@Canary.example", Kind: "notice", CreatedAt: noon}
	must(t, db.QueueMail(ctx, &notice))
	must(t, db.MailFailed(ctx, notice.ID, "refused", true, noon))
	must(t, db.AddPasskey(ctx, &news.Passkey{MemberID: m.ID, CredentialID: []byte("lynx-passkey"),
		Credential: []byte("lynx-passkey"), Name: "Axolotl key", CreatedAt: noon}))
	_, err := db.Take(ctx, news.LimitMailAddress, "kestrel@canary.example", noon)
	must(t, err)

	c := news.Category{Slug: "news", Name: "News"}
	must(t, db.SaveCategory(ctx, &c))
	s := news.Story{Article: news.Article{CategoryID: c.ID, Day: "20260314", Slug: "s", PublishedAt: &noon,
		CreatedAt: noon, ModifiedAt: noon}}
	must(t, db.CreateArticle(ctx, &s))
	comment := news.Comment{ArticleID: s.ID, MemberID: m.ID, Body: "Gannets and auks", FormKey: "lynx-form",
		State: news.CommentVisible, CreatedAt: noon}
	_, err = db.CreateComment(ctx, &comment, nil)
	must(t, err)
	must(t, db.KeepComment(ctx, news.KeptComment{TokenHash: []byte("lynx-kept"), ArticleID: s.ID, Body: "Gannets",
		MemberID: &m.ID, CreatedAt: noon, ExpiresAt: later}))
	return m, []string{"canary.example", "ponyhof", "heron", "lynx-session", "lynx-network", "lynx-reset", "lynx-change",
		"lynx-mail", "lynx-passkey", "lynx-kept", "axolotl"}
}

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
					words = append(words, "gannets", "lynx")
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
				if got := list(t, db, `SELECT body FROM comments`); erase == (got[0] != "") {
					t.Errorf("comment %q", got)
				}
			})
		}
	})
}

// statistics returns what ANALYZE of PostgreSQL keeps of the values.
func statistics(t *testing.T, db *store.DB) []string {
	var rows []string
	err := db.List(t.Context(), &rows, `SELECT tablename || '.' || attname || ': ' ||
		COALESCE(CAST(most_common_vals AS TEXT), '') || COALESCE(CAST(histogram_bounds AS TEXT), '')
		FROM pg_stats WHERE schemaname = 'public'`)
	if err != nil { // SQLite
		return list(t, db, `SELECT 'x' WHERE sqlite_compileoption_used('ENABLE_STAT4')`)
	}
	return rows
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

// TestActs wants no statement to change the record.
func TestActs(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		m := news.Member{EmailKey: "a", NameKey: "a", Handle: "a", Role: news.RoleMember, CreatedAt: noon}
		must(t, db.CreateMember(ctx, &m))
		must(t, db.RecordAct(ctx, news.Act{At: noon, ActorID: &m.ID, SubjectID: m.ID, Kind: "created", Reason: "x"}))
		before, err := db.Acts(ctx, m.ID)
		must(t, err)
		for _, statement := range []string{
			`UPDATE acts SET reason = 'y'`, `UPDATE acts SET id = 7`, `DELETE FROM acts`, `DELETE FROM acts WHERE id > 0`,
			`REPLACE INTO acts (id, at, subject_id, kind) SELECT id, at, 9, kind FROM acts`,
			`INSERT INTO acts (id, at, subject_id, kind) SELECT id, at, 9, kind FROM acts WHERE TRUE
				ON CONFLICT (id) DO UPDATE SET subject_id = 9`,
			`TRUNCATE acts`, `TRUNCATE acts CASCADE`,
		} {
			if db.Exec(ctx, statement) == nil {
				t.Errorf("%s: was let", statement)
			}
		}
		must(t, db.DeleteMember(ctx, m.ID))
		must(t, db.Exec(ctx, `DELETE FROM members`))
		after, err := db.Acts(ctx, m.ID)
		if diff := cmp.Diff(before, after); diff != "" || err != nil || len(after) != 1 {
			t.Errorf("%v:\n%s", err, diff)
		}
	})
}

// TestLimitNodes has two nodes share the limits of one database.
func TestLimitNodes(t *testing.T) {
	for name, empty := range empties {
		t.Run(name, func(t *testing.T) {
			dsn := empty(t)
			nodes := []*store.DB{openDB(t, dsn), openDB(t, dsn)}
			must(t, nodes[0].Migrate(t.Context()))
			l := news.Limit{Name: "login", Burst: 7, Per: 7 * time.Minute}
			for round := range 3 {
				var allowed atomic.Int32
				atOnce(50, func(i int) {
					switch wait, err := nodes[i%2].Take(t.Context(), l, "192.0.2.1", noon.Add(time.Duration(round)*time.Hour)); {
					case err != nil:
						t.Error(err)
					case wait == 0:
						allowed.Add(1)
					case wait != time.Minute:
						t.Errorf("wait %v", wait)
					}
				})
				if allowed.Load() != 7 {
					t.Errorf("round %d: %d of 50 allowed, want 7", round, allowed.Load())
				}
			}
			if rows := traces(t, nodes[0], []string{"192.0.2.1"}); len(rows) != 0 {
				t.Errorf("the address is kept: %q", rows)
			}
		})
	}
}

func atOnce(n int, f func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { f(i) })
	}
	all.Wait()
}

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
				if err == nil || fail > 40 {
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

// TestPendingFold holds the store's folding of a pending address and that of
// the tokens' addresses together: a link must fit whatever was typed.
func TestPendingFold(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		m := news.Member{EmailKey: "a", NameKey: "a", Handle: "a", Role: news.RoleMember, CreatedAt: noon}
		must(t, db.CreateMember(ctx, &m))
		for i, email := range []string{"a@b.c", " A@B.C ", "ａｎｎ＠ｅｘａｍｐｌｅ．org", "İSTANBUL@example.org", "ﬁ@x.y",
			"e\u0301@x.y", "É@x.y", "ΣΑΣ@x.y", "\u00a0a@b.c\u3000"} {
			must(t, db.SetPendingEmail(ctx, m.ID, email))
			hash := []byte{byte(i), 'h'}
			must(t, db.AddToken(ctx, news.Token{Hash: hash, MemberID: m.ID, Purpose: news.TokenChange,
				Address: text.FoldEmail(email), CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}))
			if _, _, err := db.SpendToken(ctx, hash, news.TokenChange, noon); err != nil {
				t.Errorf("%q: %v", email, err)
			}
		}
	})
}

// TestUpgrade takes a database with people in it from before there were
// accounts to confirm, to now.
func TestUpgrade(t *testing.T) {
	for name, empty := range empties {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			db := openDB(t, empty(t))
			must(t, db.MigrateTo(ctx, 3))
			for i, name := range []string{"ann", "bob"} {
				must(t, db.Exec(ctx, `INSERT INTO members (email, email_key, name, name_key, handle, password_hash, role, created_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, name+"@example.org", name+"@example.org", name, name, name,
					"$argon2id$", []string{"member", "administrator"}[i], noon))
			}
			must(t, db.Exec(ctx, `INSERT INTO categories (slug, name) VALUES ('news', 'News')`))
			must(t, db.Exec(ctx, `INSERT INTO articles (category_id, day, slug, headline, version, published_at, created_at, modified_at)
				SELECT id, '20260314', 's', 'H', 1, ?, ?, ? FROM categories`, noon, noon, noon))
			must(t, db.Exec(ctx, `INSERT INTO comments (article_id, member_id, body, state, created_at)
				SELECT a.id, m.id, 'Words', 'visible', ? FROM articles a, members m`, noon))
			must(t, db.Exec(ctx, `INSERT INTO sessions (token_hash, member_id, created_at, seen_at, expires_at)
				SELECT ?, MAX(id), ?, ?, ? FROM members`, []byte("t"), noon, noon, noon.Add(time.Hour)))
			must(t, db.Exec(ctx, `INSERT INTO kept_comments (token_hash, article_id, body, reading_order, page, member_id, created_at, expires_at)
				SELECT ?, a.id, 'Kept', 'newest', 1, m.id, ?, ? FROM articles a, members m WHERE m.name = 'ann'`,
				[]byte("k"), noon, noon.Add(time.Hour)))

			must(t, db.Migrate(ctx))
			ann, err := db.MemberByEmail(ctx, "ann@example.org")
			must(t, err)
			want := news.Member{ID: ann.ID, Email: "ann@example.org", EmailKey: "ann@example.org", Name: "ann", NameKey: "ann",
				Handle: "ann", PasswordHash: "$argon2id$", Role: news.RoleMember, CreatedAt: noon, ConfirmedAt: &noon,
				ReplyMail: news.ReplyMailOff}
			if diff := cmp.Diff(want, ann); diff != "" {
				t.Errorf("read (+), want (-):\n%s", diff)
			}
			comments, n, err := db.MemberComments(ctx, ann.ID, 0, 0)
			if err != nil || n != 1 || comments[0].Body != "Words" {
				t.Errorf("%+v, %v", comments, err)
			}
			if _, err := db.KeptComment(ctx, []byte("k"), noon, ann.ID); err != nil {
				t.Error(err)
			}
			if n, err := db.Administrators(ctx); err != nil || n != 1 {
				t.Errorf("%d administrators, %v", n, err)
			}
			// Old accounts do not lapse, and everything works on them.
			if n, err := db.DeleteDue(ctx, noon.AddDate(1, 0, 0)); err != nil || n != 0 {
				t.Errorf("deleted %d, %v", n, err)
			}
			must(t, db.CreateSession(ctx, news.Session{TokenHash: []byte("t"), MemberID: ann.ID, CreatedAt: noon,
				SeenAt: noon, ExpiresAt: noon.Add(time.Hour)}))
			c := news.Comment{ArticleID: comments[0].ArticleID, MemberID: ann.ID, Body: "More", State: news.CommentVisible, CreatedAt: noon}
			if _, err := db.CreateComment(ctx, &c, nil); err != nil {
				t.Error(err)
			}
			must(t, db.DeleteMember(ctx, ann.ID))
			if _, n, err := db.MemberComments(ctx, ann.ID, 0, 0); err != nil || n != 2 {
				t.Errorf("%d comments left, %v", n, err)
			}
		})
	}
}
