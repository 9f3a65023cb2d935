-- What the migrations make of an empty SQLite file. Generated, for reading only:
-- go test ./store -run Schema -update

CREATE TRIGGER acts_keep_ids BEFORE INSERT ON acts WHEN EXISTS (SELECT 1 FROM acts WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'acts are only ever added');
END;

CREATE TRIGGER acts_keep_rows BEFORE DELETE ON acts BEGIN
    SELECT RAISE(ABORT, 'acts are only ever added');
END;

CREATE TRIGGER acts_keep_words BEFORE UPDATE ON acts BEGIN
    SELECT RAISE(ABORT, 'acts are only ever added');
END;

CREATE TABLE acts (
    id         INTEGER PRIMARY KEY,
    at         TIMESTAMP NOT NULL,
    actor_id   BIGINT,
    subject_id BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    before     TEXT NOT NULL DEFAULT '',
    after      TEXT NOT NULL DEFAULT '',
    reason     TEXT NOT NULL DEFAULT ''
, comment_id BIGINT, article_id BIGINT);

CREATE INDEX acts_actor ON acts (actor_id, at, id);

CREATE INDEX acts_article ON acts (article_id, at, id) WHERE article_id IS NOT NULL;

CREATE INDEX acts_at ON acts (at, id);

CREATE INDEX acts_comment ON acts (comment_id, at, id) WHERE comment_id IS NOT NULL;

CREATE INDEX acts_held ON acts (at, id) WHERE before = 'held';

CREATE INDEX acts_subject ON acts (subject_id, at, id);

CREATE INDEX acts_undone ON acts (before) WHERE kind = 'undo';

CREATE TABLE article_authors (
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    author_id  BIGINT NOT NULL REFERENCES authors (id) ON DELETE RESTRICT,
    position   INTEGER NOT NULL,
    PRIMARY KEY (article_id, author_id)
);

CREATE INDEX article_authors_author ON article_authors (author_id, article_id);

CREATE TABLE article_tags (
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    tag_id     BIGINT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    PRIMARY KEY (article_id, tag_id)
);

CREATE INDEX article_tags_tag ON article_tags (tag_id, article_id);

CREATE TABLE articles (
    id                 INTEGER PRIMARY KEY,
    category_id        BIGINT NOT NULL REFERENCES categories (id) ON DELETE RESTRICT,
    day                TEXT NOT NULL DEFAULT '' CHECK (length(day) IN (0, 8)),
    slug               TEXT NOT NULL CHECK (slug <> ''),
    kicker             TEXT NOT NULL DEFAULT '',
    headline           TEXT NOT NULL,
    standfirst         TEXT NOT NULL DEFAULT '',
    body               TEXT NOT NULL DEFAULT '',
    body_html          TEXT NOT NULL DEFAULT '',
    body_version       INTEGER NOT NULL DEFAULT 0,
    language           TEXT NOT NULL DEFAULT '',
    picture_id         BIGINT REFERENCES pictures (id) ON DELETE SET NULL,
    hero_alt           TEXT NOT NULL DEFAULT '',
    hero_caption       TEXT NOT NULL DEFAULT '',
    hero_credit        TEXT NOT NULL DEFAULT '',
    published_at       TIMESTAMP,
    updated_at         TIMESTAMP,
    expires_at         TIMESTAMP,
    withdrawn_at       TIMESTAMP,
    comments_closed_at TIMESTAMP,
    import_key         TEXT NOT NULL DEFAULT '',
    import_hash        TEXT NOT NULL DEFAULT '',
    version            INTEGER NOT NULL CHECK (version > 0),
    created_at         TIMESTAMP NOT NULL,
    modified_at        TIMESTAMP NOT NULL
, comments_kept_open BOOLEAN NOT NULL DEFAULT FALSE, comments_held BOOLEAN NOT NULL DEFAULT FALSE, updated_version INTEGER NOT NULL DEFAULT 0);

CREATE UNIQUE INDEX articles_address ON articles (day, slug) WHERE day <> '';

CREATE INDEX articles_category_newest ON articles (category_id, published_at, id, withdrawn_at, expires_at);

CREATE UNIQUE INDEX articles_import_key ON articles (import_key) WHERE import_key <> '';

CREATE INDEX articles_newest ON articles (published_at, id, withdrawn_at, expires_at);

CREATE INDEX articles_picture ON articles (picture_id);

CREATE TABLE authors (
    id   INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    bio  TEXT NOT NULL DEFAULT ''
);

CREATE TABLE batches (
    id        INTEGER PRIMARY KEY,
    actor_id  BIGINT NOT NULL,
    at        TIMESTAMP NOT NULL,
    kind      TEXT NOT NULL CHECK (kind <> ''),
    acts      INTEGER NOT NULL,
    undo      TEXT NOT NULL DEFAULT '',
    undone_at TIMESTAMP
);

