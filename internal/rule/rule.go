// Package rule judges comments by the newsroom's rules: word lists, links,
// trust. It knows no storage and no pages.
package rule

import (
	"slices"
	"strings"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

// A Set is CommentRules made ready for judging. It may be used by many at
// once.
type Set struct {
	rules        news.CommentRules
	refuse, hold *text.Finder
	allowed      []string // hosts that links may always lead to
}

// New makes rules ready; site is the host of the site itself, with or without
// a port, whose links always pass.
func New(r news.CommentRules, site string) *Set {
	s := &Set{rules: r.Usual(), refuse: text.NewFinder(r.RefuseWords), hold: text.NewFinder(r.HoldWords)}
	for _, host := range append([]string{site}, r.AllowedHosts...) {
		if host = allowedHost(host); host != "" {
			s.allowed = append(s.allowed, host)
		}
	}
	return s
}

// allowedHost reads a host as somebody types it into the settings: with a
// scheme or a path, "*.example.org" or ".example.org" too.
func allowedHost(s string) string {
	s = strings.TrimSpace(s)
	if _, after, found := strings.Cut(s, "://"); found {
		s = after
	}
	s, _, _ = strings.Cut(s, "/")
	return markup.Host(strings.TrimPrefix(strings.TrimPrefix(s, "*"), "."))
}

// allows reports whether links to a host always pass: one that is allowed, or
// stands under one.
func (s *Set) allows(host string) bool {
	return slices.ContainsFunc(s.allowed, func(a string) bool { return host == a || strings.HasSuffix(host, "."+a) })
}

// Judge returns what the rules make of a text, for the transaction that stores
// it: the text is looked at here, once, and the standing there. Every reason
// there is is listed, with the word as it stands in the list; a comment with a
// reason to refuse it is refused whatever else is true. Who is of the newsroom
// or moderates is neither held nor refused.
func (s *Set) Judge(body string) news.Judge {
	refused := details(news.RefuseWord, inText(s.refuse, s.rules.RefuseWords, body))
	words := details(news.HoldWord, inText(s.hold, s.rules.HoldWords, body))
	hosts := slices.DeleteFunc(markup.Links(body), s.allows)
	if len(hosts) > hostsMax {
		hosts = hosts[:hostsMax]
	}
	links := details(news.HoldLink, hosts)
	return func(st news.Standing) news.Verdict {
		var v news.Verdict
		if st.Staff {
			return v
		}
		trust := st.Trust(s.rules)
		v.Refused = append(v.Refused, refused...)
		if s.rules.NewPerDay > 0 && trust == news.TrustNew && st.LastDay >= s.rules.NewPerDay {
			v.Refused = append(v.Refused, news.Hold{Kind: news.RefuseDay})
		}
		for _, rule := range []struct {
			holds bool
			kind  news.HoldKind
		}{
			{s.rules.HoldAll, news.HoldSite},
			{st.CategoryHeld, news.HoldCategory},
			{st.ArticleHeld, news.HoldArticle},
			{st.MemberHeld, news.HoldMember},
			{st.Accepted < s.rules.HoldFirst, news.HoldFirst},
		} {
			if rule.holds {
				v.Held = append(v.Held, news.Hold{Kind: rule.kind})
			}
		}
		if s.HoldsLinks(st) {
			v.Held = append(v.Held, links...)
		}
		v.Held = append(v.Held, words...)
		return v
	}
}

// hostsMax is how many hosts are named as reasons.
const hostsMax = 20

// inText returns the listed words that a text holds, each once, as typed and
// as it is read: markup and character references can hide a word from either.
func inText(f *text.Finder, list []string, body string) []string {
	if len(list) == 0 {
		return nil
	}
	found := f.Find(body)
	if strings.ContainsAny(body, "*_`[<&\\") {
		found = append(found, f.Find(markup.Plain(markup.Comment(body)))...)
	}
	var words []string
	for _, hit := range found {
		if word := list[hit.Word]; !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

func details(kind news.HoldKind, of []string) []news.Hold {
	var holds []news.Hold
	for _, detail := range of {
		holds = append(holds, news.Hold{Kind: kind, Detail: detail})
	}
	return holds
}

// Expect returns the verdict on a text without links and listed words: what a
// member is told before writing.
func (s *Set) Expect(st news.Standing) news.Verdict { return s.Judge("")(st) }

// HoldsLinks reports whether links of a member of that standing would be held,
// to other hosts than those that are allowed.
func (s *Set) HoldsLinks(st news.Standing) bool {
	return !st.Staff && !s.rules.LinksFromAnybody && st.Trust(s.rules) == news.TrustNew
}

// A Mark is a listed word found in a text, as byte offsets.
type Mark struct{ From, To int }

// Marks returns where listed words stand in a text, ascending and without
// overlap, for showing moderators why it is held.
func (s *Set) Marks(body string) []Mark {
	var marks []Mark
	for _, f := range []*text.Finder{s.refuse, s.hold} {
		for _, hit := range f.Find(body) {
			marks = append(marks, Mark{hit.From, hit.To})
		}
	}
	slices.SortFunc(marks, func(a, b Mark) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	kept := marks[:0]
	for _, m := range marks {
		if n := len(kept); n > 0 && m.From < kept[n-1].To {
			kept[n-1].To = max(kept[n-1].To, m.To)
			continue
		}
		kept = append(kept, m)
	}
	return kept
}
