-- +goose Up

-- For what moderators look for: somebody's conduct, articles, dates,
-- states.
CREATE INDEX comments_conduct ON comments (member_id, state, created_at);
CREATE INDEX comments_article ON comments (article_id, created_at, id);
CREATE INDEX comments_newest ON comments (created_at, id);
CREATE INDEX comments_removed_newest ON comments (created_at, id) WHERE state = 'removed';
CREATE INDEX comments_deleted_newest ON comments (created_at, id) WHERE state = 'deleted';

-- The words of all comments but those that their authors took down, folded to
-- small letters without accents. secure-delete leaves nothing of a word behind
-- that goes.
CREATE VIRTUAL TABLE comment_words USING fts5 (body, content = 'comments', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);
INSERT INTO comment_words (comment_words, rank) VALUES ('secure-delete', 1);
INSERT INTO comment_words (rowid, body) SELECT id, body FROM comments WHERE state <> 'deleted';

-- +goose StatementBegin
CREATE TRIGGER comment_words_insert AFTER INSERT ON comments WHEN NEW.state <> 'deleted' BEGIN
    INSERT INTO comment_words (rowid, body) VALUES (NEW.id, NEW.body);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER comment_words_update AFTER UPDATE OF body, state ON comments
WHEN OLD.body <> NEW.body OR (OLD.state = 'deleted') <> (NEW.state = 'deleted') BEGIN
    INSERT INTO comment_words (comment_words, rowid, body) SELECT 'delete', OLD.id, OLD.body WHERE OLD.state <> 'deleted';
    INSERT INTO comment_words (rowid, body) SELECT NEW.id, NEW.body WHERE NEW.state <> 'deleted';
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER comment_words_delete AFTER DELETE ON comments WHEN OLD.state <> 'deleted' BEGIN
    INSERT INTO comment_words (comment_words, rowid, body) VALUES ('delete', OLD.id, OLD.body);
END;
-- +goose StatementEnd