CREATE INDEX batches_undo ON batches (at) WHERE undo <> '';

CREATE TABLE categories (
    id          INTEGER PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL DEFAULT 0
, comments_held BOOLEAN NOT NULL DEFAULT FALSE);

CREATE TABLE challenges (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) > 0),
    kind       TEXT NOT NULL CHECK (kind IN ('register', 'login', 'second')),
    member_id  BIGINT REFERENCES members (id) ON DELETE CASCADE,
    data       BLOB NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX challenges_expiry ON challenges (expires_at);

CREATE INDEX challenges_member ON challenges (member_id);

CREATE TABLE comment_versions (
    id         INTEGER PRIMARY KEY,
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    body       TEXT NOT NULL,
    until      TIMESTAMP NOT NULL
);

CREATE INDEX comment_versions_comment ON comment_versions (comment_id, id);

CREATE VIRTUAL TABLE comment_words USING fts5 (body, content = 'comments', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);

CREATE TABLE 'comment_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'comment_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'comment_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TRIGGER comment_words_delete AFTER DELETE ON comments WHEN OLD.state <> 'deleted' BEGIN
    INSERT INTO comment_words (comment_words, rowid, body) VALUES ('delete', OLD.id, OLD.body);
END;

CREATE TRIGGER comment_words_insert AFTER INSERT ON comments WHEN NEW.state <> 'deleted' BEGIN
    INSERT INTO comment_words (rowid, body) VALUES (NEW.id, NEW.body);
END;

CREATE TRIGGER comment_words_update AFTER UPDATE OF body, state ON comments
WHEN OLD.body <> NEW.body OR (OLD.state = 'deleted') <> (NEW.state = 'deleted') BEGIN
    INSERT INTO comment_words (comment_words, rowid, body) SELECT 'delete', OLD.id, OLD.body WHERE OLD.state <> 'deleted';
    INSERT INTO comment_words (rowid, body) SELECT NEW.id, NEW.body WHERE NEW.state <> 'deleted';
END;

CREATE TABLE comments (
    id         INTEGER PRIMARY KEY,
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE RESTRICT,
    parent_id  BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    root_id    BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    depth      INTEGER NOT NULL DEFAULT 0,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('visible', 'held', 'removed', 'deleted')),
    reason     TEXT NOT NULL DEFAULT '',
    form_key   TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMP NOT NULL, article_version INTEGER NOT NULL DEFAULT 0, edited_at TIMESTAMP, picked_at TIMESTAMP, reviewed_at TIMESTAMP, recommends INTEGER NOT NULL DEFAULT 0, holds TEXT NOT NULL DEFAULT '', held_at TIMESTAMP, removed_at TIMESTAMP, decisions INTEGER NOT NULL DEFAULT 0, reports INTEGER NOT NULL DEFAULT 0, reported_at TIMESTAMP, replies INTEGER NOT NULL DEFAULT 0, branch INTEGER NOT NULL DEFAULT 0, stands BOOLEAN NOT NULL DEFAULT FALSE, place TEXT NOT NULL DEFAULT '',
    CHECK ((parent_id IS NULL) = (root_id IS NULL)),
    CHECK ((parent_id IS NULL) = (depth = 0))
);

CREATE INDEX comments_after ON comments (article_id, id) WHERE state = 'visible';

CREATE INDEX comments_article ON comments (article_id, created_at, id);

CREATE INDEX comments_conduct ON comments (member_id, state, created_at);

CREATE INDEX comments_deleted ON comments (removed_at) WHERE state = 'deleted' AND body <> '';

CREATE INDEX comments_deleted_newest ON comments (created_at, id) WHERE state = 'deleted';

CREATE UNIQUE INDEX comments_form_key ON comments (member_id, form_key) WHERE form_key <> '';

CREATE INDEX comments_held ON comments (held_at, id) WHERE state = 'held';

CREATE INDEX comments_held_own ON comments (article_id, member_id) WHERE state = 'held';

CREATE INDEX comments_member ON comments (member_id, created_at, id);

CREATE INDEX comments_new ON comments (created_at, id) WHERE state = 'visible' AND reviewed_at IS NULL;

CREATE INDEX comments_newest ON comments (created_at, id);

CREATE INDEX comments_parent ON comments (parent_id);

CREATE INDEX comments_picked ON comments (article_id, picked_at) WHERE picked_at IS NOT NULL;

CREATE INDEX comments_recent ON comments (created_at, article_id) WHERE state = 'visible';

CREATE INDEX comments_recommended ON comments (article_id, recommends, created_at, id) WHERE parent_id IS NULL AND stands;

CREATE INDEX comments_removed ON comments (removed_at, id) WHERE state = 'removed';

CREATE INDEX comments_removed_newest ON comments (created_at, id) WHERE state = 'removed';

