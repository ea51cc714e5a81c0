DROP INDEX casbin_rule_expires_at;
ALTER TABLE casbin_rule DROP COLUMN expires_at;
