-- +goose Up

-- What a comment answered, and what became of it.
ALTER TABLE comments ADD COLUMN article_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN edited_at TIMESTAMPTZ;
ALTER TABLE comments ADD COLUMN picked_at TIMESTAMPTZ;
ALTER TABLE comments ADD COLUMN reviewed_at TIMESTAMPTZ;
ALTER TABLE comments ADD COLUMN recommends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN holds TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN held_at TIMESTAMPTZ;
ALTER TABLE comments ADD COLUMN removed_at TIMESTAMPTZ;
ALTER TABLE comments ADD COLUMN decisions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN reports INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN reported_at TIMESTAMPTZ;
-- Where it is read: of a top-level one, how many visible comments there are
-- under it, and how many that have a place, stubs included; whether it has a
-- place in the thread itself, being shown or having a shown one under it; and
-- its place among all replies of its top-level comment, parents first.
ALTER TABLE comments ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN branch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN stands BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE comments ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- Made anew below; without them the changes to all rows are quicker.
DROP INDEX comments_root;
DROP INDEX comments_top;
DROP INDEX comments_visible;

-- Nobody is asked to look at what was there before there were queues.
UPDATE comments SET reviewed_at = created_at,
    held_at = CASE WHEN state = 'held' THEN created_at END,
    removed_at = CASE WHEN state IN ('removed', 'deleted') THEN created_at END,
    stands = state IN ('visible', 'removed');

CREATE TABLE comment_versions (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    body       TEXT NOT NULL,
    until      TIMESTAMPTZ NOT NULL
);
CREATE INDEX comment_versions_comment ON comment_versions (comment_id, id);

-- One row for each article with comments: what readers count, kept with every
-- change of a comment. Whoever changes a thread locks its row first.
CREATE TABLE threads (
    article_id BIGINT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    comments   INTEGER NOT NULL DEFAULT 0,
    roots      INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE recommendations (
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (comment_id, member_id)
);
CREATE INDEX recommendations_member ON recommendations (member_id, created_at);

CREATE TABLE reports (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    member_id  BIGINT REFERENCES members (id) ON DELETE SET NULL,
    reason     TEXT NOT NULL CHECK (reason IN ('abuse', 'spam', 'off-topic', 'wrong-fact', 'illegal', 'other')),
    words      TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL,
    closed_at  TIMESTAMPTZ,
    UNIQUE (comment_id, member_id)
);
CREATE INDEX reports_member ON reports (member_id, created_at);

CREATE TABLE mutes (
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    muted_id   BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (member_id, muted_id),
    CHECK (member_id <> muted_id)
);
CREATE INDEX mutes_muted ON mutes (muted_id);

CREATE TABLE visits (
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    seen_at    TIMESTAMPTZ NOT NULL,
    before_at  TIMESTAMPTZ,
    PRIMARY KEY (member_id, article_id)
);
CREATE INDEX visits_article ON visits (article_id);
CREATE INDEX visits_seen ON visits (seen_at);

-- What moderators did with one press, to be taken back together. undo holds
-- what each thing was before, until the time for that is over.
CREATE TABLE batches (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor_id  BIGINT NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    kind      TEXT NOT NULL CHECK (kind <> ''),
    acts      INTEGER NOT NULL,
    undo      TEXT NOT NULL DEFAULT '',
    undone_at TIMESTAMPTZ
);
CREATE INDEX batches_undo ON batches (at) WHERE undo <> '';

CREATE TABLE warnings (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    reason    TEXT NOT NULL CHECK (reason <> ''),
    at        TIMESTAMPTZ NOT NULL,
    read_at   TIMESTAMPTZ
);
CREATE INDEX warnings_member ON warnings (member_id, at);

CREATE TABLE notices (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    at         TIMESTAMPTZ NOT NULL,
    comment_id BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    actor_id   BIGINT REFERENCES members (id) ON DELETE SET NULL,
    batch_id   BIGINT REFERENCES batches (id) ON DELETE SET NULL,
    words      TEXT NOT NULL DEFAULT '',
    read_at    TIMESTAMPTZ,
    mail       TEXT NOT NULL CHECK (mail IN ('none', 'each', 'daily', 'sent')),
    mailed_at  TIMESTAMPTZ
);
CREATE INDEX notices_member ON notices (member_id, at, id);
CREATE INDEX notices_unread ON notices (member_id, at) WHERE read_at IS NULL;
CREATE INDEX notices_each ON notices (at, id) WHERE mail = 'each';
CREATE INDEX notices_daily ON notices (member_id, at, id) WHERE mail = 'daily';
CREATE INDEX notices_mailed ON notices (member_id, mailed_at) WHERE mailed_at IS NOT NULL;
CREATE INDEX notices_comment ON notices (comment_id);
CREATE INDEX notices_actor ON notices (actor_id);
CREATE INDEX notices_batch ON notices (batch_id);
CREATE INDEX notices_at ON notices (at);

-- Who is looking at a comment in the queue.
CREATE TABLE looks (
    comment_id BIGINT NOT NULL PRIMARY KEY REFERENCES comments (id) ON DELETE CASCADE,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    until      TIMESTAMPTZ NOT NULL
);
CREATE INDEX looks_member ON looks (member_id);

-- The categories that a moderator is limited to; without a row, all.
CREATE TABLE moderator_categories (
    member_id   BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    category_id BIGINT NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, category_id)
);
CREATE INDEX moderator_categories_category ON moderator_categories (category_id);

