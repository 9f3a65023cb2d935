// Package storetest holds the one suite of tests that every database under the
// store must pass, and makes fresh migrated databases for tests of other
// packages. It knows the store from outside only.
package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"broadsheet/store"

	"github.com/jackc/pgx/v5"
)

// Main runs the tests of a package and then stops the PostgreSQL that they may
// have started. A package that calls Postgres begins with
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
func Main(m *testing.M) {
	code := m.Run()
	if err := stopPostgres(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// SQLite returns a fresh migrated SQLite database, gone after the test. The
// tables are made once; every test gets a copy of the file.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "site.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "storetest-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Postgres returns a fresh migrated PostgreSQL database, gone after the test:
// on the server that SITE_TEST_POSTGRES names, or on a private one that the
// first such test starts. The test fails when there is none; it is never
// skipped.
func Postgres(t testing.TB) *store.DB {
	t.Helper()
	template, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	name, err := createDatabase(template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dropDatabase(name); err != nil {
			t.Error(err)
		}
	})
	return open(t, databaseURL(name))
}

// postgresTemplate migrates a database once, for others to be copied from.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	if err := startPostgres(); err != nil {
		return "", err
	}
	name, err := createDatabase("template0")
	if err != nil {
		return "", err
	}
	postgres.template = name
	return name, migrate(databaseURL(name))
})

// EmptyPostgres returns the address of a PostgreSQL database without tables,
// for tests of opening and migrating; it is gone after the test.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	if err := startPostgres(); err != nil {
		t.Fatal(err)
	}
	name, err := createDatabase("template0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dropDatabase(name); err != nil {
			t.Error(err)
		}
	})
	return databaseURL(name)
}

func open(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func migrate(dsn string) error {
	db, err := store.Open(context.Background(), dsn, store.Options{})
	if err != nil {
		return err
	}
	if err := db.Migrate(context.Background()); err != nil {
		db.Close()
		return err
	}
	return db.Close()
}

// creating serialises copying: a database cannot be copied while another
// session is connected to it.
var creating sync.Mutex

func createDatabase(template string) (string, error) {
	name := "storetest_" + strings.ToLower(rand.Text()[:12])
	creating.Lock()
	defer creating.Unlock()
	sql := "CREATE DATABASE " + name + " TEMPLATE " + template
	if template == "template0" {
		// Byte order sorts as SQLite does; a language's order would not.
		sql += " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
	}
	return name, administer(sql)
}

func dropDatabase(name string) error {
	return administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
}

// administer runs a statement on the server itself.
func administer(sql string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, postgres.url)
	if err != nil {
		return fmt.Errorf("storetest: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		return fmt.Errorf("storetest: %s: %w", sql, err)
	}
	return nil
}

// databaseURL is the address of a database on the server for tests.
func databaseURL(name string) string {
	u, err := url.Parse(postgres.url)
	if err != nil {
		panic(err) // startPostgres has parsed it
	}
	u.Path = "/" + name
	return u.String()
}
