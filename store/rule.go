package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"broadsheet/internal/news"
)

const settingRules = "comment-rules"

// CommentRules returns the site's rules, usual numbers filled in; as the site
// comes until somebody sets others.
func (db *DB) CommentRules(ctx context.Context) (news.CommentRules, error) {
	rules, _, err := db.commentRules(ctx)
	return rules, err
}

// commentRules returns the site's rules as CommentRules does, and the text
// they are stored as, "" when nobody has set any.
func (db *DB) commentRules(ctx context.Context) (rules news.CommentRules, stored string, err error) {
	stored, err = db.Setting(ctx, settingRules)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return rules, "", err
	}
	if stored != "" {
		if err := json.Unmarshal([]byte(stored), &rules); err != nil {
			return rules, "", fmt.Errorf("store: setting %s: %w", settingRules, err)
		}
	}
	return rules.Usual(), stored, nil
}

// SetCommentRules replaces the site's rules and writes that down, with what
// they were; it fills in the act's Kind, Before and After. It returns
// news.ErrConflict unless was is what they are now. The same rules again
// change nothing.
func (db *DB) SetCommentRules(ctx context.Context, was, r news.CommentRules, act news.Act) error {
	before, err := rulesText(was)
	if err != nil {
		return err
	}
	after, err := rulesText(r)
	if err != nil {
		return err
	}
	return db.Atomically(ctx, func(tx *DB) error {
		// The row is there and locked before it is looked at, so that of two who
		// change the same rules one comes second.
		if _, err := tx.EnsureSetting(ctx, settingRules, "{}"); err != nil {
			return err
		}
		err := tx.get(ctx, new(string), `SELECT value FROM settings WHERE name = ?`+tx.dialect.lockRow, settingRules)
		if err != nil {
			return err
		}
		rules, _, err := tx.commentRules(ctx)
		if err != nil {
			return err
		}
		now, err := rulesText(rules)
		if err != nil {
			return err
		}
		if !bytes.Equal(now, before) {
			return news.ErrConflict
		}
		if bytes.Equal(now, after) {
			return nil
		}
		if err := tx.SetSetting(ctx, settingRules, string(after)); err != nil {
			return err
		}
		act.SubjectID, act.Kind, act.Before, act.After = 0, news.ActRules, string(before), string(after)
		return tx.RecordAct(ctx, act)
	})
}

// rulesText is what rules are stored as: the same for the same rules.
func rulesText(r news.CommentRules) ([]byte, error) {
	r = r.Usual()
	for _, list := range []*[]string{&r.AllowedHosts, &r.RefuseWords, &r.HoldWords} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	return json.Marshal(r)
}
