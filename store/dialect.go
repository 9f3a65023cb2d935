package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// A dialect holds everything in which the two databases differ.
type dialect struct {
	name  string // in the names of migration files
	goose goose.Dialect
	// schema turns the PostgreSQL text of a migration into this dialect's.
	schema *strings.Replacer
	// hasTable asks whether the table of that name exists.
	hasTable string
	// lockRow ends a SELECT whose row nobody else may change until the
	// transaction ends.
	lockRow string
	// lockFree ends one that passes over rows which somebody else is changing.
	lockFree string
	// samples is the table in which ANALYZE keeps values of indexed columns,
	// by table in the column tbl, where that can be written to, else "".
	samples string
	// scrub drops what was deleted from the files beside the database where a
	// statement can do so, else it is "".
	scrub   string
	explain string
	// earlier is the time of c.created_at less so many microseconds.
	earlier  string
	classify func(error) error
	closed   *atomic.Bool // the connections are given back; each DB has its own
	// migrateOptions are what goose is told beside the dialect.
	migrateOptions func() ([]goose.ProviderOption, error)
}

var sqliteDialect = &dialect{
	name:  "sqlite",
	goose: goose.DialectSQLite3,
	schema: strings.NewReplacer(
		"BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "INTEGER PRIMARY KEY",
		"TIMESTAMPTZ", "TIMESTAMP",
		"BYTEA", "BLOB",
	),
	hasTable: `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)`,
	samples:  "sqlite_stat4",
	scrub:    `PRAGMA wal_checkpoint(TRUNCATE)`,
	explain:  "EXPLAIN QUERY PLAN ",
	earlier:  `c.created_at - ?`,
	classify: classifySQLite,
	// lockRow and lockFree are empty: a transaction that writes is alone from
	// its start.
}

var postgresDialect = &dialect{
	name:     "postgres",
	goose:    goose.DialectPostgres,
	schema:   strings.NewReplacer(),
	hasTable: `SELECT to_regclass(?) IS NOT NULL`,
	lockRow:  ` FOR NO KEY UPDATE`, // lets rows that refer to this one be added
	lockFree: ` FOR NO KEY UPDATE SKIP LOCKED`,
	explain:  "EXPLAIN ",
	earlier:  `c.created_at - ? * INTERVAL '1 microsecond'`,
	classify: classifyPostgres,
	migrateOptions: func() ([]goose.ProviderOption, error) {
		// Several nodes may start at once: one migrates while the others ask
		// every second, for five minutes at most.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		return []goose.ProviderOption{goose.WithSessionLocker(patientLocker{locker})}, err
	},
}

func init() { sqlx.BindDriver("sqlite", sqlx.QUESTION) }

func openSQLite(ctx context.Context, path string, o Options) (*DB, error) {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return nil, errors.New("store: sqlite: want the path of a file")
	}
	path = strings.TrimPrefix(path, "//") // some write sqlite:///srv/site.db for /srv/site.db
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	// SQLite would make the file readable to everybody; its log files take
	// over the rights of the file.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	file.Close()

	write, err := sql.Open("sqlite", sqliteDSN(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
			// What is deleted is overwritten, so that no byte of it stays in the file.
			"secure_delete(1)"},
	}))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	write.SetMaxOpenConns(1)
	write.SetMaxIdleConns(1)
	// The writer must have turned the file to WAL before readers open it.
	if err := write.PingContext(ctx); err != nil {
		write.Close()
		return nil, sqliteDialect.failure(ctx, err)
	}
	read, err := sql.Open("sqlite", sqliteDSN(path, url.Values{
		"mode":    {"ro"},
		"_pragma": {"busy_timeout(5000)", "foreign_keys(1)"},
	}))
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("store: %w", err)
	}
	n := o.MaxConns
	if n <= 0 {
		n = min(max(runtime.NumCPU(), 4), 8)
	}
	read.SetMaxOpenConns(n)
	read.SetMaxIdleConns(n)
	return newDB(sqliteDialect, read, write, "sqlite"), nil
}

func sqliteDSN(path string, q url.Values) string {
	q.Set("_inttotime", "1")
	q.Set("_time_integer_format", "unix_micro")
	q.Set("_timezone", "UTC")
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + q.Encode()
}

