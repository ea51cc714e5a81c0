ALTER TABLE session DROP COLUMN second_factor, DROP COLUMN method;
DROP TABLE used_challenge;
DROP TABLE provider_identity;
