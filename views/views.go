// Package views renders pages from plain structs: strings, numbers, booleans
// and lists of them, already formatted. It knows no request, no store and no
// domain type; what a page shows is decided before it gets here.
package views

// A Link is one place to go.
type Link struct {
	Text    string
	URL     string
	Current bool // the page being shown
}

// A Time is an instant as people read it, with its machine-readable form.
type Time struct {
	ISO  string // RFC 3339 with zone
	Text string
}

// A Picture is an image with everything an <img> needs to shift nothing.
type Picture struct {
	Src    string
	Srcset string
	Width  int
	Height int
	Alt    string
}
