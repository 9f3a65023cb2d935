-- +goose Up

-- A top-level comment has neither parent nor root. Replies carry the root, so
-- that one query fetches everything that stands under a page of roots.
CREATE TABLE comments (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE RESTRICT,
    parent_id  BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    root_id    BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    depth      INTEGER NOT NULL DEFAULT 0,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('visible', 'held', 'removed', 'deleted')),
    reason     TEXT NOT NULL DEFAULT '',
    form_key   TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL,
    CHECK ((parent_id IS NULL) = (root_id IS NULL)),
    CHECK ((parent_id IS NULL) = (depth = 0))
);

CREATE UNIQUE INDEX comments_form_key ON comments (member_id, form_key) WHERE form_key <> '';
CREATE INDEX comments_member ON comments (member_id, created_at, id);
CREATE INDEX comments_parent ON comments (parent_id);
CREATE INDEX comments_root ON comments (root_id, created_at, id);
CREATE INDEX comments_top ON comments (article_id, created_at, id) WHERE parent_id IS NULL;
CREATE INDEX comments_visible ON comments (article_id, created_at) WHERE state = 'visible';
CREATE INDEX comments_recent ON comments (created_at, article_id) WHERE state = 'visible';

CREATE TABLE kept_comments (
    token_hash    BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) > 0),
    article_id    BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    parent_id     BIGINT REFERENCES comments (id) ON DELETE SET NULL,
    body          TEXT NOT NULL,
    reading_order TEXT NOT NULL CHECK (reading_order IN ('newest', 'oldest')),
    page          INTEGER NOT NULL,
    member_id     BIGINT REFERENCES members (id) ON DELETE CASCADE,
    created_at    TIMESTAMPTZ NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL
);

CREATE INDEX kept_comments_expiry ON kept_comments (expires_at);
CREATE INDEX kept_comments_article ON kept_comments (article_id);
CREATE INDEX kept_comments_parent ON kept_comments (parent_id);
CREATE INDEX kept_comments_member ON kept_comments (member_id);
