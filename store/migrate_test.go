package store_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/store/storetest"
)

var update = flag.Bool("update", false, "write schema.sql anew")

// empties makes the address of a database without tables, of each kind.
var empties = map[string]func(t *testing.T) string{
	"SQLite": func(t *testing.T) string {
		return "sqlite:" + filepath.Join(t.TempDir(), "a folder, new?", "site 100%.db")
	},
	"Postgres": func(t *testing.T) string { return storetest.EmptyPostgres(t) },
}

func openDB(t *testing.T, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestMigrate takes a database from nothing to now, and then sees it closed
// and opened again with all it held.
func TestMigrate(t *testing.T) {
	for name, empty := range empties {
		t.Run(name, func(t *testing.T) {
			ctx, dsn := t.Context(), empty(t)
			db := openDB(t, dsn)
			have, want, err := db.SchemaVersion(ctx)
			if err != nil || have != 0 || want == 0 {
				t.Fatalf("before: version %d of %d, %v", have, want, err)
			}
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			if have, _, err := db.SchemaVersion(ctx); err != nil || have != want {
				t.Errorf("after: version %d of %d, %v", have, want, err)
			}
			tag := news.Tag{Slug: "sea", Name: "Sea"}
			if err := db.SaveTag(ctx, &tag); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}

			again := openDB(t, dsn)
			queries := 0
			counting := store.WithTrace(ctx, func(string, []any) { queries++ })
			if err := again.Migrate(counting); err != nil || queries > 2 {
				t.Errorf("migrating again: %v, %d queries", err, queries)
			}
			if got, err := again.TagBySlug(ctx, "sea"); err != nil || got != tag {
				t.Errorf("after migrating again: %+v, %v", got, err)
			}
		})
	}
}

// TestMigrateNewer wants a database of a newer program refused as it is.
func TestMigrateNewer(t *testing.T) {
	for name, empty := range empties {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			db := openDB(t, empty(t))
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			err := db.Exec(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)`, 9999, true)
			if err != nil {
				t.Fatal(err)
			}
			err = db.Migrate(ctx)
			if !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "version 9999, this program knows") {
				t.Errorf("Migrate: %v, want ErrNewer with both versions", err)
			}
			if have, want, err := db.SchemaVersion(ctx); err != nil || have != 9999 || want >= have {
				t.Errorf("SchemaVersion: %d, %d, %v", have, want, err)
			}
		})
	}
}

// TestMigrateAtOnce starts four nodes on one empty PostgreSQL.
func TestMigrateAtOnce(t *testing.T) {
	dsn := storetest.EmptyPostgres(t)
	var nodes sync.WaitGroup
	for range 4 {
		db := openDB(t, dsn)
		nodes.Go(func() {
			if err := db.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	nodes.Wait()
	db := openDB(t, dsn)
	if have, want, err := db.SchemaVersion(t.Context()); err != nil || have != want {
		t.Errorf("version %d of %d, %v", have, want, err)
	}
}

// TestSettings wants the settings that durability and limits rest on, on every
// kind of connection.
func TestSettings(t *testing.T) {
	for name, settings := range map[string]map[string]string{
		"SQLite": {
			"PRAGMA journal_mode": "wal", "PRAGMA synchronous": "2", "PRAGMA foreign_keys": "1",
			"PRAGMA busy_timeout": "5000", "PRAGMA secure_delete": "1",
		},
		"Postgres": {
			"SHOW statement_timeout": "5s", "SHOW lock_timeout": "2s",
			"SHOW idle_in_transaction_session_timeout": "10s", "SHOW timezone": "UTC",
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			db := openDB(t, empties[name](t))
			err := db.Atomically(ctx, func(tx *store.DB) error { // on a connection that writes
				for query, want := range settings {
					var got []string
					if err := tx.List(ctx, &got, query); err != nil || len(got) != 1 || got[0] != want {
						t.Errorf("%s: %v, %v; want %s", query, got, err, want)
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	dsn := empties["SQLite"](t)
	db := openDB(t, dsn)
	var rows []int
	if err := db.List(t.Context(), &rows, `PRAGMA user_version`); err != nil {
		t.Fatal(err)
	}
	// A write that strays onto a connection for reading must fail.
	err := db.List(t.Context(), &rows, `INSERT INTO x VALUES (1) RETURNING 1`)
	if err == nil {
		t.Error("a connection for reading wrote")
	}
	info, err := os.Stat(strings.TrimPrefix(dsn, "sqlite:"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file with everybody's addresses has the rights %v, %v", info.Mode(), err)
	}
}

// TestSchema keeps schema.sql, which is for reading, the same as what the
// migrations make on SQLite. Run with -update to write it anew.
func TestSchema(t *testing.T) {
	db := storetest.SQLite(t)
	var parts []string
	err := db.List(t.Context(), &parts, `SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'goose%' AND tbl_name NOT LIKE 'sqlite%'
		ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("-- What the migrations make of an empty SQLite file. Generated, for reading only:\n"+
		"-- go test ./store -run Schema -update\n\n%s;\n", strings.Join(parts, ";\n\n"))
	if *update {
		if err := os.WriteFile("schema.sql", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema.sql")
	if err != nil || got != string(want) {
		t.Errorf("schema.sql is not what the migrations make (%v): go test ./store -run Schema -update", err)
	}
}
