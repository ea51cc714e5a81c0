-- A role may be given until an instant: from then on the rule counts for nothing, whether or not it is still there.
ALTER TABLE casbin_rule ADD COLUMN expires_at timestamptz CHECK (expires_at IS NULL OR ptype = 'g');
CREATE INDEX casbin_rule_expires_at ON casbin_rule (expires_at) WHERE expires_at IS NOT NULL;
