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

// keep puts a comment away that was posted without a session, and takes the
// reader to log in. The token in the address is the only way back to it.
func (s *Server) keep(w http.ResponseWriter, r *http.Request, v news.Viewpoint, story news.Story, f commentForm) error {
	if err := s.take(r, news.LimitKeepNetwork, s.networkKey(r)); err != nil {
		return giveBack(err, f.body)
	}
	token := session.NewToken()
	k := news.KeptComment{
		TokenHash: session.Hash(token),
		ArticleID: story.ID,
		Body:      f.body,
		Order:     f.order,
		Page:      f.page,
		CreatedAt: v.At,
		ExpiresAt: v.At.Add(news.KeptFor),
	}
	if f.parent > 0 {
		// An answer to a comment that is not there is kept as one of its own.
		parent, err := s.db.CommentByID(r.Context(), v, f.parent)
		if err == nil && parent.ArticleID == story.ID {
			k.ParentID = &f.parent
		} else if err != nil && !errors.Is(err, news.ErrNotFound) {
			return giveBack(err, f.body)
		}
	}
	if err := s.db.KeepComment(r.Context(), k); err != nil {
		return giveBack(err, f.body)
	}
	seeOther(w, r, views.WithQuery(views.LoginPath, "kept", token))
	return nil
}

// unpack fills a reading's form with a kept comment. One that cannot be had
// (spent, older than a day, somebody else's) leaves a sentence instead.
func (s *Server) unpack(ctx context.Context, v news.Viewpoint, story news.Story, token string, rd *reading) error {
	k, err := s.db.KeptComment(ctx, session.Hash(token), v.At, v.Reader.MemberID)
	if errors.Is(err, news.ErrNotFound) || err == nil && k.ArticleID != story.ID {
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
			rd.draft.note = "The comment you were answering is no longer here. Your text is below: you can post it as a comment of its own."
		}
	}
	rd.draft.body, rd.draft.kept = k.Body, token
	if rd.draft.note == "" {
		rd.draft.note = "Your comment is back. Read it over, then press Post comment."
	}
	// The page it was written on may have moved since.
	if pages, err := s.db.CommentPage(ctx, v, story.ID, rd.order, rd.page); errors.Is(err, news.ErrNotFound) {
		rd.page = 1
	} else if err != nil {
		return err
	} else {
		rd.page = pages.Page
	}
	return nil
}

// keptNote is what the log-in page says of a kept comment; ok is false when
// there is none under that token.
func (s *Server) keptNote(ctx context.Context, v news.Viewpoint, token string) (note views.KeptNote, story news.Story, ok bool, err error) {
	if token == "" {
		return note, story, false, nil
	}
	k, err := s.db.KeptComment(ctx, session.Hash(token), v.At, v.Reader.MemberID)
	if err == nil {
		story, err = s.db.ArticleByID(ctx, v, k.ArticleID)
	}
	if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrGone) {
		return note, story, false, nil
	}
	if err != nil {
		return note, story, false, err
	}
	note = views.KeptNote{
		Headline: story.Headline,
		URL:      views.ArticlePath(story.Day, story.Slug),
		Words:    text.Cut(k.Body, 300),
	}
	return note, story, true, nil
}

// keptPath is where a kept comment is back in its form.
func keptPath(story news.Story, token string) string {
	return views.WithQuery(views.ArticlePath(story.Day, story.Slug), "kept", token) + "#write"
}
