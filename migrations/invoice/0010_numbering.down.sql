ALTER TABLE invoice
    DROP CONSTRAINT invoice_number_check,
    ADD CHECK (number = series || '-' || lpad(sequence::text, greatest(5, length(sequence::text)), '0'));
DROP TRIGGER number_series_forward ON number_series;
CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series FOR EACH ROW
    WHEN (NEW.series <> OLD.series OR NEW.last_number < OLD.last_number OR NEW.last_date < OLD.last_date)
    EXECUTE FUNCTION number_series_goes_forward();
ALTER TABLE number_series DROP COLUMN first_number;
DROP TABLE number_pattern;
