package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"broadsheet/internal/news"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestSnake(t *testing.T) {
	for field, want := range map[string]string{
		"ID": "id", "BodyHTML": "body_html", "CategoryID": "category_id", "HeroAlt": "hero_alt",
		"N": "n", "PublishedAt": "published_at", "HTMLBody": "html_body",
	} {
		if got := snake(field); got != want {
			t.Errorf("snake(%q) = %q, want %q", field, got, want)
		}
	}
}

// TestFailure goes through codes of PostgreSQL that cannot be provoked in a
// test.
func TestFailure(t *testing.T) {
	ctx := context.Background()
	for code, want := range map[string]error{
		"23505": news.ErrConflict,
		"53100": news.ErrUnavailable, // disk full
		"53300": news.ErrUnavailable, // too many connections
		"57014": news.ErrUnavailable, // statement timeout
		"57P01": news.ErrUnavailable, // shutting down
		"55P03": news.ErrUnavailable, // lock timeout
		"08006": news.ErrUnavailable, // connection failure
		"42601": nil,                 // syntax error: the program's own fault
		"23503": nil,                 // foreign key
	} {
		cause := &pgconn.PgError{Code: code}
		got := postgresDialect.failure(ctx, fmt.Errorf("wrapped: %w", cause))
		for _, kind := range []error{news.ErrConflict, news.ErrUnavailable} {
			if errors.Is(got, kind) != (want == kind) {
				t.Errorf("code %s became %v", code, got)
			}
		}
		if !errors.Is(got, cause) {
			t.Errorf("code %s lost its cause: %v", code, got)
		}
	}
	if got := sqliteDialect.failure(ctx, sql.ErrNoRows); got != news.ErrNotFound {
		t.Errorf("no rows became %v", got)
	}
}

// TestSQLiteFull fills a database that may not grow.
func TestSQLiteFull(t *testing.T) {
	ctx := t.Context()
	db, err := Open(ctx, "sqlite:"+t.TempDir()+"/site.db", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := db.write.ExecContext(ctx, `PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	big := make([]byte, 1<<20)
	for i := range big {
		big[i] = 'x'
	}
	err = db.SaveAuthor(ctx, &news.Author{Slug: "a", Name: "A", Bio: string(big)})
	if !errors.Is(err, news.ErrUnavailable) {
		t.Errorf("writing to a full database: %v", err)
	}
	if _, err := db.AuthorBySlug(ctx, "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("reading from a full database: %v", err)
	}
}

// TestSQLiteBusy has another program hold the writer's lock.
func TestSQLiteBusy(t *testing.T) {
	ctx := t.Context()
	dsn := "sqlite:" + t.TempDir() + "/site.db"
	db, err := Open(ctx, dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	other, err := Open(ctx, dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := db.write.ExecContext(ctx, `PRAGMA busy_timeout = 1`); err != nil {
		t.Fatal(err)
	}
	err = other.Atomically(ctx, func(*DB) error {
		if err := db.SaveTag(ctx, &news.Tag{Slug: "a"}); !errors.Is(err, news.ErrUnavailable) {
			t.Errorf("writing while another program writes: %v", err)
		}
		_, err := db.TagBySlug(ctx, "a") // reading goes on
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("reading while another program writes: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
