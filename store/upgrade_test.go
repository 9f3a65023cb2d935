package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

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
				NoticeMail: news.NoticeMailOff, QueueMail: true}
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
			if _, err := db.CreateComment(ctx, &c, nil, nil); err != nil {
				t.Error(err)
			}
			must(t, db.DeleteMember(ctx, ann.ID))
			if _, n, err := db.MemberComments(ctx, ann.ID, 0, 0); err != nil || n != 2 {
				t.Errorf("%d comments left, %v", n, err)
			}
		})
	}
}
