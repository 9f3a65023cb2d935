package web

import (
	"bytes"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/views"
)

// tokenHash is the hash of the request's session token, or nil.
func (s *Server) tokenHash(r *http.Request) []byte {
	cookie, err := r.Cookie(s.sessions.CookieName())
	if err != nil {
		return nil
	}
	return session.Hash(cookie.Value)
}

// showSessions serves GET /account/sessions.
func (s *Server) showSessions(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	list, err := s.db.Sessions(r.Context(), m.ID, v.At)
	if err != nil {
		return err
	}
	here, current := s.network(r), s.tokenHash(r)
	page := views.SessionsPage{Chrome: s.chrome(r, v, "Where you are logged in"), Done: doneText(r)}
	page.NoIndex = true
	for _, l := range list {
		item := views.SessionItem{
			ID: l.ID, Device: l.Device, Place: "from another network than this one",
			Since: s.ago(l.CreatedAt, v.At), Seen: s.ago(l.SeenAt, v.At), Current: bytes.Equal(l.TokenHash, current),
		}
		if bytes.Equal(l.Network, here) {
			item.Place = "from the network you are on now"
		}
		page.Sessions = append(page.Sessions, item)
	}
	return s.show(w, r, views.SessionsPageView(page))
}

// deleteSession serves POST /account/sessions/{id}/end.
func (s *Server) deleteSession(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	id, ok := positiveID(r.PathValue("id"))
	if !ok {
		return news.ErrNotFound
	}
	if err := s.db.DeleteSessionByID(r.Context(), m.ID, id); err != nil {
		return err
	}
	return afterwards(w, r, views.SessionsPath, "session")
}

// deleteOtherSessions serves POST /account/sessions.
func (s *Server) deleteOtherSessions(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	if _, err := s.db.DeleteOtherSessions(r.Context(), m.ID, s.tokenHash(r)); err != nil {
		return err
	}
	return afterwards(w, r, views.SessionsPath, "sessions")
}
