package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
)

// A draft is what stands in the comment form.
type draft struct {
	parent  *news.Remark // being answered, or nil
	body    string
	key     string
	kept    string // token of the kept comment it came from
	version int    // of the article it was written under; 0 is the one shown
	note    string
	err     string
	preview string // rendered, or ""
}

// commentForm is what the comment form sends.
type commentForm struct {
	body    string
	parent  int64 // 0 at the top level
	key     string
	kept    string
	version int // of the article that was being read
	order   string
	page    int
	open    int64
	part    int
	preview bool // to be seen before it is sent
	quote   bool // the words being answered, put into the field
}

// readCommentForm reads the form. It returns a 400 for what no form of ours
// sends.
func readCommentForm(r *http.Request) (commentForm, error) {
	f := commentForm{}
	var err error
	if f.body, err = readWords(r, "body"); err != nil {
		return f, err
	}
	f.key, f.kept, f.order = r.PostFormValue("key"), r.PostFormValue("kept"), r.PostFormValue("order")
	f.preview, f.quote = r.PostFormValue("preview") != "", r.PostFormValue("quote") != ""
	if p := r.PostFormValue("parent"); p != "" {
		id, ok := positiveID(p)
		if !ok {
			id = -1 // names no comment: answered like one that is gone
		}
		f.parent = id
	}
	f.version = smallNumber(r.PostFormValue("version"), 0)
	f.page = smallNumber(r.PostFormValue("page"), 1)
	f.part = smallNumber(r.PostFormValue("part"), 0)
	if id, ok := positiveID(r.PostFormValue("open")); ok {
		f.open = id
	}
	if len(f.key) > 100 {
		f.key = ""
	}
	return f, nil
}

// readWords reads a posted form and one field of several lines in it.
func readWords(r *http.Request, field string) (string, error) {
	if err := parseForm(r); err != nil {
		return "", err
	}
	words, err := text.Clean(r.PostFormValue(field))
	if err != nil {
		return "", malformed("That is not text", "What arrived contains bytes that are no characters, so it cannot be shown. Please go back and type it again.")
	}
	return strings.TrimSpace(words), nil
}

// smallNumber reads a positive number, else gives the usual one.
func smallNumber(s string, usual int) int {
	if n, err := strconv.Atoi(s); err == nil && n > usual && n < 1<<30 {
		return n
	}
	return usual
}

// commentProblem says what is wrong with the text of a comment, or "".
func commentProblem(body string) string {
	n := text.Length(body)
	switch {
	case n == 0:
		return "Write your comment first"
	case n < news.CommentMin:
		return fmt.Sprintf("Write at least %d characters", news.CommentMin)
	case n > news.CommentMax:
		return fmt.Sprintf("Your comment is %s too long: please shorten it to %d", plural(n-news.CommentMax, "character"), news.CommentMax)
	case len(body) > news.CommentMaxBytes:
		return fmt.Sprintf("Your comment takes %s more than we can store: please shorten it", plural(len(body)-news.CommentMaxBytes, "byte"))
	}
	return ""
}

// quoteMax is how much of a comment is quoted, in characters.
const quoteMax = 500

// quoted is the beginning of a comment as a Markdown quotation, without what
// it quotes itself.
func quoted(body string) string {
	var own []string
	for line := range strings.SplitSeq(body, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), ">") {
			own = append(own, line)
		}
	}
	words := strings.TrimSpace(strings.Join(own, "\n"))
	if words == "" {
		return ""
	}
	words = text.Cut(words, quoteMax)
	return "> " + strings.ReplaceAll(words, "\n", "\n> ") + "\n\n"
}

// newFormKey makes one form one comment.
func newFormKey() string { return session.NewToken()[:22] }

// keptKey is the form key of a kept comment: it is one comment, however often
// it is sent.
func keptKey(token string) string { return fmt.Sprintf("kept-%x", session.Hash(token)[:12]) }
