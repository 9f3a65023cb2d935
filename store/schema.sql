-- What the migrations make of an empty SQLite file. Generated, for reading only:
-- go test ./store -run Schema -update

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
);

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

CREATE TABLE categories (
    id          INTEGER PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL DEFAULT 0
);

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
    created_at TIMESTAMP NOT NULL,
    CHECK ((parent_id IS NULL) = (root_id IS NULL)),
    CHECK ((parent_id IS NULL) = (depth = 0))
);

CREATE UNIQUE INDEX comments_form_key ON comments (member_id, form_key) WHERE form_key <> '';

CREATE INDEX comments_member ON comments (member_id, created_at, id);

CREATE INDEX comments_parent ON comments (parent_id);

CREATE INDEX comments_recent ON comments (created_at, article_id) WHERE state = 'visible';

CREATE INDEX comments_root ON comments (root_id, created_at, id);

CREATE INDEX comments_top ON comments (article_id, created_at, id) WHERE parent_id IS NULL;

CREATE INDEX comments_visible ON comments (article_id, created_at) WHERE state = 'visible';

CREATE TABLE kept_comments (
    token_hash    BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) > 0),
    article_id    BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    parent_id     BIGINT REFERENCES comments (id) ON DELETE SET NULL,
    body          TEXT NOT NULL,
    reading_order TEXT NOT NULL CHECK (reading_order IN ('newest', 'oldest')),
    page          INTEGER NOT NULL,
    member_id     BIGINT REFERENCES members (id) ON DELETE CASCADE,
    created_at    TIMESTAMP NOT NULL,
    expires_at    TIMESTAMP NOT NULL
);

CREATE INDEX kept_comments_article ON kept_comments (article_id);

CREATE INDEX kept_comments_expiry ON kept_comments (expires_at);

CREATE INDEX kept_comments_member ON kept_comments (member_id);

CREATE INDEX kept_comments_parent ON kept_comments (parent_id);

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
);

CREATE TABLE pictures (
    id     INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE CHECK (key <> ''),
    format TEXT NOT NULL,
    width  INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    widths TEXT NOT NULL DEFAULT ''
);

CREATE TABLE redirects (
    path       TEXT NOT NULL PRIMARY KEY CHECK (path <> ''),
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX redirects_article ON redirects (article_id);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) > 0),
    member_id  BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE INDEX sessions_member ON sessions (member_id);

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name TEXT NOT NULL
);
