-- A search finds letters with and without their accents: what is searched is written without
-- them, and so is what people type.

CREATE FUNCTION without_accents(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(translate(
        regexp_replace(normalize(lower(words COLLATE "und-x-icu"), NFKD), '[\u0300-\u036f]', '', 'g'),
        'øđłıð', 'odlid'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;
GRANT EXECUTE ON FUNCTION without_accents(text) TO {{rw}};

ALTER TABLE asset DROP COLUMN search_text;
ALTER TABLE asset ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS
    (without_accents(' ' || tag || ' ' || name || ' ' || serial || ' ' || model || ' ' || holder_name)) STORED;
CREATE INDEX asset_search_text ON asset USING gin (search_text gin_trgm_ops);
