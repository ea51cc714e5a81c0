-- A word that no reference has is known to be in none without reading all of them.
CREATE INDEX payment_reference ON payment USING gin (lower(reference) gin_trgm_ops);
