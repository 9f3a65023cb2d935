-- +goose Up

CREATE TABLE passkeys (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id     BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    credential_id BYTEA NOT NULL UNIQUE CHECK (length(credential_id) > 0),
    credential    BYTEA NOT NULL,
    name          TEXT NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    used_at       TIMESTAMPTZ
);

CREATE INDEX passkeys_member ON passkeys (member_id, id);

CREATE TABLE totps (
    member_id    BIGINT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    secret       TEXT NOT NULL CHECK (secret <> ''),
    confirmed_at TIMESTAMPTZ,
    last_step    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    code_hash BYTEA NOT NULL CHECK (length(code_hash) > 0),
    PRIMARY KEY (member_id, code_hash)
);

CREATE TABLE challenges (
    token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) > 0),
    kind       TEXT NOT NULL CHECK (kind IN ('register', 'login', 'second')),
    member_id  BIGINT REFERENCES members (id) ON DELETE CASCADE,
    data       BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX challenges_member ON challenges (member_id);
CREATE INDEX challenges_expiry ON challenges (expires_at);
