-- +goose Up

-- Mail to be sent, written in the transaction of its cause. Whoever sends a
-- message claims it for a while; a claim that has ended is free again.
CREATE TABLE mails (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id     BIGINT REFERENCES members (id) ON DELETE CASCADE,
    address       TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind <> ''),
    subject       TEXT NOT NULL,
    text          TEXT NOT NULL,
    html          TEXT NOT NULL,
    unsubscribe   TEXT NOT NULL DEFAULT '',
    state         TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'parked')),
    attempts      INTEGER NOT NULL DEFAULT 0,
    due_at        TIMESTAMPTZ NOT NULL,
    claimed_until TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL,
    sent_at       TIMESTAMPTZ,
    fault         TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);

CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';
CREATE INDEX mails_queued ON mails (created_at) WHERE state = 'queued';
CREATE INDEX mails_parked ON mails (id) WHERE state = 'parked';
CREATE INDEX mails_sent ON mails (sent_at) WHERE state = 'sent';
CREATE INDEX mails_member ON mails (member_id);
