package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// reasonMax is how long a sentence of the newsroom to a member may be, in
// characters as people count them.
const reasonMax = 500

// decidable are the acts about a comment that a form may ask for.
var decidable = []news.ActKind{news.ActApprove, news.ActRemove, news.ActRestore, news.ActHold, news.ActPick, news.ActUnpick}

// A decisionForm is what the forms at the desk send.
type decisionForm struct {
	decisions []news.Decision
	kind      news.ActKind
	rule      string
	reason    string
	next      string
	script    bool   // a script asks, and reads JSON
	fault     string // what is wrong with it, for its sender to mend
}

// wantsJSON reports whether a script asks.
func wantsJSON(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// readDecisionForm reads the form. It returns a 400 for what no form of ours
// sends.
func readDecisionForm(r *http.Request) (decisionForm, error) {
	if err := parseForm(r); err != nil {
		return decisionForm{}, err
	}
	f := decisionForm{kind: news.ActKind(r.PostFormValue("act")), rule: r.PostFormValue("rule"), next: deskNext(r), script: wantsJSON(r)}
	if !slices.Contains(decidable, f.kind) {
		return f, malformed("There is no such decision", "Choose one of those on the page.")
	}
	var err error
	if f.reason, err = cleanReason(r.PostFormValue("reason")); err != nil {
		return f, err
	}
	ids := r.PostForm["id"]
	switch {
	case len(ids) == 0:
		return f, &refusal{status: http.StatusUnprocessableEntity, heading: "Nothing is ticked", text: "Tick the comments that you want to decide about, and press the button again.",
			kept: f.reason, links: []views.Link{{Text: "Back", URL: f.next}}}
	case len(ids) > news.BulkMax:
		return f, &refusal{status: http.StatusUnprocessableEntity, heading: "That is too many at once",
			text: "At most " + strconv.Itoa(news.BulkMax) + " comments can be decided about together; these are " + strconv.Itoa(len(ids)) + ". Nothing was done.",
			kept: f.reason, links: []views.Link{{Text: "Back", URL: f.next}}}
	}
	for i, word := range ids {
		id, ok := positiveID(word)
		seen, err := strconv.Atoi(r.PostFormValue("seen-" + word))
		if !ok || err != nil || seen < 0 {
			return f, malformed("That form did not arrive whole", "Please go back and send it again.")
		}
		if slices.Contains(ids[:i], word) {
			continue
		}
		f.decisions = append(f.decisions, news.Decision{CommentID: id, Seen: seen, Kind: f.kind, Rule: f.rule, Reason: f.reason})
	}
	if _, known := news.HouseRuleByKey(f.rule); f.kind == news.ActRemove && !known {
		f.fault = "Choose the house rule that it breaks"
	} else if n := text.Length(f.reason); n > reasonMax {
		f.fault = "The sentence to the author is " + plural(n-reasonMax, "character") + " too long"
	}
	if f.kind != news.ActRemove {
		for i := range f.decisions {
			f.decisions[i].Rule = ""
		}
	}
	return f, nil
}

// cleanReason reads words of the newsroom to a member. It returns a 400 for
// what is not text.
func cleanReason(typed string) (string, error) {
	words, err := text.Clean(typed)
	if err != nil {
		return "", malformed("That is not text", "What arrived contains bytes that are no characters. Please go back and type it again.")
	}
	return strings.TrimSpace(words), nil
}

// createDecisions serves POST /moderation/decisions, for one comment and for
// several.
func (s *Server) createDecisions(w http.ResponseWriter, r *http.Request) error {
	f, err := readDecisionForm(r)
	if err != nil {
		return s.deskFault(w, r, err)
	}
	d, err := s.deskOf(r)
	if err != nil {
		return s.deskFault(w, r, giveBack(err, f.reason))
	}
	if f.fault != "" {
		return s.refuseDecision(w, r, d, f)
	}
	batch, refused, err := s.db.Decide(r.Context(), d.m, f.decisions, d.v.At)
	if err != nil {
		return s.deskFault(w, r, s.decisionRefusal(r, d, f, err))
	}
	s.cfg.MailDue()
	if f.script {
		return s.answerJSON(w, r, http.StatusOK, s.decisionAnswer(d, f, batch, refused))
	}
	if len(refused) > 0 {
		return s.writeDecided(w, r, d, f, batch, refused)
	}
	seeOther(w, r, withBatch(f.next, batch.ID))
	return nil
}

// decisionRefusal puts into words why nothing was decided.
func (s *Server) decisionRefusal(r *http.Request, d desk, f decisionForm, err error) error {
	back := []views.Link{{Text: "Back", URL: f.next}}
	switch {
	case errors.Is(err, news.ErrForbidden):
		// What lies outside one's sections is not there.
		for _, one := range f.decisions {
			if _, ierr := s.db.QueueItem(r.Context(), one.CommentID, d.categories, d.v.At); ierr != nil {
				return giveBack(ierr, f.reason)
			}
		}
		return &refusal{status: http.StatusForbidden, heading: "That is for somebody else to decide", kept: f.reason, links: back,
			text: "Nobody decides about their own comments, or about those of somebody whose role is above theirs. Nothing was done."}
	case errors.Is(err, news.ErrConflict) && f.kind == news.ActPick:
		return &refusal{status: http.StatusConflict, heading: "That is one pick too many", links: back,
			text: "A story has at most " + strconv.Itoa(news.PicksMax) + " picks. Take one back first."}
	}
	return giveBack(err, f.reason)
}

// refuseDecision gives a form back with what is wrong with it.
func (s *Server) refuseDecision(w http.ResponseWriter, r *http.Request, d desk, f decisionForm) error {
	if f.script {
		return s.answerJSON(w, r, http.StatusUnprocessableEntity, deskError{Error: f.fault})
	}
	if len(f.decisions) == 1 {
		err := s.writeItem(w, r, d, f.decisions[0].CommentID, http.StatusUnprocessableEntity, func(m *views.Moderate) {
			m.Rules, m.Reason, m.Error, m.Next = ruleOptions(f.rule), f.reason, f.fault, f.next
		})
		if err != nil {
			return giveBack(err, f.reason)
		}
		return nil
	}
	page := views.RemovalPage{
		Lede:  "You ticked " + plural(len(f.decisions), "comment") + ". Nothing is removed yet.",
		Error: f.fault, Rules: ruleOptions(f.rule), Reason: f.reason, Back: views.Link{Text: "Back without removing", URL: f.next},
		Hidden: []views.Hidden{{Name: "next", Value: f.next}},
	}
	for _, one := range f.decisions {
		id := strconv.FormatInt(one.CommentID, 10)
		page.Hidden = append(page.Hidden, views.Hidden{Name: "id", Value: id}, views.Hidden{Name: "seen-" + id, Value: strconv.Itoa(one.Seen)})
	}
	var err error
	if page.Desk, err = s.deskView(r, d, "Error: Remove several comments"); err != nil {
		return giveBack(err, f.reason)
	}
	page.Errors = []views.FieldError{{ID: "rule", Text: f.fault}}
	s.write(w, r, http.StatusUnprocessableEntity, views.RemovalPageView(page))
	return nil
}

// writeDecided answers a form of which some was decided by somebody else
// first: who did what when, and what was done all the same.
func (s *Server) writeDecided(w http.ResponseWriter, r *http.Request, d desk, f decisionForm, batch news.Batch, refused []*news.DecidedError) error {
	page := views.DecidedPage{Heading: "Somebody decided first", Lede: "Nothing of theirs was overwritten."}
	if len(f.decisions) > 1 {
		page.Lede = "About " + plural(len(refused), "comment") + " somebody decided first; nothing of theirs was overwritten. The others are done."
		if batch.ID == 0 {
			page.Lede = "About all of these somebody decided first; nothing of theirs was overwritten."
		}
	}
	var err error
	if page.Desk, err = s.deskView(r, d, page.Heading); err != nil {
		return err
	}
	if batch.ID != 0 {
		page.Batch = s.batchLine(batch, d.v.At, f.next)
	}
	for _, e := range refused {
		page.Refused = append(page.Refused, views.Refused{
			Text: s.decidedText(d, e), Reason: e.Earlier.Reason,
			Item: views.Link{Text: "See the comment", URL: views.ModerationItemPath(e.CommentID)},
		})
	}
	page.Links = []views.Link{{Text: "Back", URL: f.next}}
	s.write(w, r, http.StatusConflict, views.DecidedPageView(page))
	return nil
}

// decidedText says who decided what about a comment, and when.
func (s *Server) decidedText(d desk, e *news.DecidedError) string {
	if e.Earlier.Kind == "" {
		return "It has changed since this page was made: it is " + stateText(news.Comment{State: e.State}) + " now."
	}
	who := e.Earlier.ActorName
	switch {
	case e.Earlier.ActorID != nil && *e.Earlier.ActorID == d.m.ID:
		who = "you"
	case who == "":
		who = "the program"
	}
	return actName(e.Earlier.Kind) + " by " + who + " on " + s.moment(e.Earlier.At).Text + "."
}

// A deskError tells a script why nothing was done.
type deskError struct {
	Error string `json:"error"`
}

// A decisionAnswer tells a script what was decided.
type decisionAnswer struct {
	Batch   int64             `json:"batch"`
	Done    []int64           `json:"done"`
	Refused []decisionRefused `json:"refused"`
	Left    int               `json:"left"` // seconds in which it can be undone
}

type decisionRefused struct {
	ID   int64  `json:"id"`
	Text string `json:"text"`
}

// decisionAnswer puts together what a script is told.
func (s *Server) decisionAnswer(d desk, f decisionForm, batch news.Batch, refused []*news.DecidedError) decisionAnswer {
	a := decisionAnswer{Batch: batch.ID, Done: []int64{}, Refused: []decisionRefused{}, Left: int(news.UndoFor.Seconds())}
	left := map[int64]bool{}
	for _, e := range refused {
		left[e.CommentID] = true
		a.Refused = append(a.Refused, decisionRefused{ID: e.CommentID, Text: s.decidedText(d, e)})
	}
	for _, one := range f.decisions {
		if !left[one.CommentID] {
			a.Done = append(a.Done, one.CommentID)
		}
	}
	return a
}

// deskFault answers an error as its sender reads: scripts get it as JSON.
func (s *Server) deskFault(w http.ResponseWriter, r *http.Request, err error) error {
	if !wantsJSON(r) || errors.Is(err, news.ErrSignInNeeded) {
		return err
	}
	a := answerTo(err)
	if a.status >= http.StatusInternalServerError {
		return err // the log gets the cause
	}
	return s.answerJSON(w, r, a.status, deskError{Error: a.heading + ". " + a.text})
}
