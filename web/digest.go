package web

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/views"
)

// TellModerators mails the digest of the queues to those who moderate, when
// there is reason to and one node at a time. Each reads of the categories they
// reach.
func (s *Server) TellModerators(ctx context.Context) error {
	told := false
	err := s.db.Atomically(ctx, func(tx *store.DB) error {
		at := news.Instant(s.cfg.Now())
		due, err := tx.ClaimQueueDigest(ctx, at)
		if err != nil || !due {
			return err
		}
		readers, err := tx.QueueReaders(ctx)
		if err != nil {
			return err
		}
		for _, m := range readers {
			categories, err := tx.ModeratorCategories(ctx, m.ID)
			if err != nil {
				return err
			}
			counts, err := tx.QueueCounts(ctx, categories, at)
			if err != nil {
				return err
			}
			if counts.Held+counts.Reported == 0 {
				continue
			}
			stop := s.canonical(views.WithQuery(views.MailStopPath, "token", s.queueStopToken(m.ID)))
			if err := s.queue(ctx, tx, m, "queue", views.QueueMail(s.digestProps(m, counts, at, stop)), stop); err != nil {
				return err
			}
			told = true
		}
		return nil
	})
	if err == nil && told {
		s.cfg.MailDue()
	}
	return err
}

// digestProps fills the digest.
func (s *Server) digestProps(m news.Member, counts news.QueueCounts, at time.Time, stop string) views.QueueMailProps {
	p := views.QueueMailProps{SiteName: s.name(), Name: m.Name, URL: s.canonical(views.ModerationPath), StopURL: stop}
	if counts.Held == 0 {
		p.URL = s.canonical(views.QueuePath(string(news.QueueReported)))
	}
	line := func(n int, what string, oldest *time.Time) string {
		words := plural(n, "comment") + " " + what
		if n > news.QueueCountMax {
			words = countText(n) + " comments " + what
		}
		if oldest != nil {
			words += ", the oldest for " + waited(*oldest, at)
		}
		return words + "."
	}
	if counts.Held > 0 {
		p.Lines = append(p.Lines, line(counts.Held, "held", counts.OldestHeld))
	}
	if counts.Reported > 0 {
		p.Lines = append(p.Lines, line(counts.Reported, "reported", counts.OldestReported))
	}
	return p
}

// queueStop begins the tokens that stop the digest, so that they stop nothing
// else.
const queueStop = "queue-"

// queueStopToken names a member in the link that stops the digest.
func (s *Server) queueStopToken(memberID int64) string { return queueStop + s.stopToken(memberID) }

// queueStopMember reads a queueStopToken; ok is false for tokens of other mail.
func (s *Server) queueStopMember(token string) (id int64, ok bool, err error) {
	rest, ok := strings.CutPrefix(token, queueStop)
	if !ok {
		return 0, false, nil
	}
	id, err = s.stopMember(rest)
	return id, true, err
}

// stopQueueMail turns the digest of one member off.
func (s *Server) stopQueueMail(ctx context.Context, id int64) error {
	m, err := s.db.MemberByID(ctx, id)
	if err != nil {
		return err
	}
	return s.db.SetNoticeMail(ctx, id, m.NoticeMail, false)
}
