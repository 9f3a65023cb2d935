-- +goose Up

-- +goose StatementBegin
CREATE TRIGGER acts_keep_words BEFORE UPDATE ON acts BEGIN
    SELECT RAISE(ABORT, 'acts are only ever added');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER acts_keep_rows BEFORE DELETE ON acts BEGIN
    SELECT RAISE(ABORT, 'acts are only ever added');
END;
-- +goose StatementEnd

-- REPLACE deletes a row without the trigger for that.
-- +goose StatementBegin
CREATE TRIGGER acts_keep_ids BEFORE INSERT ON acts WHEN EXISTS (SELECT 1 FROM acts WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'acts are only ever added');
END;
-- +goose StatementEnd
