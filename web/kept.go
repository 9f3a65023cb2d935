package web

import (
	"context"
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/session"
	"broadsheet/internal/text"
	"broadsheet/views"
)

// toKeep is a comment form as it is put away.
func (f commentForm) toKeep(story news.Story) news.KeptComment {
	k := news.KeptComment{Kind: news.KeptNew, ArticleID: story.ID, Body: f.body, Order: orderOf(f.order, news.OrderNewest), Page: f.page, Version: f.version}
	if f.parent > 0 {
		k.ParentID = &f.parent
	}
	return k
}

// keep puts away what was sent without a session, and takes the reader to log
// in. The token in the address is the only way back to it. An answer to a
// comment that is not there is kept as a comment of its own.
func (s *Server) keep(w http.ResponseWriter, r *http.Request, v news.Viewpoint, k news.KeptComment, parent int64) error {
	if parent > 0 {
		answered, err := s.db.CommentByID(r.Context(), v, parent)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return giveBack(err, k.Body)
		}
		if err != nil || answered.ArticleID != k.ArticleID {
			k.ParentID = nil
		}
	}
	token, err := s.putAway(r, v, k)
	if err != nil {
		return giveBack(err, k.Body)
	}
	seeOther(w, r, views.WithQuery(views.LoginPath, "kept", token))
	return nil
}

// putAway stores what was typed and returns the token that leads back to it.
func (s *Server) putAway(r *http.Request, v news.Viewpoint, k news.KeptComment) (string, error) {
	if err := s.take(r, news.LimitKeepNetwork, s.networkKey(r)); err != nil {
		return "", err
	}
	token := session.NewToken()
	k.TokenHash, k.CreatedAt, k.ExpiresAt = session.Hash(token), v.At, v.At.Add(news.KeptFor)
	k.Page = max(1, k.Page)
	if k.Order == "" {
		k.Order = news.OrderNewest
	}
	return token, s.db.KeepComment(r.Context(), k)
}

// unpack fills a reading's form with a kept comment. One that cannot be had
// (spent, older than a day, somebody else's) leaves a sentence instead.
func (s *Server) unpack(ctx context.Context, v news.Viewpoint, story news.Story, token string, rd *reading) error {
	k, err := s.db.KeptComment(ctx, session.Hash(token), v.At, v.Reader.MemberID)
	if errors.Is(err, news.ErrNotFound) || err == nil && (k.ArticleID != story.ID || k.Kind != news.KeptNew) {
		rd.draft.note = "The comment kept for you is no longer here: it has been posted already, or more than a day has passed."
		return nil
	}
	if err != nil {
		return err
	}
	rd.order, rd.page = k.Order, k.Page
	if k.ParentID != nil {
		err := s.answering(ctx, v, story, *k.ParentID, rd)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return err
		}
		if err != nil {
			rd.draft.note = parentGone + "."
		}
	}
	rd.draft.body, rd.draft.kept, rd.draft.version = k.Body, token, k.Version
	if rd.draft.note == "" {
		rd.draft.note = "Your comment is back. Read it over, then press Post comment."
	}
	// The page it was written on may have moved since.
	if pages, err := s.db.CommentPage(ctx, v, story.ID, rd.filter()); errors.Is(err, news.ErrNotFound) {
		rd.page, rd.open, rd.part = 1, 0, 0
	} else if err != nil {
		return err
	} else {
		rd.page = pages.Page
	}
	return nil
}

// unpackErrand returns what was kept of a change or a report of that comment;
// nothing when it cannot be had.
func (s *Server) unpackErrand(ctx context.Context, v news.Viewpoint, token string, kind news.KeptKind, id int64) (k news.KeptComment, ok bool, err error) {
	if token == "" {
		return k, false, nil
	}
	k, err = s.db.KeptComment(ctx, session.Hash(token), v.At, v.Reader.MemberID)
	if errors.Is(err, news.ErrNotFound) {
		return k, false, nil
	}
	return k, err == nil && k.Kind == kind && k.TargetID != nil && *k.TargetID == id, err
}

// spendErrand forgets what was kept of a change or a report once it is done.
func (s *Server) spendErrand(ctx context.Context, v news.Viewpoint, token string, kind news.KeptKind, id int64) error {
	if _, ok, err := s.unpackErrand(ctx, v, token, kind, id); err != nil || !ok {
		return err
	}
	return s.db.DropKept(ctx, session.Hash(token))
}

// keptNames are what the log-in page calls the kinds of kept words.
var keptNames = map[news.KeptKind]string{news.KeptNew: "Your comment", news.KeptEdit: "Your change", news.KeptReport: "Your report"}

// keptNote is what the log-in page says of kept words; ok is false when there
// are none under that token. to is where they are back in their form.
func (s *Server) keptNote(ctx context.Context, v news.Viewpoint, token string) (note views.KeptNote, to string, ok bool, err error) {
	if token == "" {
		return note, "", false, nil
	}
	var story news.Story
	k, err := s.db.KeptComment(ctx, session.Hash(token), v.At, v.Reader.MemberID)
	if err == nil {
		story, err = s.db.ArticleByID(ctx, v, k.ArticleID)
	}
	if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrGone) {
		return note, "", false, nil
	}
	if err != nil {
		return note, "", false, err
	}
	note = views.KeptNote{
		What:     keptNames[k.Kind],
		Headline: story.Headline,
		URL:      views.ArticlePath(story.Day, story.Slug),
		Words:    text.Cut(k.Body, 300),
	}
	return note, keptPath(story, k, token), true, nil
}

// keptPath is where kept words are back in their form.
func keptPath(story news.Story, k news.KeptComment, token string) string {
	switch {
	case k.Kind == news.KeptEdit && k.TargetID != nil:
		return views.WithQuery(views.CommentEditPath(*k.TargetID), "kept", token)
	case k.Kind == news.KeptReport && k.TargetID != nil:
		return views.WithQuery(views.CommentReportPath(*k.TargetID), "kept", token)
	}
	return views.WithQuery(views.ArticlePath(story.Day, story.Slug), "kept", token) + "#write"
}
