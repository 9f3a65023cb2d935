package web

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
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

// notifyAnswer mails whoever is answered by a comment, if they asked for it:
// never about their own, and never about one that nobody else sees.
func (s *Server) notifyAnswer(ctx context.Context, tx *store.DB, story news.Story, c news.Comment, by news.Reader) error {
	if c.ParentID == nil || c.State != news.CommentVisible {
		return nil
	}
	v := news.Now(c.CreatedAt)
	parent, err := tx.CommentByID(ctx, v, *c.ParentID)
	if err != nil {
		return err
	}
	m, err := tx.MemberByID(ctx, parent.MemberID)
	if err != nil || m.ID == c.MemberID || m.ReplyMail != news.ReplyMailEach || !m.Confirmed() {
		return err
	}
	stop := s.canonical(views.WithQuery(views.MailStopPath, "token", s.stopToken(m.ID)))
	return s.queue(ctx, tx, m, "reply", views.ReplyMail(views.ReplyMailProps{
		SiteName: s.name(), Name: m.Name, By: by.Name, Headline: story.Headline, Words: text.Excerpt(c.Body, 300),
		URL: s.canonical(views.CommentPath(c.ID)), StopURL: stop,
	}), stop)
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
	if _, err := s.stopMember(token); err != nil {
		return err
	}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
		Heading: "No more mail about answers",
		Lede:    "We stop mailing you when somebody answers a comment of yours. You can turn it on again in your account.",
		Form:    &views.Form{Action: views.WithQuery(views.MailStopPath, "token", token), Button: "Stop these mails"},
	})
}

// createMailStop serves POST /mail/stop, from the button and from mail
// programs (RFC 8058), which send no cookie.
func (s *Server) createMailStop(w http.ResponseWriter, r *http.Request) error {
	id, err := s.stopMember(r.URL.Query().Get("token"))
	if err != nil {
		return err
	}
	if err := s.db.SetReplyMail(r.Context(), id, news.ReplyMailOff); err != nil {
		return err
	}
	return s.writeForm(w, r, news.Now(s.cfg.Now()), http.StatusOK, views.FormPage{
		Heading: "Stopped",
		Lede:    "You get no more mail about answers to your comments.",
	})
}
