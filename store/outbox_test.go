package store_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/store/storetest"
)

// TestMailForgotten wants what was sent to hold no link any more, a stranger's
// message no address, and nothing to be left after a week.
func TestMailForgotten(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *store.DB{
		"SQLite": storetest.SQLite, "Postgres": storetest.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			ctx, db := t.Context(), open(t)
			noon := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
			ann := news.Member{Email: "ann@example.org", EmailKey: "ann@example.org", Name: "Ann", NameKey: "ann",
				Handle: "ann", Role: news.RoleMember, CreatedAt: noon}
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			must(db.CreateMember(ctx, &ann))
			var mails [3]news.OutMail
			for i := range mails {
				mails[i] = news.OutMail{Address: "x@example.org", Kind: "reset", Subject: "s", Text: "token=x",
					HTML: "token=x", Unsubscribe: "token=x", CreatedAt: noon}
			}
			mails[0].MemberID, mails[0].Address = &ann.ID, ann.Email
			for i := range mails {
				must(db.QueueMail(ctx, &mails[i]))
			}
			must(db.MailSent(ctx, mails[0].ID, noon))
			must(db.MailSent(ctx, mails[1].ID, noon.Add(time.Microsecond)))
			var rows []string
			must(db.List(ctx, &rows, `SELECT address || text || html || unsubscribe FROM mails ORDER BY id`))
			if got := strings.Join(rows, "|"); got != "ann@example.org||x@example.orgtoken=xtoken=xtoken=x" {
				t.Errorf("after sending: %s", got)
			}
			for _, sweep := range []struct {
				at   time.Time
				want int
			}{{noon.Add(news.MailKept - time.Microsecond), 0}, {noon.Add(news.MailKept), 1}, {noon.Add(9 * news.MailKept), 1}} {
				if n, err := db.SweepMail(ctx, sweep.at); err != nil || n != sweep.want {
					t.Errorf("swept %d, %v; want %d", n, err, sweep.want)
				}
			}
			if m, err := db.ClaimMail(ctx, noon); err != nil || m.ID != mails[2].ID {
				t.Errorf("the one that waits: %d, %v", m.ID, err)
			}
		})
	}
}
