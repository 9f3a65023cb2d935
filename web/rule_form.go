package web

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// Bounds of the form, so that no rule costs every comment more than it should.
const (
	wordsMax      = 1000 // words of one list
	wordMax       = 100  // characters of one of them
	ruleNumberMax = 10000
	labelMax      = 30
)

// A ruleForm is the rules as they are filled in.
type ruleForm struct {
	rules  news.CommentRules
	typed  map[string]string // by field, as it was sent or as it is
	faults []views.FieldError
}

// ruleNumbers are the numbers of the form.
var ruleNumbers = []struct {
	name, label, hint string
	least             int
	of                func(*news.CommentRules) *int
}{
	{"hold-first", "How many first comments of a member are held", "Until so many were accepted. 0 holds none.", 0, func(r *news.CommentRules) *int { return &r.HoldFirst }},
	{"new-per-day", "How many comments a new member may write in a day", "0 is as many as everybody.", 0, func(r *news.CommentRules) *int { return &r.NewPerDay }},
	{"known-after", "Accepted comments that make a new member known", "In 90 days.", 1, func(r *news.CommentRules) *int { return &r.KnownAfter }},
	{"regular-after", "Accepted comments that make them regular", "In 90 days. Nobody needs to look at what regulars write.", 1, func(r *news.CommentRules) *int { return &r.RegularAfter }},
	{"fall-after", "Removed comments that take a level of trust", "In 90 days.", 1, func(r *news.CommentRules) *int { return &r.FallAfter }},
	{"lose-after", "Removed comments that take all trust", "In 90 days.", 1, func(r *news.CommentRules) *int { return &r.LoseAfter }},
	{"close-after", "Days after which a thread closes", "Counted from publication. 0 is never; a moderator can keep a thread open.", 0, func(r *news.CommentRules) *int { return &r.CloseAfterDays }},
	{"digest-length", "Comments waiting until moderators are mailed", "Held and reported ones.", 1, func(r *news.CommentRules) *int { return &r.DigestLength }},
	{"digest-hours", "Hours of waiting until moderators are mailed", "Of the oldest.", 1, func(r *news.CommentRules) *int { return &r.DigestHours }},
}

// ruleLists are the lists of the form.
var ruleLists = []struct {
	name, label, hint string
	of                func(*news.CommentRules) *[]string
}{
	{"hosts", "Sites that may always be linked to", "One a line, such as example.org, which stands for everything under it too. Our own always may.", func(r *news.CommentRules) *[]string { return &r.AllowedHosts }},
	{"hold-words", "Words that hold a comment", "One word or phrase a line. Whole words count, however they are spelt: capitals, accents and look-alikes make no difference.", func(r *news.CommentRules) *[]string { return &r.HoldWords }},
	{"refuse-words", "Words that refuse a comment", "One a line. Its writer is told which, and keeps the text. Better few: who is refused looks for a way round.", func(r *news.CommentRules) *[]string { return &r.RefuseWords }},
}

// ruleChecks are the boxes of the form.
var ruleChecks = []struct {
	name, label, hint string
	of                func(*news.CommentRules) *bool
}{
	{"hold-all", "Hold every comment until a moderator has looked", "", func(r *news.CommentRules) *bool { return &r.HoldAll }},
	{"links", "Links appear at once, whoever writes them", "Otherwise those of new members are held.", func(r *news.CommentRules) *bool { return &r.LinksFromAnybody }},
}

// ruleLines are the short texts of the form.
var ruleLines = []struct {
	name, label, hint string
	of                func(*news.CommentRules) *string
}{
	{"staffed-from", "Moderators are there from", "Such as 08:00. Members who wait are told.", func(r *news.CommentRules) *string { return &r.StaffedFrom }},
	{"staffed-to", "Until", "Such as 22:00. Leave both empty to say nothing.", func(r *news.CommentRules) *string { return &r.StaffedTo }},
	{"label", "What the button says with which members recommend a comment", "", func(r *news.CommentRules) *string { return &r.RecommendLabel }},
}

