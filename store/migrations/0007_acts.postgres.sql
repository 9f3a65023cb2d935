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

-- The planner's samples of these columns would keep an address after its
-- account is deleted; the unique indexes tell it all it needs.
ALTER TABLE members ALTER COLUMN email SET STATISTICS 0;
ALTER TABLE members ALTER COLUMN email_key SET STATISTICS 0;
ALTER TABLE members ALTER COLUMN name SET STATISTICS 0;
ALTER TABLE members ALTER COLUMN name_key SET STATISTICS 0;
ALTER TABLE members ALTER COLUMN handle SET STATISTICS 0;
ALTER TABLE members ALTER COLUMN pending_email SET STATISTICS 0;
ALTER TABLE members ALTER COLUMN pending_email_key SET STATISTICS 0;
ALTER TABLE member_tokens ALTER COLUMN address SET STATISTICS 0;
