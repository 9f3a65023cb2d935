package web

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/password"
	"broadsheet/internal/text"
	"broadsheet/internal/webtest"
	"broadsheet/store"
	"broadsheet/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// noon is when every script begins.
var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// A clock is the time of one site.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// quiet drops the request log of tests.
var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// testServer is a site on real SQLite with the test newsroom in it.
func testServer(t *testing.T) (*Server, *clock) {
	t.Helper()
	db := storetest.SQLite(t)
	plant(t, db)
	c := &clock{at: noon}
	s, err := New(Config{
		Name: "The Test Paper", Line: "All that fits", Language: "en", Zone: time.UTC,
		URL: &url.URL{Scheme: "http", Host: "paper.example"}, Media: testMedia(), Now: c.now, Log: quiet,
		SecondFactorOptional: true, // factor_test.go has the other way
		Secret:               []byte("a secret of thirty-two bytes or so"),
	}, db)
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

func testMedia() fs.FS {
	return fstest.MapFS{"abcdef0123456789-600.jpg": {Data: []byte("a picture")}}
}

// TestPages runs the page scripts.
func TestPages(t *testing.T) {
	webtest.Run(t, "testdata/*.txt", func(t *testing.T) webtest.Site {
		s, c := testServer(t)
		return webtest.Site{Handler: s, Advance: c.advance, Mail: (&postbox{s: s, t: t}).newest}
	})
}

// A postbox is where a test reads the mail that its site queues.
type postbox struct {
	t      *testing.T
	s      *Server
	unread []news.OutMail
}

// newest returns the newest unread mail to an address, which makes it and
// those before it read.
func (p *postbox) newest(address string) (string, bool) {
	if err := p.s.Tell(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	for {
		m, err := p.s.db.ClaimMail(p.t.Context(), news.Instant(p.s.cfg.Now()))
		if errors.Is(err, news.ErrNotFound) {
			break
		}
		if err != nil {
			p.t.Fatal(err)
		}
		isAsk, err := p.s.Ask(p.t.Context(), m)
		if err != nil {
			p.t.Fatal(err)
		}
		if err := p.s.db.MailSent(p.t.Context(), m.ID, news.Instant(p.s.cfg.Now())); err != nil {
			p.t.Fatal(err)
		}
		if !isAsk {
			p.unread = append(p.unread, m)
		}
	}
	found := ""
	var rest []news.OutMail
	for _, m := range p.unread {
		if m.Address == address {
			found = "Subject: " + m.Subject + "\nUnsubscribe: " + m.Unsubscribe + "\n\n" + m.Text
		} else {
			rest = append(rest, m)
		}
	}
	p.unread = rest
	return found, found != ""
}

// testPassword opens the accounts ada@, bo@ and mod@paper.example.
const testPassword = "a long test password"

var testHash = sync.OnceValues(func() (string, error) {
	return password.NewHasher().Hash(context.Background(), testPassword)
})

// plant stores a small newsroom: enough of everything for the scripts.
func plant(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	hash, err := testHash()
	must(err)
	at := func(before time.Duration) *time.Time { when := noon.Add(-before); return &when }
	member := func(name, email string, role news.Role) int64 {
		m := news.Member{Email: email, EmailKey: text.FoldEmail(email), Name: name, NameKey: text.Fold(name), Handle: text.Slug(name),
			PasswordHash: hash, Role: role, CreatedAt: noon.AddDate(-1, 0, 0), ConfirmedAt: at(365 * 24 * time.Hour)}
		must(db.CreateMember(ctx, &m))
		return m.ID
	}
	ada := member("Ada", "ada@paper.example", news.RoleMember)
	bo := member("Bo", "bo@paper.example", news.RoleMember)
	mod := member("Mod", "mod@paper.example", news.RoleModerator)
	member("Root", "root@paper.example", news.RoleAdministrator)

	town := news.Category{Slug: "town", Name: "Town", Description: "Streets and squares.", Position: 1}
	sport := news.Category{Slug: "sport", Name: "Sport", Position: 2}
	must(db.SaveCategory(ctx, &town))
	must(db.SaveCategory(ctx, &sport))
	bridges := news.Tag{Slug: "bridges", Name: "Bridges"}
	must(db.SaveTag(ctx, &bridges))
	writer := news.Author{Slug: "nora-vane", Name: "Nora Vane", Role: "Town reporter", Bio: "Walks."}
	guest := news.Author{Slug: "wire", Name: "The Wire"}
	must(db.SaveAuthor(ctx, &writer))
	must(db.SaveAuthor(ctx, &guest))
	hero := news.Picture{Key: "abcdef0123456789", Format: "jpg", Width: 1200, Height: 800, Widths: "600,1200"}
	must(db.SavePicture(ctx, &hero))

	article := func(slug string, c news.Category, published *time.Time, change func(*news.Story)) int64 {
		s := news.Story{Category: c, Authors: []news.Author{writer}}
		s.CategoryID, s.Slug, s.PublishedAt = c.ID, slug, published
		if published != nil {
			s.Day = news.Day(*published, time.UTC)
		}
		s.Headline = strings.ReplaceAll(slug, "-", " ")
		s.Standfirst = "What " + s.Headline + " means"
		s.Body = "First paragraph of " + s.Headline + ".\n\n## A subhead\n\n> A quotation.\n> \n> — Somebody\n\nA [link](https://www.example.org/) and a last sentence of " + s.Headline + "."
		s.CreatedAt, s.ModifiedAt = noon, noon
		if change != nil {
			change(&s)
		}
		s.BodyHTML, s.BodyVersion = markup.Article(s.Body), markup.Version
		must(db.CreateArticle(ctx, &s))
		return s.ID
	}
	comment := func(articleID, memberID int64, parent *int64, before time.Duration, body string, state news.CommentState) int64 {
		c := news.Comment{ArticleID: articleID, MemberID: memberID, ParentID: parent, Body: body, State: state, CreatedAt: noon.Add(-before)}
		if state == news.CommentRemoved {
			c.Reason = "abuse"
		}
		must(db.InsertComment(ctx, &c))
		return c.ID
	}

	bridge := article("bridge-opens", town, at(time.Hour), func(s *news.Story) {
		s.Tags = []news.Tag{bridges}
		s.Authors = []news.Author{writer, guest}
		s.PictureID, s.HeroAlt, s.HeroCaption, s.HeroCredit = &hero.ID, "A bridge", "The bridge at noon.", "N. Vane / The Test Paper"
		s.UpdatedAt = at(30 * time.Minute)
		s.Kicker = "Explainer"
	})
	must(db.AddRedirect(ctx, news.Redirect{Path: "/old/bridge", ArticleID: bridge}))
	first := comment(bridge, ada, nil, 50*time.Minute, "First word.", news.CommentVisible)
	second := comment(bridge, bo, &first, 49*time.Minute, "Second word.", news.CommentVisible)
	third := comment(bridge, ada, &second, 48*time.Minute, "Third word.", news.CommentVisible)
	fourth := comment(bridge, bo, &third, 47*time.Minute, "Fourth word.", news.CommentVisible)
	comment(bridge, mod, &fourth, 46*time.Minute, "Fifth word.", news.CommentVisible)
	removed := comment(bridge, bo, nil, 45*time.Minute, "Rude word.", news.CommentRemoved)
	comment(bridge, ada, &removed, 44*time.Minute, "Answer to the rude word.", news.CommentVisible)
	comment(bridge, bo, nil, 43*time.Minute, "Held word.", news.CommentHeld)

	market := article("market-moves", town, at(2*time.Hour), nil)
	comment(market, bo, nil, time.Hour, "A word about the market.", news.CommentVisible)
	long := article("long-thread", town, at(3*time.Hour), nil)
	for i := range 45 {
		comment(long, ada, nil, 170*time.Minute-time.Duration(i)*time.Minute, "Remark number "+plural(i+1, "word")+".", news.CommentVisible)
	}
	article("closed-thread", sport, at(26*time.Hour), func(s *news.Story) { s.CommentsClosedAt = at(time.Minute) })
	article("taken-down", town, at(27*time.Hour), func(s *news.Story) { s.WithdrawnAt = at(time.Hour) })
	article("over-and-done", town, at(28*time.Hour), func(s *news.Story) { s.ExpiresAt = at(time.Hour) })
	article("to-come", town, at(-time.Hour), nil)
	article("draft-only", town, nil, func(s *news.Story) { s.Headline = "Marker of the unpublished" })
	article("years-ago", sport, at(800*24*time.Hour), nil)
	for i := range 22 {
		article("tagged-"+string(rune('a'+i)), sport, at(time.Duration(30+i)*time.Hour), func(s *news.Story) { s.Tags = []news.Tag{bridges} })
	}
}
