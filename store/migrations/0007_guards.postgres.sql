-- +goose Up

-- +goose StatementBegin
CREATE FUNCTION acts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'acts are only ever added';
END;
$$;
-- +goose StatementEnd

CREATE TRIGGER acts_keep_rows BEFORE UPDATE OR DELETE ON acts FOR EACH ROW EXECUTE FUNCTION acts_refuse();
CREATE TRIGGER acts_keep_all BEFORE TRUNCATE ON acts FOR EACH STATEMENT EXECUTE FUNCTION acts_refuse();

-- The planner samples values of every column, and would keep those of a deleted
-- member until the next time. None of these is looked up but by unique index.
ALTER TABLE members
    ALTER COLUMN email SET STATISTICS 0,
    ALTER COLUMN email_key SET STATISTICS 0,
    ALTER COLUMN pending_email SET STATISTICS 0,
    ALTER COLUMN pending_email_key SET STATISTICS 0,
    ALTER COLUMN name SET STATISTICS 0,
    ALTER COLUMN name_key SET STATISTICS 0,
    ALTER COLUMN handle SET STATISTICS 0,
    ALTER COLUMN password_hash SET STATISTICS 0,
    ALTER COLUMN suspended_reason SET STATISTICS 0;
ALTER TABLE member_tokens
    ALTER COLUMN address SET STATISTICS 0;
ALTER TABLE sessions
    ALTER COLUMN device SET STATISTICS 0,
    ALTER COLUMN network SET STATISTICS 0;
ALTER TABLE comments
    ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE kept_comments
    ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE mails
    ALTER COLUMN address SET STATISTICS 0,
    ALTER COLUMN subject SET STATISTICS 0,
    ALTER COLUMN text SET STATISTICS 0,
    ALTER COLUMN html SET STATISTICS 0,
    ALTER COLUMN unsubscribe SET STATISTICS 0;
ALTER TABLE passkeys
    ALTER COLUMN credential_id SET STATISTICS 0,
    ALTER COLUMN credential SET STATISTICS 0,
    ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE totps
    ALTER COLUMN secret SET STATISTICS 0;
ALTER TABLE recovery_codes
    ALTER COLUMN code_hash SET STATISTICS 0;
ALTER TABLE challenges
    ALTER COLUMN data SET STATISTICS 0;
