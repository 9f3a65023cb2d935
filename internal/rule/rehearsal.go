package rule

import "broadsheet/internal/news"

// ExamplesMax is how many examples of each outcome a Rehearsal keeps.
const ExamplesMax = 10

// A Rehearsal is what rules would have done to past comments.
type Rehearsal struct {
	Total int // comments there were; the caller's to set
	Seen  int // of them looked at
	// By the new rules, and by the rules in force.
	Shown, Held, Refused          int
	WasShown, WasHeld, WasRefused int
	// Examples are past comments that fare differently, in the order they were
	// added, at most ExamplesMax of each outcome by the new rules.
	Examples []Example

	inForce, next *Set
	kept          map[outcome]int
}

// An Example is one past comment that would have fared differently.
type Example struct {
	news.PastComment
	Now, Then news.Verdict // by the rules in force, and by the new ones
}

// Rehearse tries the rules of s on past comments, beside those in force. It is
// filled comment by comment with Add.
func (s *Set) Rehearse(inForce *Set) *Rehearsal {
	return &Rehearsal{inForce: inForce, next: s, kept: make(map[outcome]int)}
}

type outcome int

const (
	shown outcome = iota
	held
	refused
)

func outcomeOf(v news.Verdict) outcome {
	switch {
	case len(v.Refused) > 0:
		return refused
	case len(v.Held) > 0:
		return held
	}
	return shown
}

// Add judges one past comment by both rules. It never fails; its signature is
// that of a look at the store's PastComments.
func (r *Rehearsal) Add(c news.PastComment) error {
	e := Example{PastComment: c, Now: r.inForce.Judge(c.Body)(c.Standing), Then: r.next.Judge(c.Body)(c.Standing)}
	was, is := outcomeOf(e.Now), outcomeOf(e.Then)
	r.Seen++
	*[]*int{&r.WasShown, &r.WasHeld, &r.WasRefused}[was]++
	*[]*int{&r.Shown, &r.Held, &r.Refused}[is]++
	if was != is && r.kept[is] < ExamplesMax {
		r.kept[is]++
		r.Examples = append(r.Examples, e)
	}
	return nil
}