CREATE INDEX comments_reported ON comments (reported_at, id) WHERE reports > 0 AND state = 'visible';

CREATE INDEX comments_root ON comments (root_id, stands, place);

CREATE INDEX comments_top ON comments (article_id, created_at, id) WHERE parent_id IS NULL AND stands;

CREATE TABLE kept_comments (
    token_hash    BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) > 0),
    article_id    BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    parent_id     BIGINT REFERENCES comments (id) ON DELETE SET NULL,
    body          TEXT NOT NULL,
    page          INTEGER NOT NULL,
    member_id     BIGINT REFERENCES members (id) ON DELETE CASCADE,
    created_at    TIMESTAMP NOT NULL,
    expires_at    TIMESTAMP NOT NULL
, reading_order TEXT NOT NULL DEFAULT 'newest' CHECK (reading_order IN ('newest', 'oldest', 'recommended')), kind TEXT NOT NULL DEFAULT 'comment' CHECK (kind IN ('comment', 'edit', 'report')), target_id BIGINT REFERENCES comments (id) ON DELETE CASCADE, reason TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 0);

CREATE INDEX kept_comments_article ON kept_comments (article_id);

CREATE INDEX kept_comments_expiry ON kept_comments (expires_at);

CREATE INDEX kept_comments_member ON kept_comments (member_id);

CREATE INDEX kept_comments_parent ON kept_comments (parent_id);

CREATE INDEX kept_comments_target ON kept_comments (target_id);

CREATE TABLE limits (
    key BLOB NOT NULL PRIMARY KEY CHECK (length(key) > 0),
    tat BIGINT NOT NULL
);

CREATE INDEX limits_tat ON limits (tat);

CREATE TABLE looks (
    comment_id BIGINT NOT NULL PRIMARY KEY REFERENCES comments (id) ON DELETE CASCADE,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    until      TIMESTAMP NOT NULL
);

CREATE INDEX looks_member ON looks (member_id);

CREATE TABLE mails (
    id            INTEGER PRIMARY KEY,
    member_id     BIGINT REFERENCES members (id) ON DELETE CASCADE,
    address       TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind <> ''),
    subject       TEXT NOT NULL,
    text          TEXT NOT NULL,
    html          TEXT NOT NULL,
    unsubscribe   TEXT NOT NULL DEFAULT '',
    state         TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'parked')),
    attempts      INTEGER NOT NULL DEFAULT 0,
    due_at        TIMESTAMP NOT NULL,
    claimed_until TIMESTAMP,
    created_at    TIMESTAMP NOT NULL,
    sent_at       TIMESTAMP,
    fault         TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);

CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';

CREATE INDEX mails_member ON mails (member_id);

CREATE INDEX mails_parked ON mails (id) WHERE state = 'parked';

CREATE INDEX mails_queued ON mails (created_at) WHERE state = 'queued';

CREATE INDEX mails_sent ON mails (sent_at) WHERE state = 'sent';

CREATE TABLE member_tokens (
    hash       BLOB NOT NULL PRIMARY KEY CHECK (length(hash) > 0),
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    purpose    TEXT NOT NULL CHECK (purpose IN ('confirm', 'login', 'reset', 'change')),
    address    TEXT NOT NULL CHECK (address <> ''),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    UNIQUE (member_id, purpose)
);

CREATE INDEX member_tokens_expiry ON member_tokens (expires_at);

CREATE TABLE members (
    id            INTEGER PRIMARY KEY,
    email         TEXT NOT NULL,
    email_key     TEXT NOT NULL UNIQUE CHECK (email_key <> ''),
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    handle        TEXT NOT NULL UNIQUE CHECK (handle <> ''),
    password_hash TEXT NOT NULL DEFAULT '',
    role          TEXT NOT NULL CHECK (role IN ('member', 'moderator', 'writer', 'editor', 'administrator')),
    created_at    TIMESTAMP NOT NULL
, confirmed_at TIMESTAMP, pending_email TEXT NOT NULL DEFAULT '', pending_email_key TEXT NOT NULL DEFAULT '', suspended_until TIMESTAMP, suspended_reason TEXT NOT NULL DEFAULT '', delete_at TIMESTAMP, erase_comments BOOLEAN NOT NULL DEFAULT FALSE, former BOOLEAN NOT NULL DEFAULT FALSE, notice_mail TEXT NOT NULL DEFAULT 'off' CHECK (notice_mail IN ('off', 'each', 'daily')), queue_mail BOOLEAN NOT NULL DEFAULT TRUE, reading_order TEXT NOT NULL DEFAULT '' CHECK (reading_order IN ('', 'newest', 'oldest', 'recommended')), hide_new BOOLEAN NOT NULL DEFAULT FALSE, hide_comments BOOLEAN NOT NULL DEFAULT FALSE, hold_comments BOOLEAN NOT NULL DEFAULT FALSE);

