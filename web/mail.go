package web

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/views"
)

// queue writes a mail to a member in the transaction of its cause; stop is
// the address of its one-press stop, or "" for mail that must arrive.
func (s *Server) queue(ctx context.Context, tx *store.DB, m news.Member, kind string, mail views.Mail, stop string) error {
	return s.queueTo(ctx, tx, m, m.Email, kind, mail, stop)
}

// queueTo is queue to another address than the member's own.
func (s *Server) queueTo(ctx context.Context, tx *store.DB, m news.Member, address, kind string, mail views.Mail, stop string) error {
	at := news.Instant(s.cfg.Now())
	return tx.QueueMail(ctx, &news.OutMail{
		MemberID: &m.ID, Address: address, Kind: kind,
		Subject: mail.Subject, Text: mail.Text, HTML: mail.HTML, Unsubscribe: stop,
		State: news.MailQueued, DueAt: at, CreatedAt: at,
	})
}

// notifyFactor tells a member's address that a second factor changed.
func (s *Server) notifyFactor(ctx context.Context, tx *store.DB, m news.Member, what string) error {
	return s.queue(ctx, tx, m, "second-factor", views.FactorChangedMail(views.FactorChangedMailProps{
		SiteName: s.name(), Name: m.Name, What: what, AccountURL: s.canonical(views.FactorPath),
	}), "")
}

// stopToken names a member in the link that stops mail: nobody can make one
// for somebody else, and it does nothing else.
func (s *Server) stopToken(memberID int64) string {
	id := strconv.FormatInt(memberID, 10)
	return id + "." + base64.RawURLEncoding.EncodeToString(s.sign("stop", id)[:18])
}

// stopMember reads a stopToken.
func (s *Server) stopMember(token string) (int64, error) {
	id, _, _ := strings.Cut(token, ".")
	n, ok := positiveID(id)
	if !ok || !hmac.Equal([]byte(s.stopToken(n)), []byte(token)) {
		return 0, news.ErrNotFound
	}
	return n, nil
}

// showMailStop serves GET /mail/stop: a button, because scanners open links.
func (s *Server) showMailStop(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	if _, isQueue, err := s.queueStopMember(token); err != nil {
		return err
	} else if isQueue {
		return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
			Heading: "No more mail about the queue",
			Lede:    "We stop mailing you when comments wait for a moderator. You can turn it on again in your account.",
			Form:    &views.Form{Action: views.WithQuery(views.MailStopPath, "token", token), Button: "Stop these mails"},
		})
	}
	if _, err := s.stopMember(token); err != nil {
		return err
	}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
		Heading: "No more mail about your comments",
		Lede:    "We stop mailing you about answers to you, and about what becomes of your comments. You can turn it on again in your account.",
		Form:    &views.Form{Action: views.WithQuery(views.MailStopPath, "token", token), Button: "Stop these mails"},
	})
}

// createMailStop serves POST /mail/stop, from the button and from mail
// programs (RFC 8058), which send no cookie.
func (s *Server) createMailStop(w http.ResponseWriter, r *http.Request) error {
	if id, isQueue, err := s.queueStopMember(r.URL.Query().Get("token")); err != nil {
		return err
	} else if isQueue {
		if err := s.stopQueueMail(r.Context(), id); err != nil {
			return err
		}
		return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
			Heading: "Stopped",
			Lede:    "You get no more mail about the queue.",
		})
	}
	id, err := s.stopMember(r.URL.Query().Get("token"))
	if err != nil {
		return err
	}
	m, err := s.db.MemberByID(r.Context(), id)
	if err != nil {
		return err
	}
	if err := s.db.SetNoticeMail(r.Context(), id, news.NoticeMailOff, m.QueueMail); err != nil {
		return err
	}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
		Heading: "Stopped",
		Lede:    "You get no more mail about your comments, neither answers nor what becomes of them.",
	})
}