ALTER TABLE acts ADD COLUMN comment_id BIGINT;
ALTER TABLE acts ADD COLUMN article_id BIGINT;
CREATE INDEX acts_comment ON acts (comment_id, at, id) WHERE comment_id IS NOT NULL;
CREATE INDEX acts_article ON acts (article_id, at, id) WHERE article_id IS NOT NULL;
CREATE INDEX acts_at ON acts (at, id);
CREATE INDEX acts_actor ON acts (actor_id, at, id);
CREATE INDEX acts_held ON acts (at, id) WHERE before = 'held';
CREATE INDEX acts_undone ON acts (before) WHERE kind = 'undo';

ALTER TABLE articles ADD COLUMN comments_kept_open BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE articles ADD COLUMN comments_held BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE articles ADD COLUMN updated_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE categories ADD COLUMN comments_held BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE members ADD COLUMN notice_mail TEXT NOT NULL DEFAULT 'off' CHECK (notice_mail IN ('off', 'each', 'daily'));
UPDATE members SET notice_mail = reply_mail;
ALTER TABLE members DROP COLUMN reply_mail;
ALTER TABLE members ADD COLUMN queue_mail BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE members ADD COLUMN reading_order TEXT NOT NULL DEFAULT '' CHECK (reading_order IN ('', 'newest', 'oldest', 'recommended'));
ALTER TABLE members ADD COLUMN hide_new BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE members ADD COLUMN hide_comments BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE members ADD COLUMN hold_comments BOOLEAN NOT NULL DEFAULT FALSE;

-- Kept texts live for a day; their reading order is not worth carrying over.
ALTER TABLE kept_comments DROP COLUMN reading_order;
ALTER TABLE kept_comments ADD COLUMN reading_order TEXT NOT NULL DEFAULT 'newest' CHECK (reading_order IN ('newest', 'oldest', 'recommended'));
ALTER TABLE kept_comments ADD COLUMN kind TEXT NOT NULL DEFAULT 'comment' CHECK (kind IN ('comment', 'edit', 'report'));
ALTER TABLE kept_comments ADD COLUMN target_id BIGINT REFERENCES comments (id) ON DELETE CASCADE;
ALTER TABLE kept_comments ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE kept_comments ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX kept_comments_target ON kept_comments (target_id);

-- Filled by recursion: a reply's place is its parent's and its own id, in 13
-- digits of base ten so that text sorts as numbers do.
WITH RECURSIVE tree (id, place) AS (
    SELECT id, '' FROM comments WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, tree.place || substr('0000000000000' || CAST(c.id AS TEXT), length(CAST(c.id AS TEXT)) + 1, 13)
    FROM comments c JOIN tree ON c.parent_id = tree.id
)
UPDATE comments SET place = tree.place FROM tree WHERE tree.id = comments.id AND comments.parent_id IS NOT NULL;

WITH RECURSIVE above (id) AS (
    SELECT p.id FROM comments c JOIN comments p ON p.id = c.parent_id WHERE c.stands AND NOT p.stands
    UNION
    SELECT p.id FROM above JOIN comments c ON c.id = above.id JOIN comments p ON p.id = c.parent_id WHERE NOT p.stands
)
UPDATE comments SET stands = TRUE FROM above WHERE above.id = comments.id;

UPDATE comments SET replies = under.replies, branch = under.branch
FROM (SELECT root_id, SUM(CASE WHEN state = 'visible' THEN 1 ELSE 0 END) AS replies,
        SUM(CASE WHEN stands THEN 1 ELSE 0 END) AS branch
    FROM comments WHERE root_id IS NOT NULL GROUP BY root_id) under
WHERE under.root_id = comments.id;

INSERT INTO threads (article_id, comments, roots)
    SELECT article_id, SUM(CASE WHEN state = 'visible' THEN 1 ELSE 0 END), SUM(CASE WHEN parent_id IS NULL AND stands THEN 1 ELSE 0 END)
    FROM comments GROUP BY article_id;

-- What has no place is passed over by all that reads a thread, however much of
-- it there is.
CREATE INDEX comments_root ON comments (root_id, stands, place);
CREATE INDEX comments_top ON comments (article_id, created_at, id) WHERE parent_id IS NULL AND stands;
CREATE INDEX comments_recommended ON comments (article_id, recommends, created_at, id) WHERE parent_id IS NULL AND stands;
CREATE INDEX comments_after ON comments (article_id, id) WHERE state = 'visible';
CREATE INDEX comments_picked ON comments (article_id, picked_at) WHERE picked_at IS NOT NULL;
CREATE INDEX comments_held ON comments (held_at, id) WHERE state = 'held';
CREATE INDEX comments_held_own ON comments (article_id, member_id) WHERE state = 'held';
CREATE INDEX comments_reported ON comments (reported_at, id) WHERE reports > 0 AND state = 'visible';
CREATE INDEX comments_new ON comments (created_at, id) WHERE state = 'visible' AND reviewed_at IS NULL;
CREATE INDEX comments_removed ON comments (removed_at, id) WHERE state = 'removed';
CREATE INDEX comments_deleted ON comments (removed_at) WHERE state = 'deleted' AND body <> '';
