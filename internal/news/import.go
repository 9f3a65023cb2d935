package news

// An Import is one article as an importer understood it, with everything it
// needs beside it. Categories, tags and authors are matched by slug and made
// when missing; an existing one keeps its name.
type Import struct {
	Article  // ImportKey and ImportHash are set; ids and Version are not
	Category Category
	Authors  []Author
	Tags     []Tag
	// Aliases are paths the article had before; each becomes a redirect.
	Aliases []string
}

// An ImportOutcome says what became of one imported article.
type ImportOutcome string

// What an import can do with an article.
const (
	ImportCreated   ImportOutcome = "created"
	ImportUpdated   ImportOutcome = "updated"
	ImportUnchanged ImportOutcome = "unchanged"
)
