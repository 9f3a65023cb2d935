package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

func testAtomically(p *paper) {
	failure := errors.New("stop")
	err := p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		c := news.Category{Slug: "lost", Name: "Lost"}
		if err := tx.SaveCategory(p.ctx, &c); err != nil {
			return err
		}
		err := tx.Atomically(p.ctx, func(tx *store.DB) error { // joins the outer one
			return tx.SaveTag(p.ctx, &news.Tag{Slug: "lost", Name: "Lost"})
		})
		if err != nil {
			return err
		}
		if _, err := tx.CategoryBySlug(p.ctx, "lost"); err != nil {
			p.Error("a transaction does not see what it wrote:", err)
		}
		return failure
	})
	p.wants(failure, err, "Atomically")
	_, err = p.CategoryBySlug(p.ctx, "lost")
	p.wants(news.ErrNotFound, err, "category after undoing")
	_, err = p.TagBySlug(p.ctx, "lost")
	p.wants(news.ErrNotFound, err, "tag of a nested transaction after undoing")

	func() {
		defer func() { recover() }()
		p.DB.Atomically(p.ctx, func(tx *store.DB) error {
			p.must(tx.SaveTag(p.ctx, &news.Tag{Slug: "panic", Name: "Panic"}))
			panic("stop")
		})
	}()
	_, err = p.TagBySlug(p.ctx, "panic")
	p.wants(news.ErrNotFound, err, "tag after a panic")

	p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		return tx.SaveTag(p.ctx, &news.Tag{Slug: "stays", Name: "Stays"})
	}))
	_, err = p.TagBySlug(p.ctx, "stays")
	p.must(err)
}

func testEmpty(p *paper) {
	p.category("News")
	if empty, err := p.DB.Empty(p.ctx); err != nil || !empty {
		p.Fatalf("with a category only: Empty = %v, %v", empty, err)
	}
	p.member()
	if empty, err := p.DB.Empty(p.ctx); err != nil || empty {
		p.Fatalf("with a member: Empty = %v, %v", empty, err)
	}
}

func testFailure(p *paper) {
	ctx, cancel := context.WithCancel(p.ctx)
	cancel()
	_, err := p.TagBySlug(ctx, "x")
	p.wants(context.Canceled, err, "query of a reader who left")
	if errors.Is(err, news.ErrUnavailable) {
		p.Error("a reader who left counts as a fault of the database")
	}
	ctx, cancel = context.WithDeadline(p.ctx, time.Unix(0, 0))
	defer cancel()
	_, err = p.TagBySlug(ctx, "x")
	p.wants(news.ErrUnavailable, err, "query past its deadline")
	p.wants(news.ErrUnavailable, p.SaveTag(ctx, &news.Tag{Slug: "x"}), "write past its deadline")

	for _, dsn := range []string{"mysql://x", "sqlite:", "sqlite::memory:", "postgres://%zz"} {
		if db, err := store.Open(p.ctx, dsn, store.Options{}); err == nil {
			db.Close()
			p.Errorf("Open(%q) succeeded", dsn)
		}
	}
	_, err = store.Open(p.ctx, "postgres://127.0.0.1:1/none", store.Options{})
	p.wants(news.ErrUnavailable, err, "Open with nobody there")
	p.must(p.Ping(p.ctx))
}

// testTime wants back what was written, to the microsecond, and in UTC,
// whatever zone it was written in.
func testTime(p *paper) {
	kiritimati := time.FixedZone("+14", 14*3600)
	for _, at := range []time.Time{
		noon,
		noon.In(kiritimati),
		time.Date(2026, 10, 25, 2, 30, 0, 999999000, time.FixedZone("CEST", 7200)),
		time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC),
		time.Date(1605, 6, 1, 0, 0, 0, 1000, time.UTC),
		time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC),
		noon.Add(789), // nanoseconds are cut
	} {
		s := p.article(at, func(s *news.Story) { s.UpdatedAt = &at })
		got, err := p.ArticleByID(p.ctx, news.Now(at), s.ID)
		p.must(err)
		for _, back := range []time.Time{*got.PublishedAt, *got.UpdatedAt} {
			if !back.Equal(news.Instant(at)) || back.Location() != time.UTC {
				p.Errorf("wrote %v, read %v", at, back)
			}
		}
		if got.ExpiresAt != nil {
			p.Errorf("wrote no time, read %v", got.ExpiresAt)
		}
	}
}

