// Package news holds the newspaper's own things and rules: articles,
// categories, authors, members, comments, and what may be done with them. It
// knows neither SQL nor HTTP nor HTML, and imports only the standard library.
package news

import "errors"

// Errors that carry a meaning across packages. The store returns them, wrapped
// or bare; web maps each to one answer in one place.
var (
	// ErrNotFound says that nothing visible has that key.
	ErrNotFound = errors.New("not found")
	// ErrGone says that it was public once and was withdrawn or has expired.
	ErrGone = errors.New("gone")
	// ErrConflict says that a unique value is taken, or that somebody else
	// changed the thing first.
	ErrConflict = errors.New("conflict")
	// ErrForbidden says that this reader may not do that.
	ErrForbidden = errors.New("forbidden")
	// ErrSignInNeeded says that the act needs a session.
	ErrSignInNeeded = errors.New("sign-in needed")
	// ErrUnavailable says that the store cannot be reached or written now.
	ErrUnavailable = errors.New("unavailable")
)
