package intake

import (
	"testing"
	"testing/fstest"
	"time"
)

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: A\ndate: 2024-01-02\n---\n{{< note >}}x{{< /note >}} [a](b.md) <b>c</b>\n",
		"+++\ntitle = 'A'\ndate = 2024-01-02\n+++\n<ul><li>a<ul><li>b</ul></ul>\n",
		"{\"title\":\"A\",\"date\":\"2024-01-02\"}\n| a |\n", "---\ntitle: [\n---\n# x\n{% raw %}`{{`",
		"---\n&a [*a]\n---\n", "{{< img src=\"a caption='b >}} <table><tr><td>a<br>b</td><td>c</table>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		fsys := fstest.MapFS{"content/news/2024-01-02-a.md": {Data: b}}
		items, _, err := Markdown(fsys, Options{Now: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), Origin: "https://old.example"})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range items {
			addresses := map[string]bool{"/" + it.Day + "/" + it.Slug: true}
			checkHostile(t, it, addresses)
		}
	})
}
