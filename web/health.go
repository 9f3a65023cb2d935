package web

import (
	"context"
	"io"
	"net/http"
	"time"
)

// showHealth serves GET /healthz: the process answers.
func (s *Server) showHealth(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, http.StatusOK, "ok\n")
}

// readyWithin bounds how long a readiness probe waits for the database.
const readyWithin = 2 * time.Second

// showReadiness serves GET /readyz: the process can do its work.
func (s *Server) showReadiness(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	if err := s.db.Ping(ctx); err != nil {
		s.cfg.Log.Error("not ready", "request", requestOf(r).id, "error", err.Error())
		w.Header().Set("Retry-After", "5")
		return plain(w, http.StatusServiceUnavailable, "the database does not answer\n")
	}
	return plain(w, http.StatusOK, "ok\n")
}

func plain(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the prober going away is not our error
	return nil
}
