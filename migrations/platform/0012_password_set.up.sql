-- A first password that somebody else chose is good for some days. Those of today count from today.

ALTER TABLE user_account ADD COLUMN password_set_at timestamptz NOT NULL DEFAULT now();
