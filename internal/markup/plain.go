package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// Plain returns the text of HTML on one line, without tags and with character
// references resolved; blocks are set apart by a space. The result is plain
// text, so it must be escaped where it is put into HTML again.
func Plain(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			if skip == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := z.Token()
			switch t.Data {
			case "script", "style":
				if skip = ""; t.Type == html.StartTagToken {
					skip = t.Data
				}
			case "a", "em", "strong", "b", "i", "code", "del", "span", "sub", "sup":
			default:
				b.WriteByte(' ')
			}
		}
	}
}
