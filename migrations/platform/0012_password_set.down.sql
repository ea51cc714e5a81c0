ALTER TABLE user_account DROP COLUMN password_set_at;
