-- Who held what from when to when. The server itself refuses two holders at once: intervals of an asset never overlap,
-- and at most one is open.

CREATE TABLE custody (
    id          uuid PRIMARY KEY,
    asset_id    uuid        NOT NULL REFERENCES asset,
    holder_id   uuid        NOT NULL,
    holder_name text        NOT NULL,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz CHECK (ended_at > started_at),
    due_on      date,
    end_reason  text        NOT NULL DEFAULT '' CHECK ((end_reason = '') = (ended_at IS NULL)),
    CONSTRAINT custody_overlap EXCLUDE USING gist (asset_id WITH =, tstzrange(started_at, ended_at, '[)') WITH &&)
);
CREATE UNIQUE INDEX custody_open_key ON custody (asset_id) WHERE ended_at IS NULL;
CREATE INDEX custody_asset_id ON custody (asset_id, started_at);
CREATE INDEX custody_holder_id ON custody (holder_id, started_at);
GRANT SELECT, INSERT, UPDATE ON custody TO {{rw}};

-- What happened to an asset, in words that people read. Lines are only ever added.

CREATE TABLE history (
    id          uuid PRIMARY KEY,
    asset_id    uuid        NOT NULL REFERENCES asset,
    at          timestamptz NOT NULL,
    kind        text        NOT NULL,
    actor       text        NOT NULL,
    holder_id   uuid,
    holder_name text        NOT NULL,
    reason      text        NOT NULL,
    note        text        NOT NULL CHECK (length(note) <= 2000),
    changes     jsonb
);
CREATE INDEX history_asset_id ON history (asset_id, at, id);
GRANT SELECT, INSERT ON history TO {{rw}};

-- The register in numbers. A change only adds a row of differences, so that writers never wait for each other; a job
-- folds these into the counters now and then. The numbers are counters plus differences, right at any moment.

CREATE TABLE counter (
    category_id uuid    NOT NULL,
    status      text    NOT NULL,
    currency    text    NOT NULL,
    assets      bigint  NOT NULL,
    cost        numeric NOT NULL,
    PRIMARY KEY (category_id, status, currency)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON counter TO {{rw}};

CREATE TABLE counter_change (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id uuid    NOT NULL,
    status      text    NOT NULL,
    currency    text    NOT NULL,
    assets      bigint  NOT NULL,
    cost        numeric NOT NULL
);
GRANT SELECT, INSERT, DELETE ON counter_change TO {{rw}};
