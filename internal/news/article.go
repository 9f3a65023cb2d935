package news

import "time"

// An Article is one story, with its words as the newsroom typed them and its
// body as rendered HTML.
type Article struct {
	ID         int64
	CategoryID int64
	// Day is the date of first publication in the site's zone, as yyyymmdd;
	// with Slug it is the address. Empty while there is no publication time.
	Day  string
	Slug string

	Kicker     string // a word above the headline beside the category, such as "Explainer"
	Headline   string
	Standfirst string
	Body       string // Markdown
	BodyHTML   string // Body rendered and sanitised by internal/markup
	// BodyVersion is the markup.Version that made BodyHTML; a page renders
	// Body again when it is older than the running program's.
	BodyVersion int
	Language    string // BCP 47; empty means the site's language

	PictureID   *int64 // the hero
	HeroAlt     string
	HeroCaption string
	HeroCredit  string

	PublishedAt *time.Time // first publication; nil for a draft, later than now when scheduled
	UpdatedAt   *time.Time // last publication that the newsroom calls an update
	ExpiresAt   *time.Time // after this the article answers 410
	WithdrawnAt *time.Time // from this on the article answers 410

	CommentsClosedAt *time.Time // from this on nobody posts
	// CommentsKeptOpen says that the thread does not close by its age.
	CommentsKeptOpen bool
	// CommentsHeld says that moderators see every comment on it first.
	CommentsHeld bool

	// ImportKey names the article in the system it was imported from and
	// ImportHash what it then held; both are empty for articles written here.
	ImportKey  string
	ImportHash string

	Version int // counts writes
	// UpdatedVersion is the Version that UpdatedAt belongs to: comments on
	// earlier ones were written before that update.
	UpdatedVersion int
	CreatedAt      time.Time
	ModifiedAt     time.Time
}

// VisibleAt reports whether a reader sees the article at that instant. The
// store's SQL holds the same rule once, for lists.
func (a *Article) VisibleAt(at time.Time) bool {
	return a.PublishedAt != nil && !a.PublishedAt.After(at) && !a.GoneAt(at)
}

// GoneAt reports whether the article was withdrawn or has expired by then.
func (a *Article) GoneAt(at time.Time) bool {
	return a.WithdrawnAt != nil && !a.WithdrawnAt.After(at) ||
		a.ExpiresAt != nil && !a.ExpiresAt.After(at)
}

// CommentsClosed reports whether the thread takes no more comments, for
// itself, by its age or with all others.
func (a *Article) CommentsClosed(at time.Time, r *CommentRules) bool {
	if r.ClosedText != "" || a.CommentsClosedAt != nil && !a.CommentsClosedAt.After(at) {
		return true
	}
	return r.CloseAfterDays > 0 && !a.CommentsKeptOpen && a.PublishedAt != nil &&
		!a.PublishedAt.AddDate(0, 0, r.CloseAfterDays).After(at)
}

// A Story is an article with all that a page shows around it.
type Story struct {
	Article
	Category     Category
	Authors      []Author // in byline order
	Tags         []Tag    // in the newsroom's order
	Picture      *Picture // the hero's files, or nil
	CommentCount int      // visible comments
}

// A Picture is one image as stored: its files are named after its content.
type Picture struct {
	ID     int64
	Key    string // content hash; files are KEY-WIDTH.FORMAT
	Format string // file extension without the dot, such as "jpg"
	Width  int    // of the largest file, in pixels
	Height int
	Widths string // the widths there are files for, ascending, joined by commas
}

// A Category is a section of the paper; every article has exactly one.
type Category struct {
	ID          int64
	Slug        string
	Name        string
	Description string
	Position    int // order in the navigation and on the front page
	// CommentsHeld says that moderators see every comment in it first.
	CommentsHeld bool
}

// A Tag is a topic that runs across categories.
type Tag struct {
	ID   int64
	Slug string
	Name string
}

// An Author is a byline: a reporter, a guest or an agency. Authors need no
// account.
type Author struct {
	ID   int64
	Slug string
	Name string
	Role string // such as "Harbour correspondent"
	Bio  string
}

// Day returns the address date of an instant in the site's zone, as yyyymmdd.
func Day(at time.Time, zone *time.Location) string { return at.In(zone).Format("20060102") }
