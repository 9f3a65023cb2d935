package text

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds on what a Finder takes and finds.
const (
	// WordMax is the most characters of a word or phrase that count.
	WordMax = 100
	// FoundMax is the most places that Find returns.
	FoundMax = 500
)

// How short a word may be to be found in disguise: letters drawn out
// ("spaaaam") and letters set apart ("s p a m").
const (
	drawnMin = 3
	apartMin = 4
	// readMax bounds how far a word is followed, drawn out as it may be.
	readMax = 3 * WordMax
)

// A Finder finds words and phrases in texts, whole ones only: "Essex" does not
// hold what stands inside it. Case, accents, invisible characters and letters
// that look alike make no difference; neither do a digit or a sign in place of
// a letter, a letter drawn out, and letters set apart by spaces or dots. In
// writings without spaces between words a word is found wherever it stands.
// The cost of a search is bounded by the length of the text.
type Finder struct {
	nodes []finderNode // nodes[0] is where all words begin
	words []finderWord
}

// A finderNode is where one has got to in the words by reading letters.
type finderNode struct {
	next map[rune]int32
	word int32 // the word that ends here, from 1, or 0
}

type finderWord struct {
	index   int // among those given to NewFinder
	letters int
	foreign bool // has a letter of another alphabet
}

// A Found is a place where a word stands in a text.
type Found struct {
	Word     int // its index among those that the Finder was made of
	From, To int // in bytes
}

// NewFinder returns what finds these words and phrases. Words without a letter
// or digit are never found.
func NewFinder(words []string) *Finder {
	f := &Finder{nodes: make([]finderNode, 1)}
	for i, word := range words {
		word = norm.NFC.String(word)
		f.add(i, word)
		if written := umlauts.Replace(word); written != word {
			f.add(i, written)
		}
	}
	return f
}

func (f *Finder) add(index int, word string) {
	letters := foldLetters(word)
	outside := func(l letter) bool { return l.kind == gapLetter || l.kind == softLetter && l.or == "il" }
	for len(letters) > 0 && outside(letters[0]) {
		letters = letters[1:]
	}
	for len(letters) > 0 && outside(letters[len(letters)-1]) {
		letters = letters[:len(letters)-1]
	}
	if !slices.ContainsFunc(letters, func(l letter) bool { return l.kind > softLetter }) {
		return
	}
	letters = letters[:min(len(letters), WordMax)]
	node := int32(0)
	w := finderWord{index: index, letters: len(letters)}
	for _, l := range letters {
		w.foreign = w.foreign || l.foreign
		next, ok := f.nodes[node].next[l.r]
		if !ok {
			next = int32(len(f.nodes))
			f.nodes = append(f.nodes, finderNode{})
			if f.nodes[node].next == nil {
				f.nodes[node].next = make(map[rune]int32)
			}
			f.nodes[node].next[l.r] = next
		}
		node = next
	}
	if f.nodes[node].word == 0 { // the first of two that fold to the same
		f.words = append(f.words, w)
		f.nodes[node].word = int32(len(f.words))
	}
}

// Find returns where words stand in a text, by where they begin: at one place
// the longest, and no two that overlap.
func (f *Finder) Find(s string) []Found {
	if len(f.words) == 0 || s == "" {
		return nil
	}
	letters := foldLetters(s)
	native := mostlyForeign(letters)
	var found []Found
	for i := range letters {
		if letters[i].kind == gapLetter || i > 0 && !letters[i-1].ends(letters[i]) || amidSigns(letters, i) {
			continue
		}
		end := func(n int) bool { return n == len(letters) || letters[n-1].ends(letters[n]) }
		if hit, ok := f.longest(letters, i, native, 0, end); ok {
			found = append(found, hit)
		}
	}
	for _, run := range apart(letters) {
		for i := range run {
			if hit, ok := f.longest(run, i, native, apartMin, func(int) bool { return true }); ok {
				found = append(found, hit)
			}
		}
	}
	return disjoint(found)
}

// amidSigns reports whether a sign stands between two others: in "!!!!!" no word
// begins but at the ends.
func amidSigns(letters []letter, i int) bool {
	return i > 0 && i+1 < len(letters) && letters[i].kind == softLetter &&
		letters[i-1].kind == softLetter && letters[i+1].kind == softLetter
}

