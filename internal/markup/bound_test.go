package markup

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shapes are texts of n bytes that cost goldmark's plain parsers the square of
// their length, or might.
func shapes() map[string]func(n int) string {
	all := make(map[string]func(int) string)
	for _, unit := range []string{
		"*a_ ", "*a_", "**a ", "*a **a ", "a**b ", "***a***", "_a__b", "*_", "~~a ", "~~a~~ ", "[", "![", "[a](", "[a](b \"", "[a](<b", "[a][b",
		"[a]", "](x)", "[a](/b)[", "[![", "`", "`a``", "> ", ">", "- ", "1. ", "-\t", "* * ", "> - ", "<a:", "<a@b.c", "<", "http://a", "http://a.b/_",
		"://", "http://((", "_http://a_", "[http://a", "&#x202e;", "&", "&amp", "\\", " \\\n", "a\n", "\n", "|a", "|-", "|\\|`", "- a\n", "> a\n", "#", "# a\n", "a\n=\n",
		"[a]: /b\n", "[a]:\n", "[^1]", "   ", "\t", "é", "(((", "+ a\n\n", "```\n", "~~~", "    a\n", "- a\n  b\n\n", "]", "!", "\u0301", "—", "> —a\n>\n",
	} {
		all[unit] = func(n int) string { return strings.Repeat(unit, n/len(unit)+1)[:n] }
	}
	all["backticks of every length"] = func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat("`", i) + "a")
		}
		return b.String()[:n]
	}
	all["wide table"] = func(n int) string {
		head := strings.Repeat("|a", 90) + "\n" + strings.Repeat("|-", 90) + "\n"
		return (head + strings.Repeat("|\n", n))[:n]
	}
	all["many tables"] = func(n int) string {
		one := strings.Repeat("|a", 90) + "\n" + strings.Repeat("|-", 90) + "\n" + strings.Repeat("|\n", 200) + "\n"
		return strings.Repeat(one, n/len(one)+1)[:n]
	}
	all["deeper and deeper"] = func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(" ", i*2) + "- a\n")
		}
		return b.String()[:n]
	}
	all["emphasis in emphasis"] = func(n int) string {
		return strings.Repeat("*a ", n/6) + strings.Repeat("b* ", n/6)
	}
	all["blocks at the bound"] = func(n int) string {
		one := strings.Repeat("*a_ ", emphasisMax/2) + strings.Repeat("[", linkMax) + "\n\n"
		return strings.Repeat(one, n/len(one)+1)[:n]
	}
	return all
}

// cpu returns the least processor time of three calls.
func cpu(call func()) time.Duration {
	var times []time.Duration
	for range 3 {
		before := used()
		call()
		times = append(times, used()-before)
	}
	return slices.Min(times)
}

func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return time.Duration(time.Now().UnixNano())
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// baseline is ordinary prose: what a text of that length costs anyway.
func baseline(n int) string {
	const s = "An *ordinary* sentence with a [link](https://a.example/b) and a `word`.\nAnother line.\n\n"
	return strings.Repeat(s, n/len(s)+1)[:n]
}

func TestBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, tt := range []struct {
		name   string
		render func(string) string
		sizes  []int
		// A shape may cost that many times the baseline. Dense markup is more
		// nodes for a byte than prose; squares are far beyond.
		factor int
	}{
		{"comment", Comment, []int{3000, 20_000}, 25},
		{"article", Article, []int{20_000, 500_000}, 25},
	} {
		for _, n := range tt.sizes {
			plain := baseline(n)
			limit := time.Duration(tt.factor)*cpu(func() { tt.render(plain) }) + 5*time.Millisecond
			for name, shape := range shapes() {
				s := shape(n)
				if took := cpu(func() { tt.render(s) }); took > limit {
					t.Errorf("%s of %d bytes, shape %q: %v, limit %v", tt.name, n, name, took, limit)
				}
			}
		}
	}
}
