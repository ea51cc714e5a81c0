-- Processes of several steps, some of them in other modules: how far each came, and what it knows. A step of this schema
-- commits with the row that says so.

CREATE TABLE process (
    id          uuid PRIMARY KEY,
    name        text        NOT NULL,
    subject     text        NOT NULL,
    subject_id  text        NOT NULL,
    label       text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('running', 'undoing', 'stuck', 'done', 'undone')),
    back        boolean     NOT NULL,
    position    integer     NOT NULL CHECK (position >= -1),
    attempts    integer     NOT NULL CHECK (attempts >= 0),
    steps       jsonb       NOT NULL,
    data        jsonb       NOT NULL,
    failure     text        NOT NULL DEFAULT '',
    turn        integer     NOT NULL, -- who carries it on took this turn; an earlier turn writes nothing any more
    due_at      timestamptz NOT NULL, -- nobody else takes it before
    started_by  text        NOT NULL,
    started_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    principal   text,                 -- of the request that began it: its answer is kept with the last step
    key         text,
    fingerprint bytea,
    CHECK (num_nulls(principal, key, fingerprint) IN (0, 3)),
    CHECK ((state = 'undone') = (position = -1 AND back))
);
CREATE UNIQUE INDEX process_open_key ON process (name, subject_id) WHERE state IN ('running', 'undoing', 'stuck');
CREATE INDEX process_due ON process (due_at) WHERE state IN ('running', 'undoing');
CREATE INDEX process_state ON process (state, id);
CREATE INDEX process_subject ON process (subject, subject_id, id);
GRANT SELECT, INSERT, UPDATE ON process TO {{rw}};
