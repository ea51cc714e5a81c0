-- Who somebody is at the company's own sign-in service, once the two were seen to belong together.
CREATE TABLE provider_identity (
    issuer     text        NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject    text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    user_id    uuid        NOT NULL REFERENCES user_account (id),
    created_at timestamptz NOT NULL,
    used_at    timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON provider_identity TO {{rw}};

-- Challenges that were answered: each is good for one sign-in, on whatever replica.
CREATE TABLE used_challenge (
    hash       bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    expires_at timestamptz NOT NULL
);
CREATE INDEX used_challenge_expires_at ON used_challenge (expires_at);
GRANT SELECT, INSERT, DELETE ON used_challenge TO {{rw}};

-- How a session was begun, and whether a second factor was shown in it.
ALTER TABLE session
    ADD COLUMN method text NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'provider', 'passkey')),
    ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
UPDATE session SET second_factor = true WHERE user_id IN (SELECT user_id FROM second_factor WHERE confirmed_at IS NOT NULL);
