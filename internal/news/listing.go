package news

// PageSize is how many articles a listing shows.
const PageSize = 20

// A Filter selects articles for a listing; zero fields do not restrict.
type Filter struct {
	CategoryID int64
	TagID      int64
	AuthorID   int64
	Exclude    []int64 // article ids to leave out
	Limit      int     // at most this many; 0 means PageSize
	Offset     int
}

// A Redirect leads from a path that once served an article to the article.
type Redirect struct {
	Path      string // as requested: begins with a slash, has no query, no trailing slash
	ArticleID int64
}
