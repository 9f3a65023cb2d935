// Package store keeps the newspaper in a database, SQLite or PostgreSQL, and
// holds all SQL there is. It knows the domain types and which rows a viewpoint
// shows; it does not know HTTP, HTML, or what time it is.
//
// Every query stands in the method that runs it, in the dialect both databases
// share; what they do not share is in dialect.go.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"broadsheet/internal/news"

	"github.com/jmoiron/sqlx"
)

// A DB is the newspaper's database, or a transaction on it: inside Atomically
// the same methods run within the transaction.
//
// Any method may return an error that wraps news.ErrUnavailable, when the
// database cannot be reached, is too busy or has no room.
type DB struct {
	dialect *dialect
	read    *sqlx.DB // for SQLite read-only connections, many
	write   *sqlx.DB // for SQLite one connection, since it has one writer
	tx      *sqlx.Tx // set inside Atomically
	unpaced bool
}

// Options are the settings of a DB; the zero value holds the defaults.
type Options struct {
	MaxConns int // connections for reading (SQLite) or altogether (PostgreSQL)
	// Unpaced lets members write as fast as they like, for load tests.
	Unpaced bool
}

// Open connects to the database that dsn names: "sqlite:PATH" or
// "postgres://…". It makes a SQLite file and its folder when missing, but no
// tables; that is Migrate's.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	scheme, rest, _ := strings.Cut(dsn, ":")
	var db *DB
	var err error
	switch scheme {
	case "sqlite":
		db, err = openSQLite(ctx, rest, o)
	case "postgres", "postgresql":
		db, err = openPostgres(dsn, o)
	default:
		return nil, fmt.Errorf("store: database %q: want sqlite:PATH or postgres://…", scheme)
	}
	if err != nil {
		return nil, err
	}
	db.unpaced = o.Unpaced
	if err := db.Ping(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Close gives all connections back. It does nothing inside a transaction.
func (db *DB) Close() error {
	if db.tx != nil {
		return nil
	}
	db.dialect.closed.Store(true)
	if db.read == db.write {
		return db.write.Close()
	}
	// The writer goes last: SQLite folds the log into the file when the last
	// connection that may write closes.
	return errors.Join(db.read.Close(), db.write.Close())
}

// Ping reports whether the database can be read and its writer be reached.
func (db *DB) Ping(ctx context.Context) error {
	var one int
	if err := db.get(ctx, &one, `SELECT 1`); err != nil {
		return err
	}
	return db.dialect.failure(ctx, db.write.PingContext(ctx))
}

// Atomically runs f in one transaction, which is kept when f returns nil and
// undone when it returns an error or panics. Inside another Atomically it
// joins that one. f must use the DB it is given: on SQLite the outer one would
// wait for the very connection that f holds.
func (db *DB) Atomically(ctx context.Context, f func(tx *DB) error) error {
	if db.tx != nil {
		return f(db)
	}
	tx, err := db.write.BeginTxx(ctx, nil)
	if err != nil {
		return db.dialect.failure(ctx, err)
	}
	defer tx.Rollback() // after Commit it does nothing
	if err := f(&DB{dialect: db.dialect, read: db.read, write: db.write, tx: tx, unpaced: db.unpaced}); err != nil {
		return err
	}
	return db.dialect.failure(ctx, tx.Commit())
}

// Empty reports whether there is no article and no member yet.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	var empty bool
	err := db.get(ctx, &empty,
		`SELECT NOT EXISTS (SELECT 1 FROM articles) AND NOT EXISTS (SELECT 1 FROM members)`)
	return empty, err
}

// get reads the one row that a query yields. It returns news.ErrNotFound when
// there is none. A query that writes must run inside Atomically.
func (db *DB) get(ctx context.Context, dest any, query string, args ...any) error {
	query = db.prepare(ctx, query, args)
	return db.dialect.failure(ctx, sqlx.GetContext(ctx, db.reader(), dest, query, args...))
}

// list reads all rows that a query yields into the slice dest points to.
func (db *DB) list(ctx context.Context, dest any, query string, args ...any) error {
	query = db.prepare(ctx, query, args)
	return db.dialect.failure(ctx, sqlx.SelectContext(ctx, db.reader(), dest, query, args...))
}

// exec runs a statement that yields no rows and says how many it changed. It
// returns news.ErrConflict when a unique value is taken.
func (db *DB) exec(ctx context.Context, query string, args ...any) (int, error) {
	query = db.prepare(ctx, query, args)
	var on sqlx.ExecerContext = db.write
	if db.tx != nil {
		on = db.tx
	}
	res, err := on.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, db.dialect.failure(ctx, err)
	}
	n, err := res.RowsAffected()
	return int(n), db.dialect.failure(ctx, err)
}

func (db *DB) reader() sqlx.QueryerContext {
	if db.tx != nil {
		return db.tx
	}
	return db.read
}

// prepare returns the query with the placeholders of this database, and cuts
// every time among args to the microsecond in UTC that both databases keep.
func (db *DB) prepare(ctx context.Context, query string, args []any) string {
	for i, arg := range args {
		switch t := arg.(type) {
		case time.Time:
			args[i] = news.Instant(t)
		case *time.Time:
			if t != nil {
				args[i] = news.Instant(*t)
			}
		}
	}
	query = db.write.Rebind(query)
	if trace, ok := ctx.Value(traceKey{}).(func(string, []any)); ok {
		trace(query, args)
	}
	return query
}

type traceKey struct{}

// WithTrace returns a context under which every query is reported to trace
// before it runs, for counting queries and for looking at their plans.
func WithTrace(ctx context.Context, trace func(query string, args []any)) context.Context {
	return context.WithValue(ctx, traceKey{}, trace)
}

// sqlText is a query as text with its arguments, put together from parts.
type sqlText struct {
	text strings.Builder
	args []any
}

// add appends a part, with a space before it, and the arguments it takes.
func (q *sqlText) add(part string, args ...any) *sqlText {
	if q.text.Len() > 0 {
		q.text.WriteByte(' ')
	}
	q.text.WriteString(part)
	q.args = append(q.args, args...)
	return q
}

// addIDs appends a part that ends in a list of ids; ids must not be empty.
func (q *sqlText) addIDs(part string, ids []int64) *sqlText {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return q.add(part+" (?"+strings.Repeat(", ?", len(ids)-1)+")", args...)
}

func (db *DB) listText(ctx context.Context, dest any, q *sqlText) error {
	return db.list(ctx, dest, q.text.String(), q.args...)
}

// one turns the number of rows a statement changed into news.ErrNotFound when
// there was none.
func one(n int, err error) error {
	if err == nil && n == 0 {
		return news.ErrNotFound
	}
	return err
}

// free returns the first of base, base-2, base-3 … that is not taken.
func free(base string, taken func(string) (bool, error)) (string, error) {
	name := base
	for n := 2; ; n++ {
		busy, err := taken(name)
		if err != nil || !busy {
			return name, err
		}
		name = fmt.Sprintf("%s-%d", base, n)
	}
}

// byID indexes rows by their id.
func byID[T any](rows []T, id func(*T) int64) map[int64]*T {
	m := make(map[int64]*T, len(rows))
	for i := range rows {
		m[id(&rows[i])] = &rows[i]
	}
	return m
}
