package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// What moderators do about a member is in the member's own data once it can no
// longer be taken back; their notes are not, and nobody reads those about
// themselves at the desk.
func TestNotesStayAtTheDesk(t *testing.T) {
	s, c := testServer(t)
	root, mod := callerOf(t, s, "root@paper.example"), callerOf(t, s, "mod@paper.example")
	id := memberID(t, s, "mod@paper.example")
	file := "/moderation/members/" + strconv.FormatInt(id, 10)
	for _, form := range []url.Values{{"act": {"note"}, "reason": {"A secret word"}}, {"act": {"warn"}, "reason": {"A plain word"}}} {
		if w := root.post(file, form); w.Code != http.StatusSeeOther {
			t.Fatalf("%v: %d", form, w.Code)
		}
	}
	if page := root.get(file).Body.String(); !strings.Contains(page, "A secret word") {
		t.Error("the others do not read the note")
	}
	for _, path := range []string{file, "/moderation/record", "/moderation/record?kind=note"} {
		if w := mod.get(path); w.Code != 200 || strings.Contains(w.Body.String(), "A secret word") {
			t.Errorf("%s: %d, with the note about who reads it", path, w.Code)
		}
	}
	record := func() string {
		m, err := s.db.MemberByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.memberData(t.Context(), news.Now(c.now()), m)
		if err != nil {
			t.Fatal(err)
		}
		words := ""
		for _, a := range d.Record {
			words += a.What + " " + a.Reason + "\n"
		}
		return words
	}
	if words := record(); strings.Contains(words, "word") {
		t.Errorf("told too early: %s", words)
	}
	c.advance(news.UndoFor + time.Second)
	if words := record(); !strings.Contains(words, "A plain word") || strings.Contains(words, "secret") {
		t.Errorf("the member's data: %s", words)
	}
}
