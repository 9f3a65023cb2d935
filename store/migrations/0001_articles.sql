-- +goose Up

CREATE TABLE categories (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE tags (
    id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name TEXT NOT NULL
);

CREATE TABLE authors (
    id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    bio  TEXT NOT NULL DEFAULT ''
);

CREATE TABLE pictures (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE CHECK (key <> ''),
    format TEXT NOT NULL,
    width  INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    widths TEXT NOT NULL DEFAULT ''
);

CREATE TABLE articles (
    id                 BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
    published_at       TIMESTAMPTZ,
    updated_at         TIMESTAMPTZ,
    expires_at         TIMESTAMPTZ,
    withdrawn_at       TIMESTAMPTZ,
    comments_closed_at TIMESTAMPTZ,
    import_key         TEXT NOT NULL DEFAULT '',
    import_hash        TEXT NOT NULL DEFAULT '',
    version            INTEGER NOT NULL CHECK (version > 0),
    created_at         TIMESTAMPTZ NOT NULL,
    modified_at        TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX articles_address ON articles (day, slug) WHERE day <> '';
CREATE UNIQUE INDEX articles_import_key ON articles (import_key) WHERE import_key <> '';
CREATE INDEX articles_picture ON articles (picture_id);

-- The last two columns let counts be answered from the index alone.
CREATE INDEX articles_newest ON articles (published_at, id, withdrawn_at, expires_at);
CREATE INDEX articles_category_newest ON articles (category_id, published_at, id, withdrawn_at, expires_at);

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

CREATE TABLE redirects (
    path       TEXT NOT NULL PRIMARY KEY CHECK (path <> ''),
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
);

CREATE INDEX redirects_article ON redirects (article_id);
