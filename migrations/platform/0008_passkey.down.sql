ALTER TABLE role DROP COLUMN second_factor;
DROP TABLE passkey;
