package intake

import (
	"regexp"
	"strings"
)

// blockStart finds a line that may begin another block, which no code span
// goes beyond.
var blockStart = regexp.MustCompile(`\n[ \t]*[#=*+>|~_0-9-]`)

// tickMax is the longest run of backticks that is taken for code.
const tickMax = 16

// putCodeAside replaces fenced code and code spans by marks, so that no later
// step takes their content for anything.
func (r *bodyReader) putCodeAside(s string) string {
	var out, run strings.Builder
	flush := func() {
		out.WriteString(r.spans(run.String()))
		run.Reset()
	}
	lines := strings.SplitAfter(s, "\n")
	lastFence := map[byte]int{} // the last line that could close a fence
	for i, line := range lines {
		if c, n := fence(line); n > 0 {
			lastFence[c] = i
		}
	}
	for i := 0; i < len(lines); i++ {
		c, n := fence(lines[i])
		if n == 0 || lastFence[c] <= i {
			run.WriteString(lines[i])
			continue
		}
		end := i + 1
		for end < len(lines) {
			if c2, n2 := fence(lines[end]); c2 == c && n2 >= n && strings.Trim(lines[end], " \t\n>"+string(c)) == "" {
				break
			}
			end++
		}
		if end == len(lines) {
			// Never closed: not code, and neither is any later fence of that length.
			run.WriteString(lines[i])
			lastFence[c] = i
			continue
		}
		flush()
		indent := lines[i][:strings.IndexByte(lines[i], c)]
		out.WriteString(indent + r.aside(strings.TrimSuffix(strings.Join(lines[i:end+1], "")[len(indent):], "\n")) + "\n")
		i = end
	}
	flush()
	return out.String()
}

// fence returns the character and length of the fence a line begins with.
func fence(line string) (byte, int) {
	t := strings.TrimLeft(line, " \t>")
	if !strings.HasPrefix(t, "```") && !strings.HasPrefix(t, "~~~") {
		return 0, 0
	}
	n := 3
	for n < len(t) && t[n] == t[0] {
		n++
	}
	if t[0] == '`' && strings.Contains(t[n:], "`") {
		return 0, 0 // a code span
	}
	return t[0], n
}

// spans puts the code spans of each paragraph aside.
func (r *bodyReader) spans(s string) string {
	if !strings.Contains(s, "`") {
		return s
	}
	var b strings.Builder
	for i, paragraph := range strings.Split(s, "\n\n") {
		if i > 0 {
			b.WriteString("\n\n")
		}
		r.paragraphSpans(&b, paragraph)
	}
	return b.String()
}

func (r *bodyReader) paragraphSpans(b *strings.Builder, s string) {
	var failed [tickMax + 1]bool // no closing run of that length from here on
	for {
		start := strings.IndexByte(s, '`')
		if start < 0 {
			b.WriteString(s)
			return
		}
		n := tickRun(s[start:])
		end := -1
		inShortcode := strings.HasSuffix(strings.TrimRight(s[:start], " "), "{{<") || lastShortcodeOpen(s[:start])
		if n <= tickMax && !failed[n] && !inShortcode && !(start > 0 && s[start-1] == '\\') {
			for at := start + n; at < len(s); {
				next := strings.IndexByte(s[at:], '`')
				if next < 0 {
					break
				}
				at += next
				length := tickRun(s[at:])
				if length == n {
					end = at + n
					break
				}
				at += length
			}
			failed[n] = end < 0
			if end > 0 && blockStart.MatchString(s[start:end]) {
				end = -1
			}
		}
		if end < 0 {
			b.WriteString(s[:start+n])
			s = s[start+n:]
			continue
		}
		b.WriteString(s[:start])
		b.WriteString(r.aside(unescapeShortcodes(s[start:end])))
		s = s[end:]
	}
}

// lastShortcodeOpen reports whether s ends within the arguments of a
// shortcode, where backticks are quotes.
func lastShortcodeOpen(s string) bool {
	open := max(strings.LastIndex(tail(s), "{{<"), strings.LastIndex(tail(s), "{{%"))
	return open >= 0 && !strings.Contains(tail(s)[open:], "}}")
}

func tail(s string) string { return s[max(0, len(s)-500):] }

// unescapeShortcodes undoes Hugo's way of writing a shortcode that is shown.
func unescapeShortcodes(s string) string {
	return strings.NewReplacer("{{</*", "{{<", "*/>}}", ">}}", "{{%/*", "{{%", "*/%}}", "%}}").Replace(s)
}

func tickRun(s string) int {
	n := 0
	for n < len(s) && s[n] == '`' {
		n++
	}
	return n
}

// codeBlock returns fenced code with a fence longer than any run in it.
func codeBlock(code string) string {
	longest := 2
	for at := 0; at < len(code); at++ {
		if code[at] == '`' {
			n := tickRun(code[at:])
			longest = max(longest, n)
			at += n
		}
	}
	ticks := strings.Repeat("`", longest+1)
	return ticks + "\n" + strings.Trim(code, "\n") + "\n" + ticks
}

// codeSpan returns code as it stands within a line.
func codeSpan(code string) string {
	code = strings.Join(strings.Fields(code), " ")
	if code == "" {
		return ""
	}
	longest := 0
	for at := 0; at < len(code); at++ {
		if code[at] == '`' {
			n := tickRun(code[at:])
			longest = max(longest, n)
			at += n
		}
	}
	if longest == 0 {
		return "`" + code + "`"
	}
	ticks := strings.Repeat("`", longest+1)
	return ticks + " " + code + " " + ticks
}
