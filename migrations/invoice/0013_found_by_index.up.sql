-- A word that no reference has is known to be in none without reading all of them.
CREATE INDEX payment_reference ON payment USING gin (lower(reference) gin_trgm_ops);
-- Credit notes stand at one end of all documents by amount: an index over all would be walked to that end.
CREATE INDEX invoice_credit_note_gross ON invoice (gross, id) WHERE kind = 'credit-note';
