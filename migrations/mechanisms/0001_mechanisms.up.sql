-- What every module's schema has beside its business tables: the log of its events, what
-- it has handled of others' events, who changed what, and the keys of repeated requests.

CREATE TABLE event_log (
    id             uuid PRIMARY KEY,
    seq            bigint GENERATED ALWAYS AS IDENTITY,
    name           text        NOT NULL,
    about          text        NOT NULL,
    at             timestamptz NOT NULL,
    actor_id       text        NOT NULL,
    correlation_id text        NOT NULL,
    causation_id   text        NOT NULL,
    trace          text        NOT NULL,
    payload        jsonb       NOT NULL
);
CREATE INDEX event_log_name_seq ON event_log (name, seq);
CREATE INDEX event_log_about_seq ON event_log (about, seq);
GRANT SELECT, INSERT ON event_log TO {{rw}};

-- One row per handled delivery, written in the consumer's own transaction: twice is once.
CREATE TABLE inbox (
    subscriber text        NOT NULL,
    event_id   uuid        NOT NULL,
    handled_at timestamptz NOT NULL,
    PRIMARY KEY (subscriber, event_id)
);
CREATE INDEX inbox_handled_at ON inbox (handled_at);
GRANT SELECT, INSERT, DELETE ON inbox TO {{rw}};

-- Append-only for the runtime role. xid lets the sealer see which rows have committed.
CREATE TABLE audit_entry (
    id          uuid PRIMARY KEY,
    n           bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
    at          timestamptz NOT NULL,
    actor_id    text        NOT NULL,
    actor_name  text        NOT NULL,
    actor_kind  text        NOT NULL,
    ip          text        NOT NULL,
    request_id  text        NOT NULL,
    action      text        NOT NULL,
    subject     text        NOT NULL,
    subject_id  text        NOT NULL,
    label       text        NOT NULL,
    before      jsonb,
    after       jsonb
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, subject_id, n);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, n);
CREATE INDEX audit_entry_action ON audit_entry (action, n);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX audit_entry_chain ON audit_entry (xid, n);
CREATE INDEX audit_entry_xid ON audit_entry (xid, n);
GRANT SELECT, INSERT ON audit_entry TO {{rw}};

-- The hash chain over audit_entry, sealed afterwards in commit order and in batches.
CREATE TABLE audit_seal (
    seq      bigint PRIMARY KEY,
    entry_id uuid  NOT NULL UNIQUE,
    hash     bytea NOT NULL CHECK (octet_length(hash) = 32)
);
GRANT SELECT, INSERT ON audit_seal TO {{rw}};

CREATE TABLE idempotency_key (
    principal   text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    answer      json,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO {{rw}};
