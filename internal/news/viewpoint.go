package news

import "time"

// A Viewpoint says who looks, and when. Every public read takes one, so that
// the live page and a preview of next Friday run the same queries: the live
// page passes the clock's now and the real reader, a preview another instant
// or another reader. No query asks the database for the time.
type Viewpoint struct {
	At     time.Time
	Reader Reader
}

// A Reader is the person a page is made for. The zero Reader is signed out.
type Reader struct {
	MemberID int64 // 0 when signed out
	Name     string
	Role     Role
}

// SignedIn reports whether the reader has an account and a session.
func (r Reader) SignedIn() bool { return r.MemberID != 0 }

// Now is the viewpoint of a signed-out reader at the instant at, cut to the
// microsecond that both databases keep.
func Now(at time.Time) Viewpoint {
	return Viewpoint{At: Instant(at)}
}

// Instant returns t in UTC, cut to whole microseconds: the finest time that
// SQLite and PostgreSQL both store, so that what is written is what is read.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
