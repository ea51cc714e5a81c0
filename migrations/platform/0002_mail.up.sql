-- Outgoing mail. What a mail says is made when it is sent and not kept, so no secret link ever stands here.
CREATE TABLE mail (
    id         uuid PRIMARY KEY,
    recipient  text        NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
    name       text        NOT NULL DEFAULT '',
    language   text        NOT NULL CHECK (language IN ('en', 'de')),
    template   text        NOT NULL,
    subject    text        NOT NULL,
    about      text        NOT NULL DEFAULT '',
    facts      jsonb       NOT NULL DEFAULT '{}',
    state      text        NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    attempts   integer     NOT NULL DEFAULT 0,
    error      text        NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    sent_at    timestamptz,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX mail_created_at ON mail (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO {{rw}};

-- Links by which somebody without a session chooses a password. Only the hash of the secret is kept; it is NULL until
-- the mail that carries it is sent, because only then it is drawn.
CREATE TABLE password_link (
    id         uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES user_account (id),
    purpose    text        NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    token_hash bytea UNIQUE CHECK (octet_length(token_hash) = 32),
    made_by    text        NOT NULL DEFAULT '',
    mailed     boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    ended_at   timestamptz
);
CREATE UNIQUE INDEX password_link_open ON password_link (user_id) WHERE used_at IS NULL AND ended_at IS NULL;
CREATE INDEX password_link_user_id ON password_link (user_id, created_at);
CREATE INDEX password_link_made_by ON password_link (made_by, created_at);
CREATE INDEX password_link_expires_at ON password_link (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON password_link TO {{rw}};

-- Who asked for a link, whether the address is known or not: what the limits count.
CREATE TABLE password_request (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text        NOT NULL,
    ip    text        NOT NULL,
    at    timestamptz NOT NULL
);
CREATE INDEX password_request_email ON password_request (email, at);
CREATE INDEX password_request_ip ON password_request (ip, at);
CREATE INDEX password_request_at ON password_request (at);
GRANT SELECT, INSERT, DELETE ON password_request TO {{rw}};

ALTER TABLE user_account ADD COLUMN email_verified_at timestamptz;