// formOfRules is the form filled in with rules.
func formOfRules(r news.CommentRules) ruleForm {
	f := ruleForm{rules: r, typed: map[string]string{}}
	for _, n := range ruleNumbers {
		f.typed[n.name] = strconv.Itoa(*n.of(&r))
	}
	for _, l := range ruleLists {
		f.typed[l.name] = strings.Join(*l.of(&r), "\n")
	}
	for _, c := range ruleChecks {
		if *c.of(&r) {
			f.typed[c.name] = "1"
		}
	}
	for _, l := range ruleLines {
		f.typed[l.name] = *l.of(&r)
	}
	return f
}

var hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)

// readRuleForm reads the form with what is wrong with it. It returns a 400 for
// what is not text.
func readRuleForm(r *http.Request) (ruleForm, error) {
	f := ruleForm{typed: map[string]string{}}
	for name := range r.PostForm {
		words, err := text.Clean(r.PostFormValue(name))
		if err != nil {
			return f, malformed("That is not text", "What arrived contains bytes that are no characters.")
		}
		f.typed[name] = words
	}
	for _, n := range ruleNumbers {
		number, err := strconv.Atoi(strings.TrimSpace(f.typed[n.name]))
		if err != nil || number < n.least || number > ruleNumberMax {
			f.fault(n.name, n.label+": a number from "+strconv.Itoa(n.least)+" to "+strconv.Itoa(ruleNumberMax))
			continue
		}
		*n.of(&f.rules) = number
	}
	for _, l := range ruleLists {
		words, fault := readList(f.typed[l.name], l.name == "hosts")
		if fault != "" {
			f.fault(l.name, l.label+": "+fault)
		}
		*l.of(&f.rules) = words
	}
	for _, c := range ruleChecks {
		*c.of(&f.rules) = f.typed[c.name] != ""
	}
	for _, l := range ruleLines {
		*l.of(&f.rules) = strings.Join(strings.Fields(f.typed[l.name]), " ")
	}
	f.check()
	return f, nil
}

// check notes what is wrong between fields.
func (f *ruleForm) check() {
	r := &f.rules
	for _, at := range []struct{ name, value string }{{"staffed-from", r.StaffedFrom}, {"staffed-to", r.StaffedTo}} {
		if _, err := time.Parse("15:04", at.value); at.value != "" && (err != nil || len(at.value) != 5) {
			f.fault(at.name, "Write the hour as 08:00")
		}
	}
	if (r.StaffedFrom == "") != (r.StaffedTo == "") {
		f.fault("staffed-to", "Give both hours, or none")
	} else if r.StaffedFrom != "" && r.StaffedFrom == r.StaffedTo {
		f.fault("staffed-to", "The hours are the same: leave both empty if there is always somebody")
	}
	if text.Length(r.RecommendLabel) > labelMax {
		f.fault("label", "The word on the button has at most "+strconv.Itoa(labelMax)+" characters")
	}
	if len(f.faults) > 0 {
		return
	}
	if r.RegularAfter < r.KnownAfter {
		f.fault("regular-after", "A regular needs at least as many accepted comments as a known member")
	}
	if r.LoseAfter < r.FallAfter {
		f.fault("lose-after", "Losing all trust takes at least as many removed comments as losing a level")
	}
}

// fault notes what is wrong with a field.
func (f *ruleForm) fault(field, words string) {
	f.faults = append(f.faults, views.FieldError{ID: field, Text: words})
}

func (f *ruleForm) errorOf(field string) string {
	for _, e := range f.faults {
		if e.ID == field {
			return e.Text
		}
	}
	return ""
}

