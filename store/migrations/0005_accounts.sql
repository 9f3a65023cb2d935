-- +goose Up

ALTER TABLE members ADD COLUMN confirmed_at TIMESTAMPTZ;
ALTER TABLE members ADD COLUMN pending_email TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN pending_email_key TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN suspended_until TIMESTAMPTZ;
ALTER TABLE members ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN delete_at TIMESTAMPTZ;
ALTER TABLE members ADD COLUMN erase_comments BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE members ADD COLUMN reply_mail TEXT NOT NULL DEFAULT 'off' CHECK (reply_mail IN ('off', 'each'));

-- What is left of a deleted account, for comments to belong to.
ALTER TABLE members ADD COLUMN former BOOLEAN NOT NULL DEFAULT FALSE;

-- Whoever had an account before addresses were confirmed keeps it.
UPDATE members SET confirmed_at = created_at;

CREATE INDEX members_newest ON members (created_at, id);
CREATE INDEX members_role ON members (role, created_at, id);
CREATE INDEX members_delete ON members (delete_at) WHERE delete_at IS NOT NULL;
CREATE INDEX members_unconfirmed ON members (created_at) WHERE confirmed_at IS NULL AND NOT former;
CREATE INDEX members_former ON members (id) WHERE former;

-- Sessions get a number, which no table can be given later; everybody logs in
-- once more.
DROP TABLE sessions;

CREATE TABLE sessions (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) > 0),
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    device     TEXT NOT NULL DEFAULT '',
    network    BYTEA,
    second     BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX sessions_member ON sessions (member_id, seen_at);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX sessions_idle ON sessions (seen_at);

-- A member has at most one link of a kind: the newest.
CREATE TABLE member_tokens (
    hash       BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) > 0),
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    purpose    TEXT NOT NULL CHECK (purpose IN ('confirm', 'login', 'reset', 'change')),
    address    TEXT NOT NULL CHECK (address <> ''),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    UNIQUE (member_id, purpose)
);

CREATE INDEX member_tokens_expiry ON member_tokens (expires_at);

-- The key is a hash, for what is counted may be an address. The time at which
-- the allowance is full again is in microseconds since 1970: both databases add
-- numbers alike, but not times.
CREATE TABLE limits (
    key BYTEA NOT NULL PRIMARY KEY CHECK (length(key) > 0),
    tat BIGINT NOT NULL
);

CREATE INDEX limits_tat ON limits (tat);

-- What was done to members by others. Nothing here refers to another table:
-- the record outlives those it is about. 0007 makes it append-only.
CREATE TABLE acts (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         TIMESTAMPTZ NOT NULL,
    actor_id   BIGINT,
    subject_id BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    before     TEXT NOT NULL DEFAULT '',
    after      TEXT NOT NULL DEFAULT '',
    reason     TEXT NOT NULL DEFAULT ''
);

CREATE INDEX acts_subject ON acts (subject_id, at, id);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    value TEXT NOT NULL
);
