-- How documents are numbered is the company's choice. A series still never goes back and has no gaps: where it begins can
-- be set before its first document only, and upwards only.

CREATE TABLE number_pattern (
    kind    text PRIMARY KEY CHECK (kind IN ('invoice', 'credit-note')),
    prefix  text    NOT NULL UNIQUE CHECK (prefix ~ '^[A-Z]{1,10}$'),
    yearly  boolean NOT NULL,
    width   integer NOT NULL CHECK (width BETWEEN 3 AND 9),
    version integer NOT NULL DEFAULT 1
);
INSERT INTO number_pattern (kind, prefix, yearly, width) VALUES ('invoice', 'INV', true, 5), ('credit-note', 'CN', true, 5);
GRANT SELECT, UPDATE ON number_pattern TO {{rw}};

ALTER TABLE number_series
    ADD COLUMN first_number integer NOT NULL DEFAULT 1 CHECK (first_number > 0),
    ADD CHECK (last_number >= first_number - 1);
DROP TRIGGER number_series_forward ON number_series;
CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series FOR EACH ROW
    WHEN (NEW.series <> OLD.series OR NEW.last_number < OLD.last_number OR NEW.last_date < OLD.last_date
        OR NEW.first_number < OLD.first_number OR (NEW.first_number > OLD.first_number AND OLD.last_number >= OLD.first_number))
    EXECUTE FUNCTION number_series_goes_forward();

-- A number is its series and its sequence, with any zeros between.
DO $$
DECLARE old text := (SELECT conname FROM pg_constraint WHERE conrelid = 'invoice'::regclass AND pg_get_constraintdef(oid) LIKE '%lpad%');
BEGIN
    EXECUTE format('ALTER TABLE invoice DROP CONSTRAINT %I', old);
END $$;
ALTER TABLE invoice ADD CONSTRAINT invoice_number_check CHECK (
    number = series || '-' || lpad(sequence::text, greatest(length(number) - length(series) - 1, length(sequence::text)), '0'));
