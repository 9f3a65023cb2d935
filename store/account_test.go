package store_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
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

func must(t testing.TB, err error) {
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
	if strings.Contains(t.Name(), "/Postgres") {
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
		CreatedAt: noon, ConfirmedAt: &noon, NoticeMail: news.NoticeMailEach}
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
	_, err = db.CreateComment(ctx, &comment, nil, nil)
	must(t, err)
	must(t, db.KeepComment(ctx, news.KeptComment{TokenHash: []byte("lynx-kept"), ArticleID: s.ID, Body: "Gannets",
		MemberID: &m.ID, CreatedAt: noon, ExpiresAt: later}))
	talk(t, db, m, comment)
	return m, []string{"canary.example", "ponyhof", "heron", "lynx-session", "lynx-network", "lynx-reset", "lynx-change",
		"lynx-mail", "lynx-passkey", "lynx-kept", "axolotl", "lynx-report", "lynx-warning", "lynx-notice"}
}

// talk has a member do, and suffer, whatever there is in a conversation.
func talk(t *testing.T, db *store.DB, m news.Member, comment news.Comment) {
	t.Helper()
	ctx, v := t.Context(), viewOf(m, noon)
	name := fmt.Sprintf("bystander-%d", m.ID)
	other := news.Member{EmailKey: name, NameKey: name, Name: name, Handle: name, Role: news.RoleMember, CreatedAt: noon, ConfirmedAt: &noon}
	must(t, db.CreateMember(ctx, &other))
	_, err := db.EditComment(ctx, v, comment.ID, "Gannets and puffins", nil)
	must(t, err)
	theirs := news.Comment{ArticleID: comment.ArticleID, MemberID: other.ID, Body: "Of theirs", State: news.CommentVisible, CreatedAt: noon}
	_, err = db.CreateComment(ctx, &theirs, nil, nil)
	must(t, err)
	for _, answer := range []news.Comment{{MemberID: other.ID, ParentID: &comment.ID}, {MemberID: m.ID, ParentID: &theirs.ID}} {
		answer.ArticleID, answer.Body, answer.CreatedAt = comment.ArticleID, "Gannets, an answer", noon
		if answer.MemberID == other.ID {
			answer.Body = "An answer"
		}
		_, err := db.CreateComment(ctx, &answer, nil, nil)
		must(t, err)
	}
	_, err = db.Recommend(ctx, v, theirs.ID, true)
	must(t, err)
	_, err = db.ReportComment(ctx, v, &news.Report{CommentID: theirs.ID, MemberID: &m.ID, Reason: news.ReportSpam, Words: "lynx-report", CreatedAt: noon})
	must(t, err)
	must(t, db.Mute(ctx, v, other.ID, true))
	must(t, db.Mute(ctx, viewOf(other, noon), m.ID, true))
	_, err = db.Visit(ctx, m.ID, comment.ArticleID, noon)
	must(t, err)
	must(t, db.Exec(ctx, `INSERT INTO notices (member_id, kind, at, words, mail) VALUES (?, 'warned', ?, 'lynx-notice', 'each')`, m.ID, noon))
	must(t, db.Exec(ctx, `INSERT INTO warnings (member_id, reason, at, read_at) VALUES (?, 'lynx-warning', ?, ?)`, m.ID, noon, noon))
	must(t, db.Exec(ctx, `INSERT INTO moderator_categories (member_id, category_id) SELECT ?, MIN(id) FROM categories`, m.ID))
	must(t, db.Exec(ctx, `INSERT INTO looks (comment_id, member_id, until) VALUES (?, ?, ?)`, theirs.ID, m.ID, noon))
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

// TestAccountPlans wants no query about accounts to read a whole table, but
// those that count or search it.
func TestAccountPlans(t *testing.T) {
	db := storetest.SQLite(t)
	m, _ := busy(t, db)
	v, comment, later := viewOf(m, noon), news.Comment{ID: 1, ArticleID: 1}, noon.Add(time.Hour)
	for what, run := range map[string]func(ctx context.Context) error{
		"session": func(ctx context.Context) error {
			_, _, err := db.SessionMember(ctx, []byte("lynx-session"), noon)
			return err
		},
		"sessions":       func(ctx context.Context) error { _, err := db.Sessions(ctx, m.ID, noon); return err },
		"other sessions": func(ctx context.Context) error { _, err := db.DeleteOtherSessions(ctx, m.ID, nil); return err },
		"sweep sessions": func(ctx context.Context) error { _, err := db.SweepSessions(ctx, noon); return err },
		"token": func(ctx context.Context) error {
			_, _, err := db.Token(ctx, []byte("lynx-reset"), news.TokenReset, noon)
			return err
		},
		"spend token": func(ctx context.Context) error {
			_, _, err := db.SpendToken(ctx, []byte("lynx-reset"), news.TokenReset, noon)
			return err
		},
		"sweep tokens":   func(ctx context.Context) error { _, err := db.SweepTokens(ctx, noon); return err },
		"take":           func(ctx context.Context) error { _, err := db.Take(ctx, news.LimitSecond, "a", noon); return err },
		"sweep limits":   func(ctx context.Context) error { _, err := db.SweepLimits(ctx, noon); return err },
		"acts":           func(ctx context.Context) error { _, err := db.Acts(ctx, m.ID); return err },
		"administrators": func(ctx context.Context) error { _, err := db.Administrators(ctx); return err },
		"role":           func(ctx context.Context) error { return db.SetRole(ctx, m.ID, news.RoleModerator, news.Act{At: noon}) },
		"one role": func(ctx context.Context) error {
			_, _, err := db.Members(ctx, news.MemberFilter{Role: news.RoleModerator})
			return err
		},
		"own comments":    func(ctx context.Context) error { _, _, err := db.MemberComments(ctx, m.ID, 0, 0); return err },
		"public comments": func(ctx context.Context) error { _, _, err := db.PublicComments(ctx, v, m.ID, 0, 0); return err },
		"thread": func(ctx context.Context) error {
			_, err := db.CommentPage(ctx, v, comment.ArticleID, news.ThreadFilter{})
			return err
		},
		"permalink": func(ctx context.Context) error { _, err := db.CommentPlace(ctx, v, comment.ID, ""); return err },
		"new comments": func(ctx context.Context) error {
			_, _, err := db.CommentsSince(ctx, v, comment.ArticleID, noon)
			return err
		},
		"recommend":       func(ctx context.Context) error { _, err := db.Recommend(ctx, v, 2, false); return err },
		"notices":         func(ctx context.Context) error { _, _, _, err := db.Notices(ctx, v, 0, 0); return err },
		"unread notices":  func(ctx context.Context) error { _, err := db.UnreadNotices(ctx, v); return err },
		"read notices":    func(ctx context.Context) error { return db.ReadNotices(ctx, v, 1) },
		"claim a notice":  func(ctx context.Context) error { _, _, err := db.ClaimNotices(ctx, noon, false); return err },
		"claim a day's":   func(ctx context.Context) error { _, _, err := db.ClaimNotices(ctx, noon, true); return err },
		"notice mail":     func(ctx context.Context) error { return db.SetNoticeMail(ctx, m.ID, news.NoticeMailOff, true) },
		"sweep notices":   func(ctx context.Context) error { _, err := db.SweepNotices(ctx, noon); return err },
		"warning":         func(ctx context.Context) error { _, err := db.OpenWarning(ctx, m.ID, noon); return err },
		"mutes":           func(ctx context.Context) error { _, err := db.Mutes(ctx, m.ID); return err },
		"visit":           func(ctx context.Context) error { _, err := db.Visit(ctx, m.ID, comment.ArticleID, later); return err },
		"sweep visits":    func(ctx context.Context) error { _, err := db.SweepVisits(ctx, noon); return err },
		"sweep deleted":   func(ctx context.Context) error { _, err := db.SweepDeleted(ctx, noon); return err },
		"all data":        func(ctx context.Context) error { _, err := db.MemberData(ctx, v); return err },
		"nothing due":     func(ctx context.Context) error { _, err := db.DeleteDue(ctx, noon); return err },
		"name":            func(ctx context.Context) error { return db.RenameMember(ctx, m.ID, "N", "n", "n") },
		"pending address": func(ctx context.Context) error { return db.SetPendingEmail(ctx, m.ID, "x@example.org") },
		"address":         func(ctx context.Context) error { return db.ChangeEmail(ctx, m.ID, "x@example.org", "x@example.org") },
		"password":        func(ctx context.Context) error { return db.SetPassword(ctx, m.ID, "new") },
	} {
		type traced struct {
			query string
			args  []any
		}
		var all []traced
		err := run(store.WithTrace(t.Context(), func(query string, args []any) {
			all = append(all, traced{query, slices.Clone(args)})
		}))
		if err != nil && !errors.Is(err, news.ErrNotFound) { // some end what others look for
			t.Errorf("%s: %v", what, err)
		}
		for _, q := range all {
			plan, err := db.Explain(t.Context(), q.query, q.args)
			must(t, err)
			for line := range strings.Lines(plan) {
				part := strings.Contains(line, "SCAN arm") || strings.Contains(line, "SCAN counted") // of what an index found
				if strings.Contains(line, "SCAN") && !part && !strings.Contains(line, "INDEX") && !strings.Contains(line, "CONSTANT ROW") {
					t.Errorf("%s: %s%s", what, line, q.query)
				}
			}
		}
		if len(all) == 0 {
			t.Errorf("%s: no query", what)
		}
	}
}
