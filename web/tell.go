package web

import (
	"context"
	"errors"

	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/views"
)

// dailyFrom is the hour, in the site's zone, from which the daily mail goes.
const dailyFrom = 7

// Tell mails what members are to be told now, as they have chosen: each notice
// by itself, or all of a day in one mail. Claiming a notice and queueing its
// mail is one transaction. It returns when nothing more is due.
func (s *Server) Tell(ctx context.Context) error {
	told := false
	for _, daily := range []bool{false, true} {
		if daily && s.cfg.Now().In(s.cfg.Zone).Hour() < dailyFrom {
			continue
		}
		for {
			err := s.db.Atomically(ctx, func(tx *store.DB) error { return s.tellOne(ctx, tx, daily) })
			if errors.Is(err, news.ErrNotFound) {
				break
			}
			if err != nil {
				return err
			}
			told = true
		}
	}
	if told {
		s.cfg.MailDue()
	}
	return nil
}

// tellOne mails what is due to one member. It returns news.ErrNotFound when
// nothing is.
func (s *Server) tellOne(ctx context.Context, tx *store.DB, daily bool) error {
	at := news.Instant(s.cfg.Now())
	m, list, err := tx.ClaimNotices(ctx, at, daily)
	if err != nil || !m.Confirmed() {
		return err // to an address that nobody has proven, nothing is told
	}
	stop := s.canonical(views.WithQuery(views.MailStopPath, "token", s.stopToken(m.ID)))
	if len(list) == 1 {
		mail, stop := s.noticeMail(m, list[0], stop)
		return s.queue(ctx, tx, m, "notice-"+string(list[0].Kind), mail, stop)
	}
	return s.queue(ctx, tx, m, "notice-digest", s.noticeDigest(m, list, stop), stop)
}

// noticeMail is one notice as a mail, with its one-press stop; what must
// arrive has none.
func (s *Server) noticeMail(m news.Member, n news.Notice, stop string) (views.Mail, string) {
	t := toldBy(n)
	if n.Kind == news.NoticeReply && n.CommentID != nil {
		return views.ReplyMail(views.ReplyMailProps{
			SiteName: s.name(), Name: m.Name, By: whoever(n.ActorName), Headline: n.Headline, Words: t.words,
			URL: s.canonical(views.CommentPath(*n.CommentID)), StopURL: stop,
		}), stop
	}
	if n.Kind == news.NoticeSuspended || n.Kind == news.NoticeWarned {
		stop = ""
	}
	p := views.NoticeMailProps{SiteName: s.name(), Name: m.Name, Subject: noticeSubjects[n.Kind], Text: t.text, Words: t.words, StopURL: stop}
	if p.Subject == "" {
		p.Subject = "About a comment of yours"
	}
	for _, l := range t.links {
		p.Links = append(p.Links, views.Link{Text: l.Text, URL: s.canonical(l.URL)})
	}
	return views.NoticeMail(p), stop
}

// noticeSubjects are what mails about notices are called.
var noticeSubjects = map[news.NoticeKind]string{
	news.NoticeApproved:    "Your comment is public",
	news.NoticeRemoved:     "Your comment was removed",
	news.NoticeRestored:    "Your comment is back",
	news.NoticeHeld:        "Your comment is being looked at again",
	news.NoticePicked:      "The editors picked your comment",
	news.NoticeWarned:      "A warning from our moderators",
	news.NoticeSuspended:   "You cannot comment for now",
	news.NoticeUnsuspended: "You can comment again",
}

// digestMax is how many notices the daily mail spells out.
const digestMax = 20

// noticeDigest is the daily mail.
func (s *Server) noticeDigest(m news.Member, list []news.Notice, stop string) views.Mail {
	p := views.DigestMailProps{SiteName: s.name(), Name: m.Name, Count: len(list), URL: s.canonical(views.NoticesPath), StopURL: stop}
	for i, n := range list {
		if i == digestMax {
			p.More = len(list) - digestMax
			break
		}
		p.Lines = append(p.Lines, n.At.In(s.cfg.Zone).Format("Monday, 15:04: ")+toldBy(n).text)
	}
	return views.DigestMail(p)
}
