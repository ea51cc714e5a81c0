ALTER TABLE asset DROP COLUMN search_text;
ALTER TABLE asset ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS
    (lower((' ' || tag || ' ' || name || ' ' || serial || ' ' || model || ' ' || holder_name) COLLATE "und-x-icu")) STORED;
CREATE INDEX asset_search_text ON asset USING gin (search_text gin_trgm_ops);
DROP FUNCTION without_accents(text);
