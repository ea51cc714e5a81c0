-- Keys for programs. The secret is kept only as its hash; "start" is what tells one key from another for people.
CREATE TABLE api_key (
    id          uuid PRIMARY KEY,
    user_id     uuid        NOT NULL REFERENCES user_account (id),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    start       text        NOT NULL UNIQUE CHECK (start ~ '^erp_[0-9A-Za-z]{8}$'),
    secret_hash bytea       NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
    grants      jsonb       NOT NULL CHECK (jsonb_typeof(grants) = 'object'),
    per_minute  integer     NOT NULL CHECK (per_minute BETWEEN 1 AND 6000),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '366 days'),
    revoked_at  timestamptz,
    revoked_by  uuid REFERENCES user_account (id),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX api_key_user_id ON api_key (user_id, id DESC);
GRANT SELECT, INSERT, UPDATE ON api_key TO {{rw}};

-- What a key has used of its limit in the running minute, over all replicas: each takes a few requests at a time. A row
-- apart, so that use never waits for a change of the key.
CREATE TABLE api_key_use (
    key_id  uuid PRIMARY KEY REFERENCES api_key (id),
    minute  timestamptz NOT NULL,
    taken   integer     NOT NULL CHECK (taken >= 0),
    used_at timestamptz NOT NULL,
    ip      text        NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON api_key_use TO {{rw}};