// disjoint orders places and drops those that overlap an earlier one.
func disjoint(found []Found) []Found {
	slices.SortFunc(found, func(a, b Found) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	kept := found[:0]
	for _, hit := range found {
		if n := len(kept); (n == 0 || hit.From >= kept[n-1].To) && n < FoundMax {
			kept = append(kept, hit)
		}
	}
	return kept
}

// A reading is one way to have read letters as the beginning of a word.
type reading struct {
	node    int32
	real    bool // one of them is a letter, not only digits and signs
	guessed bool // one was taken for another
	drawn   bool // one was passed over as drawn out
}

// longest returns the longest word that letters hold from i on and that may
// end there, of at least so many letters.
func (f *Finder) longest(letters []letter, i int, native bool, least int, end func(n int) bool) (Found, bool) {
	var hit Found
	var ok bool
	foreign, latin := false, false // of what alphabets the letters read so far are
	now := []reading{{}}
	for n := i; n < min(len(letters), i+readMax) && len(now) > 0; n++ {
		l := letters[n]
		if l.kind == spacedLetter {
			foreign, latin = foreign || l.foreign, latin || !l.foreign
		}
		var next []reading
		enter := func(from reading, r rune, guessed bool) {
			if node, there := f.nodes[from.node].next[r]; there {
				from.node = node
				from.real = from.real || l.kind >= spacedLetter
				from.guessed = from.guessed || guessed
				if !slices.Contains(next, from) {
					next = append(next, from)
				}
			}
		}
		for _, from := range now {
			enter(from, l.r, false)
			for _, r := range l.or {
				enter(from, r, true)
			}
			if l.kind == softLetter {
				enter(from, ' ', false)
			}
			if n > i && least == 0 && drawnOut(letters, n) {
				from.drawn = true
				if !slices.Contains(next, from) {
					next = append(next, from)
				}
			}
		}
		now = next
		if !end(n + 1) {
			continue
		}
		for _, at := range now {
			w := f.nodes[at.node].word
			if w == 0 {
				continue
			}
			word := f.words[w-1]
			switch {
			case word.letters < least, at.drawn && word.letters < drawnMin, at.guessed && !at.real:
			case native && foreign && !latin && !word.foreign: // сор is a word of its own in a Russian text, and no "cop"
			default:
				hit, ok = Found{Word: word.index, From: letters[i].from, To: l.to}, true
			}
		}
	}
	return hit, ok
}

// drawnOut reports whether the letter at n repeats the one before, in a run
// that is longer than words have.
func drawnOut(letters []letter, n int) bool {
	same := func(i int) bool {
		return i >= 0 && i < len(letters) && letters[i].r == letters[n].r && letters[i].kind == letters[n].kind
	}
	return letters[n].kind == spacedLetter && same(n-1) && (same(n-2) || same(n+1))
}

// apart returns the runs of letters that stand each by itself, as in "s p a m"
// and "s.p.a.m", without what is between them.
func apart(letters []letter) [][]letter {
	var runs [][]letter
	var run []letter
	flush := func() {
		if len(run) >= apartMin {
			runs = append(runs, run)
		}
		run = nil
	}
	gap := func(i int) bool { return i < 0 || i == len(letters) || letters[i].kind == gapLetter }
	for i, l := range letters {
		switch {
		case l.kind == gapLetter:
			if !l.sole {
				flush()
			}
		case gap(i-1) && gap(i+1):
			run = append(run, l)
		default:
			flush()
		}
	}
	flush()
	return runs
}

// mostlyForeign reports whether a text is written in another alphabet than the
// Latin one, and not only in those letters of it that look like Latin ones.
func mostlyForeign(letters []letter) bool {
	latin, foreign, own := 0, 0, 0
	for _, l := range letters {
		switch {
		case l.kind != spacedLetter:
		case !l.foreign:
			latin++
		default:
			foreign++
			if l.r >= utf8.RuneSelf {
				own++
			}
		}
	}
	return foreign > latin && own*6 >= foreign
}
