package web

import (
	"errors"
	"net/http"
	"strconv"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/views"
)

// reportWords is what stands in the form that reports a comment.
type reportWords struct {
	reason news.ReportReason
	words  string
	kept   string // token of a kept report
	note   string
	errors []views.FieldError
}

// newReport serves GET /comments/{id}/report.
func (s *Server) newReport(w http.ResponseWriter, r *http.Request) error {
	e, err := s.errandOf(r)
	if err != nil {
		return err
	}
	var words reportWords
	if e.in {
		token := r.URL.Query().Get("kept")
		k, found, err := s.unpackErrand(r.Context(), e.v, token, news.KeptReport, e.comment.ID)
		if err != nil {
			return err
		}
		if found {
			words = reportWords{reason: news.ReportReason(k.Reason), words: k.Body, kept: token, note: "Your report is back. Read it over, then press Report."}
		}
	}
	if err := s.reportable(r, e, words); err != nil {
		return err
	}
	return s.writeReport(w, r, e, http.StatusOK, words)
}

// reportable refuses reports of what is not there to be reported, and by whom
// may not write.
func (s *Server) reportable(r *http.Request, e errand, words reportWords) error {
	switch {
	case e.comment.State != news.CommentVisible:
		return giveBack(news.ErrNotFound, words.words)
	case e.bar != nil:
		return s.turnAway(r, e.v, e.story, e.bar, e.toKeep(news.KeptReport, words.words, string(words.reason)), e.back())
	case e.own():
		return reportsOwn(e, words.words)
	case e.comment.Reported:
		return &refusal{status: http.StatusConflict, heading: "You have reported this comment already",
			text: "A moderator looks at every report; once is enough.", kept: words.words, links: []views.Link{e.back()}}
	}
	return nil
}

func reportsOwn(e errand, words string) error {
	return &refusal{status: http.StatusForbidden, heading: "This comment is yours", text: "You cannot report it, but you can delete it.",
		kept: words, links: []views.Link{e.back(), {Text: "Delete it", URL: views.CommentDeletePath(e.comment.ID)}}}
}

func (s *Server) writeReport(w http.ResponseWriter, r *http.Request, e errand, status int, words reportWords) error {
	choice := views.Choice{Name: "reason", Legend: "What is wrong with it?"}
	for _, known := range news.ReportReasons {
		choice.Options = append(choice.Options, views.Option{Value: string(known.Reason), Label: known.Label, Checked: known.Reason == words.reason})
	}
	area := views.Words{ID: "words", Name: "words", Label: "Anything to add?", Value: words.words, Max: news.ReportWordsMax,
		Hint: "As you like, up to 1,000 characters. Only moderators read it."}
	for _, fault := range words.errors {
		if fault.ID == "words" {
			area.Error = fault.Text
		} else {
			choice.Error = fault.Text
		}
	}
	page := views.ErrandPage{
		Errors:  words.errors,
		Heading: "Report this comment",
		Lede:    "A moderator looks at it. Nobody is told who reported it.",
		Note:    words.note,
		Quote:   &views.Quote{Name: e.comment.Name, HTML: markup.Comment(e.comment.Body)},
		Action:  views.CommentReportPath(e.comment.ID),
		Choice:  &choice,
		Words:   &area,
		Draft:   views.CommentReportPath(e.comment.ID),
		Button:  "Report",
	}
	if words.kept != "" {
		page.Hidden = []views.Hidden{{Name: "kept", Value: words.kept}}
	}
	return s.writeErrand(w, r, e, status, page)
}

// createReport serves POST /comments/{id}/report. Signed out the report is
// kept, and the reader taken to log in.
func (s *Server) createReport(w http.ResponseWriter, r *http.Request) error {
	body, err := readWords(r, "words")
	if err != nil {
		return err
	}
	words := reportWords{reason: news.ReportReason(r.PostFormValue("reason")), words: body, kept: r.PostFormValue("kept")}
	e, err := s.errandOf(r)
	if err != nil {
		return giveBack(err, body)
	}
	if err := s.reportable(r, e, words); err != nil {
		return err
	}
	if !knownReason(words.reason) {
		words.errors = append(words.errors, views.FieldError{ID: "reason-a", Text: "Choose what is wrong with it"})
		words.reason = ""
	}
	if fault := tooLong("What you added", body, news.ReportWordsMax); fault != "" {
		words.errors = append(words.errors, views.FieldError{ID: "words", Text: fault})
	}
	if len(words.errors) > 0 {
		return s.writeReport(w, r, e, http.StatusUnprocessableEntity, words)
	}
	if !e.in {
		return s.keep(w, r, e.v, e.toKeep(news.KeptReport, body, string(words.reason)), 0)
	}
	var tooMany *news.TooManyError
	if err := s.take(r, news.LimitReport, strconv.FormatInt(e.m.ID, 10)); errors.As(err, &tooMany) {
		setRetryAfter(w, tooMany.RetryAfter)
		words.errors = []views.FieldError{{ID: "words", Text: "You have reported many comments within the hour. Your words are kept here: please try again in " + soon(tooMany.RetryAfter)}}
		return s.writeReport(w, r, e, http.StatusTooManyRequests, words)
	} else if err != nil {
		return giveBack(err, body)
	}
	report := news.Report{CommentID: e.comment.ID, MemberID: &e.m.ID, Reason: words.reason, Words: body, CreatedAt: e.v.At}
	_, err = s.db.ReportComment(r.Context(), e.v, &report)
	if bar := s.barredBy(err); bar != nil {
		return s.turnAway(r, e.v, e.story, bar, e.toKeep(news.KeptReport, body, string(words.reason)), e.back())
	}
	if errors.Is(err, news.ErrOwn) {
		return reportsOwn(e, body)
	}
	if err != nil {
		return giveBack(err, body)
	}
	if err := s.spendErrand(r.Context(), e.v, words.kept, news.KeptReport, e.comment.ID); err != nil {
		return err
	}
	return s.backToComment(w, r, e)
}

func knownReason(reason news.ReportReason) bool {
	for _, known := range news.ReportReasons {
		if known.Reason == reason {
			return true
		}
	}
	return false
}
