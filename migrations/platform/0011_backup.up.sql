-- Copies of the whole system that the program has made: the files themselves lie in the data folder of a machine.
CREATE TABLE backup (
    id          uuid PRIMARY KEY,
    name        text        NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9-]{1,80}\.zip$'),
    reason      text        NOT NULL CHECK (reason IN ('by-hand', 'daily')),
    state       text        NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    made_by     text        NOT NULL,
    machine     text        NOT NULL DEFAULT '',
    size        bigint      NOT NULL DEFAULT 0 CHECK (size >= 0),
    lines       bigint      NOT NULL DEFAULT 0 CHECK (lines >= 0),
    error       text        NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    finished_at timestamptz,
    trial       text        NOT NULL DEFAULT '' CHECK (trial IN ('', 'running', 'passed', 'failed')),
    trial_error text        NOT NULL DEFAULT '',
    tried_at    timestamptz,
    CHECK ((state = 'running') = (finished_at IS NULL))
);
GRANT SELECT, INSERT, UPDATE, DELETE ON backup TO {{rw}};

-- When a copy is made by itself, and how many are kept. One row; its lock lets one copy or trial begin at a time.
CREATE TABLE backup_plan (
    id         smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    daily      boolean     NOT NULL,
    hour       smallint    NOT NULL CHECK (hour BETWEEN 0 AND 23),
    keep       smallint    NOT NULL CHECK (keep BETWEEN 1 AND 60),
    version    integer     NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO backup_plan (daily, hour, keep) VALUES (true, 3, 7);
GRANT SELECT, UPDATE ON backup_plan TO {{rw}};
