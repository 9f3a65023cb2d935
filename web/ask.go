package web

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// What can be asked for by mail. An ask is a row in the outbox that is not a
// mail yet: who it is about is looked up when its turn comes, off the request,
// so that the request takes as long for an address with an account as for one
// without.
const (
	askPrefix = "ask-"
	askLogin  = askPrefix + "login"
	askReset  = askPrefix + "reset"
	askJoin   = askPrefix + "join"
)

// An asked is what an ask needs to know beside the address.
type asked struct {
	Next string `json:"next"`
	Kept string `json:"kept"`
}

// ask puts an ask in the outbox.
func (s *Server) ask(ctx context.Context, db *store.DB, kind string, g gate) error {
	words, err := json.Marshal(asked{Next: g.next, Kept: g.kept})
	if err != nil {
		return err
	}
	at := news.Instant(s.cfg.Now())
	return db.QueueMail(ctx, &news.OutMail{Address: g.email, Kind: kind, Text: string(words), State: news.MailQueued, DueAt: at, CreatedAt: at})
}

// Ask turns an ask into the mail it asks for, if there is an account, in one
// transaction; ok is false for what is a mail already.
func (s *Server) Ask(ctx context.Context, m news.OutMail) (ok bool, err error) {
	if !strings.HasPrefix(m.Kind, askPrefix) {
		return false, nil
	}
	var a asked
	if err := json.Unmarshal([]byte(m.Text), &a); err != nil {
		return true, err
	}
	g := gate{email: m.Address, next: localPath(a.Next), kept: a.Kept}
	err = s.db.Atomically(ctx, func(tx *store.DB) error {
		member, err := tx.MemberByEmail(ctx, text.FoldEmail(m.Address))
		if errors.Is(err, news.ErrNotFound) {
			return nil // nobody: nothing is sent
		}
		if err != nil {
			return err
		}
		switch {
		case m.Kind == askLogin:
			return s.mailLogin(ctx, tx, member, g)
		case m.Kind == askReset:
			return s.mailReset(ctx, tx, member, g)
		case member.Confirmed():
			return s.welcomeBack(ctx, tx, member, g)
		}
		return s.askConfirmation(ctx, tx, member, g)
	})
	return true, err
}

// mailLogin mails a log-in link.
func (s *Server) mailLogin(ctx context.Context, tx *store.DB, m news.Member, g gate) error {
	token, err := s.addToken(ctx, tx, m, news.TokenLogin, m.EmailKey, news.LinkFor)
	if err != nil {
		return err
	}
	url := s.canonical(views.WithQuery(views.LinkOpenPath, "token", token, "next", g.next, "kept", g.kept))
	return s.queue(ctx, tx, m, "login", views.LoginLinkMail(views.LoginLinkMailProps{
		SiteName: s.name(), Name: m.Name, URL: url, Minutes: int(news.LinkFor.Minutes()),
	}), "")
}

// mailReset mails a link to choose a new password.
func (s *Server) mailReset(ctx context.Context, tx *store.DB, m news.Member, g gate) error {
	token, err := s.addToken(ctx, tx, m, news.TokenReset, m.EmailKey, news.LinkFor)
	if err != nil {
		return err
	}
	url := s.canonical(views.WithQuery(views.ResetPath, "token", token, "next", g.next, "kept", g.kept))
	return s.queue(ctx, tx, m, "reset", views.ResetMail(views.ResetMailProps{
		SiteName: s.name(), Name: m.Name, URL: url, Minutes: int(news.LinkFor.Minutes()),
	}), "")
}
