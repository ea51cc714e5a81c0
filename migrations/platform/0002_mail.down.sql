ALTER TABLE user_account DROP COLUMN email_verified_at;
DROP TABLE password_request, password_link, mail;
