package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// updateMute serves POST /members/{handle}/mute, with on=1 or on=0. Signed out
// it leads to log-in and back to the member's page.
func (s *Server) updateMute(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	on := r.PostFormValue("on")
	if on != "0" && on != "1" {
		return malformed("That is neither yes nor no", "Use the button on the member’s page.")
	}
	v, err := s.viewpoint(r)
	if err != nil {
		return err
	}
	other, err := s.db.MemberByHandle(r.Context(), r.PathValue("handle"))
	if err != nil {
		return err
	}
	page := views.ProfilePath(other.Handle)
	if !v.Reader.SignedIn() {
		seeOther(w, r, views.WithQuery(views.LoginPath, "next", page))
		return nil
	}
	err = s.db.Mute(r.Context(), v, other.ID, on == "1")
	if errors.Is(err, news.ErrOwn) {
		return &refusal{status: http.StatusForbidden, heading: "That is you", text: "You cannot mute yourself.", links: []views.Link{{Text: "Back", URL: page}}}
	}
	if err != nil {
		return err
	}
	what := map[string]string{"1": "mute", "0": "unmute"}[on]
	if next := r.PostFormValue("next"); next == views.MutesPath {
		page = next
	}
	return afterwards(w, r, page, what)
}

// showMutes serves GET /account/mutes.
func (s *Server) showMutes(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	list, err := s.db.Mutes(r.Context(), m.ID)
	if err != nil {
		return err
	}
	page := views.MutesPage{Chrome: s.chrome(r, v, "Muted members"), Done: doneText(r)}
	page.NoIndex = true
	for _, mute := range list {
		page.Mutes = append(page.Mutes, views.MuteItem{
			Name: mute.Name, URL: views.ProfilePath(mute.Handle), Action: views.MutePath(mute.Handle), Since: s.ago(mute.CreatedAt, v.At),
		})
	}
	return s.show(w, r, views.MutesPageView(page))
}
