package store

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer says that a newer program has changed the database since; this one
// does not understand it and leaves it alone.
var ErrNewer = errors.New("the database is newer than this program")

// Migrate brings the tables up to date, each file in a transaction of its own.
// On PostgreSQL several nodes may do so at once: one works, the others wait.
// It returns ErrNewer and changes nothing when a newer program was here.
func (db *DB) Migrate(ctx context.Context) error {
	if have, want, err := db.SchemaVersion(ctx); err != nil {
		return err
	} else if have > want {
		return fmt.Errorf("store: %w: version %d, this program knows %d", ErrNewer, have, want)
	} else if have == want {
		return nil
	}
	provider, err := db.provider()
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return db.dialect.failure(ctx, err)
}

// SchemaVersion returns the number of the last migration the database has had
// and of the last one this program brings. It changes nothing.
func (db *DB) SchemaVersion(ctx context.Context) (have, want int64, err error) {
	provider, err := db.provider()
	if err != nil {
		return 0, 0, err
	}
	sources := provider.ListSources()
	want = sources[len(sources)-1].Version

	var begun bool
	if err := db.get(ctx, &begun, db.dialect.hasTable, goose.DefaultTablename); err != nil || !begun {
		return 0, want, err
	}
	err = db.get(ctx, &have, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`)
	return have, want, err
}

func (db *DB) provider() (*goose.Provider, error) {
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.dialect.migrateOptions != nil {
		more, err := db.dialect.migrateOptions()
		if err != nil {
			return nil, fmt.Errorf("store: migrations: %w", err)
		}
		options = append(options, more...)
	}
	provider, err := goose.NewProvider(db.dialect.goose, db.write.DB, migrationFS{db.dialect}, options...)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return provider, nil
}

// migrationFS shows the migrations as one dialect sees them: files of the
// other dialect are not there, those of this one lose its name, and the texts
// both share are translated.
type migrationFS struct{ dialect *dialect }

var _ fs.ReadDirFS = migrationFS{}

// Open opens one migration.
func (m migrationFS) Open(name string) (fs.File, error) {
	own := strings.TrimSuffix(name, ".sql") + "." + m.dialect.name + ".sql"
	text, err := migrations.ReadFile("migrations/" + own)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = migrations.ReadFile("migrations/" + name)
		text = []byte(m.dialect.schema.Replace(string(text)))
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &migrationFile{Reader: bytes.NewReader(text), name: name, size: int64(len(text))}, nil
}

// ReadDir lists the migrations; it knows but one folder.
func (m migrationFS) ReadDir(string) ([]fs.DirEntry, error) {
	all, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var entries []fs.DirEntry
	for _, entry := range all {
		base, variant, isVariant := strings.Cut(strings.TrimSuffix(entry.Name(), ".sql"), ".")
		if isVariant && variant != m.dialect.name {
			continue
		}
		entries = append(entries, fs.FileInfoToDirEntry(&migrationFile{name: base + ".sql"}))
	}
	return entries, nil
}

// A migrationFile is an open migration, and what is known about it.
type migrationFile struct {
	*bytes.Reader
	name string
	size int64
}

func (f *migrationFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *migrationFile) Close() error               { return nil }
func (f *migrationFile) Name() string               { return f.name }
func (f *migrationFile) Size() int64                { return f.size }
func (f *migrationFile) Mode() fs.FileMode          { return 0o444 }
func (f *migrationFile) ModTime() time.Time         { return time.Time{} }
func (f *migrationFile) IsDir() bool                { return false }
func (f *migrationFile) Sys() any                   { return nil }