// awkward are texts that databases have been known to change or to refuse.
var awkward = []string{
	"plain", "", " spaces ", "It's \"quoted\" \\ back", "100 % _ under", "a?b ?? $1 :name", "-- ; /* */",
	"naïve café", "nai\u0308ve", "ﬁ ligature", "ẞ straße İı", "日本語 русский العربية עברית",
	"👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301\u0323", "\u200f\u202ertl\u202c", "\u00a0\u2003\u200b\ufeff", "tab\tline\r\nend",
	"\U0010ffff \ue000", "zalgo\u0300\u0301\u0302\u0303\u0304", "2026-01-01", "1e3", "NULL",
}

func testText(p *paper) {
	for _, text := range awkward {
		s := p.article(ago(time.Hour), func(s *news.Story) {
			s.Headline, s.Body, s.BodyHTML, s.HeroAlt = text, text, text, text
		})
		got, err := p.ArticleByID(p.ctx, now, s.ID)
		p.must(err)
		for _, back := range []string{got.Headline, got.Body, got.BodyHTML, got.HeroAlt} {
			if back != text {
				p.Errorf("wrote %q, read %q", text, back)
			}
		}
		if text == "" {
			continue
		}
		m := news.Member{EmailKey: text, NameKey: text, Handle: text, Name: text, Role: news.RoleMember, CreatedAt: noon}
		p.must(p.CreateMember(p.ctx, &m))
		byKey, err := p.MemberByEmail(p.ctx, text)
		if err != nil || byKey.ID != m.ID || byKey.Name != text {
			p.Errorf("member under %q: %+v, %v", text, byKey, err)
		}
	}
}

// testTextOrder wants names in the order of their bytes, on both databases.
func testTextOrder(p *paper) {
	names := []string{"Éclair", "apple", "Zebra", "eclair", "Äpfel", "_x", "10", "9", "zebra", "日本"}
	for i, name := range names {
		c := news.Category{Slug: p.name("c"), Name: name}
		p.must(p.SaveCategory(p.ctx, &c))
		p.article(ago(time.Duration(i)*time.Minute), in(c))
	}
	got, err := p.Categories(p.ctx, now)
	p.must(err)
	slices.Sort(names)
	for i := range names {
		if got[i].Name != names[i] {
			p.Fatalf("category %d is %q, want %q", i, got[i].Name, names[i])
		}
	}
}

func testMigrate(p *paper) {
	have, want, err := p.SchemaVersion(p.ctx)
	p.must(err)
	if have != want || want < 1 {
		p.Fatalf("a migrated database is at version %d of %d", have, want)
	}
	c := p.category("News")
	p.must(p.DB.Migrate(p.ctx)) // again does nothing
	if after, err := p.CategoryBySlug(p.ctx, "news"); err != nil || after != c {
		p.Errorf("after migrating again: %+v, %v", after, err)
	}
}

// testWritersAndReaders wants that nobody is told the database is locked.
func testWritersAndReaders(p *paper) {
	story, member := p.article(ago(time.Hour)), p.member()
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if _, err := p.CommentPage(p.ctx, now, story.ID, news.ThreadFilter{Order: news.OrderNewest, Page: 1}); err != nil {
					p.Error("reader:", err)
					return
				}
			}
		})
	}
	const each = 10
	for w := range 20 {
		writers.Go(func() {
			for i := range each {
				c := news.Comment{ArticleID: story.ID, MemberID: member.ID, Body: "words",
					State: news.CommentVisible, CreatedAt: ago(time.Duration(w*each+i) * time.Millisecond)}
				if err := p.InsertComment(p.ctx, &c); err != nil {
					p.Error("writer:", err)
					return
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if n, err := p.CommentCount(p.ctx, now, story.ID); err != nil || n != 20*each {
		p.Errorf("%d comments, %v; want %d", n, err, 20*each)
	}
}

// parallel runs f n times at once.
func parallel(t *testing.T, n int, f func(i int)) {
	t.Helper()
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			f(i)
		})
	}
	close(start)
	all.Wait()
}