// readList reads words or hosts, one a line, each once.
func readList(typed string, hosts bool) (list []string, fault string) {
	for line := range strings.SplitSeq(typed, "\n") {
		word := strings.Join(strings.Fields(line), " ")
		if hosts {
			word = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(word), "https://"), "http://"), "/")
		}
		switch {
		case word == "" || slices.Contains(list, word):
			continue
		case hosts && !hostForm.MatchString(word):
			return list, "“" + text.Cut(word, 60) + "” is not the name of a site"
		case text.Length(word) > wordMax:
			return list, "“" + text.Cut(word, 30) + "” is too long: at most " + strconv.Itoa(wordMax) + " characters"
		case text.Fold(word) == "":
			return list, "“" + text.Cut(word, 30) + "” has no letter to look for"
		}
		if list = append(list, word); len(list) > wordsMax {
			return list, "at most " + strconv.Itoa(wordsMax) + " lines"
		}
	}
	return list, ""
}

// sections are the questions of the form in their order.
func (f *ruleForm) sections() []views.RuleSection {
	part := func(id, heading, lede string, names ...string) views.RuleSection {
		s := views.RuleSection{ID: "rules-" + id, Heading: heading, Lede: lede}
		for _, name := range names {
			s.Fields = append(s.Fields, f.field(name))
		}
		return s
	}
	return []views.RuleSection{
		part("first", "Who is looked at first", "", "hold-all", "hold-first", "new-per-day"),
		part("links", "Links", "", "links", "hosts"),
		part("words", "Words", "", "hold-words", "refuse-words"),
		part("trust", "Trust", "Members are new, known or regular by what became of their comments in the last 90 days.", "known-after", "regular-after", "fall-after", "lose-after"),
		part("threads", "Threads", "", "close-after", "label"),
		part("hours", "Moderators", "", "staffed-from", "staffed-to", "digest-length", "digest-hours"),
	}
}

// field is one question with what is filled in.
func (f *ruleForm) field(name string) views.RuleField {
	line := func(label, hint string) views.RuleField {
		return views.RuleField{Line: &views.Field{ID: name, Name: name, Label: label, Hint: hint, Type: "text", Autocomplete: "off", Value: f.typed[name], Error: f.errorOf(name)}}
	}
	for _, n := range ruleNumbers {
		if n.name == name {
			return line(n.label, n.hint)
		}
	}
	for _, l := range ruleLines {
		if l.name == name {
			return line(l.label, l.hint)
		}
	}
	for _, c := range ruleChecks {
		if c.name == name {
			return views.RuleField{Check: &views.Check{ID: name, Name: name, Label: c.label, Hint: c.hint, Checked: f.typed[name] != ""}}
		}
	}
	for _, l := range ruleLists {
		if l.name == name {
			return views.RuleField{Area: &views.Area{ID: name, Name: name, Label: l.label, Hint: l.hint, Rows: "5", Value: f.typed[name], Error: f.errorOf(name)}}
		}
	}
	panic("web: no rule field " + name)
}

// A ruleChange is one question that two sets of rules answer differently.
type ruleChange struct{ label, from, to string }

// ruleChanges are the questions that rules answer differently, as people read
// them.
func ruleChanges(from, to news.CommentRules) []ruleChange {
	old, fresh := formOfRules(from), formOfRules(to)
	answer := func(f ruleForm, name string, check bool) string {
		value := strings.ReplaceAll(f.typed[name], "\n", ", ")
		switch {
		case check && value != "":
			return "yes"
		case check:
			return "no"
		case value == "":
			return "nothing"
		}
		return value
	}
	var changes []ruleChange
	look := func(name, label string, check bool) {
		if old.typed[name] != fresh.typed[name] {
			changes = append(changes, ruleChange{label, answer(old, name, check), answer(fresh, name, check)})
		}
	}
	for _, c := range ruleChecks {
		look(c.name, c.label, true)
	}
	for _, n := range ruleNumbers {
		look(n.name, n.label, false)
	}
	for _, l := range ruleLists {
		look(l.name, l.label, false)
	}
	for _, l := range ruleLines {
		look(l.name, l.label, false)
	}
	return changes
}
