package web

import (
	"encoding/json"
	"net/http"

	"broadsheet/internal/news"
)

// arrivalsMax is up to where new comments are counted.
const arrivalsMax = 100

// showArrivals serves GET /{day}/{slug}/comments/new?after=ID: how many
// comments have come since, for the page that shows up to that one. The
// answer is the same for everybody.
func (s *Server) showArrivals(w http.ResponseWriter, r *http.Request) error {
	after := int64(0)
	if q := r.URL.Query().Get("after"); q != "0" {
		id, ok := positiveID(q)
		if !ok {
			return malformed("There is no such comment", "Ask with the number of the newest comment you have.")
		}
		after = id
	}
	story, err := s.storyAt(r, news.Now(s.cfg.Now()))
	if err != nil {
		return err
	}
	n, err := s.db.CountArrivals(r.Context(), story.ID, after, arrivalsMax)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=30")
	if s.sessions.Carried(r) {
		h.Set("Cache-Control", "private, no-store")
	}
	return writeJSON(w, struct {
		Count int `json:"count"`
	}{n})
}

// writeJSON answers a script; who may keep the answer is set already, or
// nobody may.
func writeJSON(w http.ResponseWriter, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	h := w.Header()
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-store")
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write(append(body, '\n')) // the reader going away is not our error
	return nil
}
