-- Passkeys: the public half of a key that a person's device keeps. The counter tells a copy from the original.
CREATE TABLE passkey (
    id              uuid PRIMARY KEY,
    user_id         uuid        NOT NULL REFERENCES user_account (id),
    name            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    credential_id   bytea       NOT NULL UNIQUE CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
    public_key      bytea       NOT NULL,
    sign_count      bigint      NOT NULL CHECK (sign_count >= 0),
    backup_eligible boolean     NOT NULL,
    backed_up       boolean     NOT NULL,
    created_at      timestamptz NOT NULL,
    used_at         timestamptz
);
CREATE INDEX passkey_user_id ON passkey (user_id, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON passkey TO {{rw}};

-- Whoever holds such a role must have a second factor.
ALTER TABLE role ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