func openPostgres(dsn string, o Options) (*DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err) // pgx leaves the password out
	}
	for name, value := range map[string]string{
		"statement_timeout":                   "5000",
		"lock_timeout":                        "2000",
		"idle_in_transaction_session_timeout": "10000",
		"application_name":                    "broadsheet",
		"timezone":                            "UTC",
	} {
		if _, set := config.RuntimeParams[name]; !set {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(scanUTC))
	n := o.MaxConns
	if n <= 0 {
		n = 20
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return newDB(postgresDialect, db, db, "pgx"), nil
}

// scanUTC makes a connection return times in UTC; pgx would return local ones.
func scanUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name:  "timestamptz",
		OID:   pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

func newDB(d *dialect, read, write *sql.DB, driverName string) *DB {
	own := *d
	own.closed = new(atomic.Bool)
	handle := func(db *sql.DB) *sqlx.DB {
		x := sqlx.NewDb(db, driverName)
		x.Mapper = reflectx.NewMapperFunc("db", snake)
		return x
	}
	db := &DB{dialect: &own, write: handle(write)}
	db.read = db.write
	if read != write {
		db.read = handle(read)
	}
	return db
}

// snake turns the name of a field into that of its column: BodyHTML into
// body_html.
func snake(name string) string {
	upper := func(i int) bool { return i >= 0 && i < len(name) && name[i] >= 'A' && name[i] <= 'Z' }
	var b strings.Builder
	for i := range len(name) {
		wordEnds := !upper(i-1) || (i+1 < len(name) && !upper(i+1))
		if upper(i) && i > 0 && wordEnds {
			b.WriteByte('_')
		}
		b.WriteByte(name[i])
	}
	return strings.ToLower(b.String())
}

// failure turns an error of a driver into one of news where it has a meaning
// there, judged by codes and types and never by words.
func (d *dialect) failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return news.ErrNotFound
	}
	// SQLite reports a cancelled query as an interrupt: the context knows why.
	if cause := ctx.Err(); cause != nil && !errors.Is(err, cause) {
		err = fmt.Errorf("%w: %w", cause, err)
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("store: %w", err) // nobody waits any more: no fault of the store's
	}
	var network net.Error
	if d.closed != nil && d.closed.Load() || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &network) {
		return fmt.Errorf("store: %w: %w", news.ErrUnavailable, err)
	}
	if kind := d.classify(err); kind != nil {
		return fmt.Errorf("store: %w: %w", kind, err)
	}
	return fmt.Errorf("store: %w", err)
}

func classifySQLite(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return news.ErrConflict
	}
	switch e.Code() & 0xff { // the low byte is the kind, the rest its detail
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL:
		return news.ErrUnavailable
	}
	return nil
}

func classifyPostgres(err error) error {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || pgconn.Timeout(err) {
		return news.ErrUnavailable
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case "23505": // unique_violation
		return news.ErrConflict
	case "57014", // query_canceled: statement_timeout
		"55P03", // lock_not_available: lock_timeout
		"25P03", // idle_in_transaction_session_timeout
		"25006", // read_only_sql_transaction: a standby
		"40001", // serialization_failure
		"40P01": // deadlock_detected
		return news.ErrUnavailable
	}
	switch e.Code[:2] {
	case "08", // connection exception
		"53", // insufficient resources: disk full, too many connections
		"57", // operator intervention: shutting down, starting up
		"58": // system error, such as failed input or output
		return news.ErrUnavailable
	}
	return nil
}

// A patientLocker lets the statements of a migration take as long as they
// need: building an index on a large table outlasts the limit for queries.
type patientLocker struct{ lock.SessionLocker }

func (l patientLocker) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if err := l.SessionLocker.SessionLock(ctx, conn); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, `SET statement_timeout = 0`)
	return err
}

func (l patientLocker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `RESET statement_timeout`)
	return errors.Join(err, l.SessionLocker.SessionUnlock(ctx, conn))
}

// Explain returns the plan by which the database would run a query that
// WithTrace reported, a line a step.
func (db *DB) Explain(ctx context.Context, query string, args []any) (string, error) {
	rows, err := db.reader().QueryxContext(ctx, db.dialect.explain+query, args...)
	if err != nil {
		return "", db.dialect.failure(ctx, err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		row, err := rows.SliceScan()
		if err != nil {
			return "", db.dialect.failure(ctx, err)
		}
		fmt.Fprintln(&plan, row[len(row)-1]) // both put the words into the last column
	}
	return plan.String(), db.dialect.failure(ctx, rows.Err())
}

// Analyze refreshes what the database knows about the spread of its data, by
// which it chooses indexes; worth it after an import.
func (db *DB) Analyze(ctx context.Context) error {
	return db.Atomically(ctx, func(tx *DB) error {
		if _, err := tx.exec(ctx, `ANALYZE`); err != nil {
			return err
		}
		return tx.dropSamples(ctx)
	})
}