CREATE INDEX members_delete ON members (delete_at) WHERE delete_at IS NOT NULL;

CREATE INDEX members_former ON members (id) WHERE former;

CREATE INDEX members_newest ON members (created_at, id);

CREATE INDEX members_role ON members (role, created_at, id);

CREATE INDEX members_unconfirmed ON members (created_at) WHERE confirmed_at IS NULL AND NOT former;

CREATE TABLE moderator_categories (
    member_id   BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    category_id BIGINT NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, category_id)
);

CREATE INDEX moderator_categories_category ON moderator_categories (category_id);

CREATE TABLE mutes (
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    muted_id   BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (member_id, muted_id),
    CHECK (member_id <> muted_id)
);

CREATE INDEX mutes_muted ON mutes (muted_id);

CREATE TABLE notices (
    id         INTEGER PRIMARY KEY,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    at         TIMESTAMP NOT NULL,
    comment_id BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    actor_id   BIGINT REFERENCES members (id) ON DELETE SET NULL,
    batch_id   BIGINT REFERENCES batches (id) ON DELETE SET NULL,
    words      TEXT NOT NULL DEFAULT '',
    read_at    TIMESTAMP,
    mail       TEXT NOT NULL CHECK (mail IN ('none', 'each', 'daily', 'sent')),
    mailed_at  TIMESTAMP
);

CREATE INDEX notices_actor ON notices (actor_id);

CREATE INDEX notices_at ON notices (at);

CREATE INDEX notices_batch ON notices (batch_id);

CREATE INDEX notices_comment ON notices (comment_id);

CREATE INDEX notices_daily ON notices (member_id, at, id) WHERE mail = 'daily';

CREATE INDEX notices_each ON notices (at, id) WHERE mail = 'each';

CREATE INDEX notices_mailed ON notices (member_id, mailed_at) WHERE mailed_at IS NOT NULL;

CREATE INDEX notices_member ON notices (member_id, at, id);

CREATE INDEX notices_unread ON notices (member_id, at) WHERE read_at IS NULL;

CREATE TABLE passkeys (
    id            INTEGER PRIMARY KEY,
    member_id     BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    credential_id BLOB NOT NULL UNIQUE CHECK (length(credential_id) > 0),
    credential    BLOB NOT NULL,
    name          TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    used_at       TIMESTAMP
);

CREATE INDEX passkeys_member ON passkeys (member_id, id);

CREATE TABLE pictures (
    id     INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE CHECK (key <> ''),
    format TEXT NOT NULL,
    width  INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    widths TEXT NOT NULL DEFAULT ''
);

CREATE TABLE recommendations (
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (comment_id, member_id)
);

CREATE INDEX recommendations_member ON recommendations (member_id, created_at);

CREATE TABLE recovery_codes (
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL CHECK (length(code_hash) > 0),
    PRIMARY KEY (member_id, code_hash)
);

CREATE TABLE redirects (
    path       TEXT NOT NULL PRIMARY KEY CHECK (path <> ''),
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX redirects_article ON redirects (article_id);

CREATE TABLE reports (
    id         INTEGER PRIMARY KEY,
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    member_id  BIGINT REFERENCES members (id) ON DELETE SET NULL,
    reason     TEXT NOT NULL CHECK (reason IN ('abuse', 'spam', 'off-topic', 'wrong-fact', 'illegal', 'other')),
    words      TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMP NOT NULL,
    closed_at  TIMESTAMP,
    UNIQUE (comment_id, member_id)
);

CREATE INDEX reports_member ON reports (member_id, created_at);

CREATE TABLE sessions (
    id         INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) > 0),
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    device     TEXT NOT NULL DEFAULT '',
    network    BLOB,
    second     BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE INDEX sessions_idle ON sessions (seen_at);

CREATE INDEX sessions_member ON sessions (member_id, seen_at);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    value TEXT NOT NULL
);

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name TEXT NOT NULL
);

CREATE TABLE threads (
    article_id BIGINT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    comments   INTEGER NOT NULL DEFAULT 0,
    roots      INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE totps (
    member_id    BIGINT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    secret       TEXT NOT NULL CHECK (secret <> ''),
    confirmed_at TIMESTAMP,
    last_step    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE visits (
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    seen_at    TIMESTAMP NOT NULL,
    before_at  TIMESTAMP,
    PRIMARY KEY (member_id, article_id)
);

CREATE INDEX visits_article ON visits (article_id);

CREATE INDEX visits_seen ON visits (seen_at);

CREATE TABLE warnings (
    id        INTEGER PRIMARY KEY,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    reason    TEXT NOT NULL CHECK (reason <> ''),
    at        TIMESTAMP NOT NULL,
    read_at   TIMESTAMP
);

CREATE INDEX warnings_member ON warnings (member_id, at);
