-- One action on many records, done in the background: who began it, how far it came, and what became of each record. A row's
-- outcome commits with the change that it tells of.
CREATE TABLE bulk_job (
    id         uuid PRIMARY KEY,
    action     text        NOT NULL,
    input      jsonb       NOT NULL,
    target     text        NOT NULL, -- in words, for people: where to, whom to
    who        jsonb       NOT NULL,
    user_id    uuid        NOT NULL,
    request_id text        NOT NULL,
    ip         text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('running', 'done', 'cancelled')),
    total      integer     NOT NULL CHECK (total > 0),
    changed    integer     NOT NULL DEFAULT 0,
    unchanged  integer     NOT NULL DEFAULT 0,
    refused    integer     NOT NULL DEFAULT 0,
    attempts   integer     NOT NULL DEFAULT 0, -- at the row that is next, since the last one that went through
    waits_for  text        NOT NULL DEFAULT '',
    turn       integer     NOT NULL DEFAULT 0, -- who carries it on took this turn; an earlier turn writes nothing any more
    due_at     timestamptz NOT NULL,           -- nobody else takes it before
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    ended_at   timestamptz,
    CHECK (changed + unchanged + refused <= total),
    CHECK ((state = 'running') = (ended_at IS NULL)),
    CHECK (state <> 'done' OR changed + unchanged + refused = total)
);
CREATE INDEX bulk_job_user ON bulk_job (user_id, id);
CREATE INDEX bulk_job_due ON bulk_job (due_at) WHERE state = 'running';
CREATE INDEX bulk_job_ended_at ON bulk_job (ended_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON bulk_job TO {{rw}};

CREATE TABLE bulk_row (
    job_id     uuid    NOT NULL REFERENCES bulk_job ON DELETE CASCADE,
    n          integer NOT NULL,
    subject_id text    NOT NULL,
    label      text    NOT NULL,
    outcome    text    NOT NULL DEFAULT 'waiting' CHECK (outcome IN ('waiting', 'changed', 'unchanged', 'refused', 'cancelled')),
    reason     text    NOT NULL DEFAULT '',
    PRIMARY KEY (job_id, n)
);
CREATE INDEX bulk_row_outcome ON bulk_row (job_id, outcome, n);
GRANT SELECT, INSERT, UPDATE, DELETE ON bulk_row TO {{rw}};
