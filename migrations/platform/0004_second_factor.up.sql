-- The second factor of a person: the authenticator's secret, encrypted with the installation's, and the last step whose
-- code was used, so that a code works once. Unconfirmed until a code has shown that the authenticator works.
CREATE TABLE second_factor (
    user_id      uuid PRIMARY KEY REFERENCES user_account (id),
    secret       bytea       NOT NULL,
    confirmed_at timestamptz,
    last_step    bigint      NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor TO {{rw}};

CREATE TABLE recovery_code (
    user_id uuid  NOT NULL REFERENCES second_factor (user_id) ON DELETE CASCADE,
    hash    bytea NOT NULL CHECK (octet_length(hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (user_id, hash)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_code TO {{rw}};
