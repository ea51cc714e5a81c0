-- What people sign for what they were handed, or gave back: one document over one asset or many. What it says is frozen
-- when it is drawn up; it is decided once, and never changes afterwards.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes', TG_ARGV[0] USING ERRCODE = '23514';
END $$;

CREATE TABLE handover (
    id           uuid PRIMARY KEY,
    number       bigint GENERATED ALWAYS AS IDENTITY,
    kind         text        NOT NULL CHECK (kind IN ('handover', 'return')),
    person_id    uuid        NOT NULL,
    person_name  text        NOT NULL,
    drawn_up_on  date        NOT NULL,
    drawn_up_by  text        NOT NULL,
    company      text        NOT NULL,
    language     text        NOT NULL,
    text_version integer     NOT NULL CHECK (text_version >= 0),
    text         text        NOT NULL CHECK (length(text) <= 10000),
    items        jsonb       NOT NULL CHECK (jsonb_array_length(items) BETWEEN 1 AND 100),
    fingerprint  text        NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
    created_at   timestamptz NOT NULL,
    state        text        NOT NULL CHECK (state IN ('open', 'confirmed', 'refused', 'closed')),
    on_paper     boolean     NOT NULL,
    signed_name  text        NOT NULL CHECK (length(signed_name) <= 200),
    signed_on    date,
    reason       text        NOT NULL CHECK (length(reason) <= 40),
    note         text        NOT NULL CHECK (length(note) <= 2000),
    decided_by   text        NOT NULL,
    decided_at   timestamptz,
    address      text        NOT NULL,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK (state <> 'confirmed' OR signed_name <> ''),
    CHECK (state <> 'refused' OR note <> ''),
    CHECK ((state = 'closed') = (reason <> '')),
    CHECK (on_paper = (signed_on IS NOT NULL) AND (NOT on_paper OR state = 'confirmed'))
);
CREATE UNIQUE INDEX handover_number_key ON handover (number);
CREATE INDEX handover_person_id ON handover (person_id, number);
CREATE INDEX handover_state ON handover (state, number);
GRANT SELECT, INSERT, UPDATE ON handover TO {{rw}};

CREATE TRIGGER handover_stays_decided BEFORE UPDATE ON handover FOR EACH ROW
    WHEN (OLD.state <> 'open') EXECUTE FUNCTION refuse_change('a decided hand-over document');
CREATE TRIGGER handover_keeps_what_it_says BEFORE UPDATE ON handover FOR EACH ROW
    WHEN ((NEW.id, NEW.number, NEW.kind, NEW.person_id, NEW.person_name, NEW.drawn_up_on, NEW.drawn_up_by, NEW.company, NEW.language,
           NEW.text_version, NEW.text, NEW.items, NEW.fingerprint, NEW.created_at)
          IS DISTINCT FROM
          (OLD.id, OLD.number, OLD.kind, OLD.person_id, OLD.person_name, OLD.drawn_up_on, OLD.drawn_up_by, OLD.company, OLD.language,
           OLD.text_version, OLD.text, OLD.items, OLD.fingerprint, OLD.created_at))
    EXECUTE FUNCTION refuse_change('what a hand-over document says');

-- Which custody each document is about. While it waits or is confirmed it is live: there is no second one about the same.

CREATE TABLE handover_asset (
    handover_id uuid    NOT NULL REFERENCES handover,
    asset_id    uuid    NOT NULL REFERENCES asset,
    custody_id  uuid    NOT NULL REFERENCES custody,
    kind        text    NOT NULL,
    live        boolean NOT NULL,
    PRIMARY KEY (handover_id, asset_id)
);
CREATE UNIQUE INDEX handover_asset_live_key ON handover_asset (custody_id, kind) WHERE live;
CREATE INDEX handover_asset_asset_id ON handover_asset (asset_id, handover_id);
GRANT SELECT, INSERT, UPDATE ON handover_asset TO {{rw}};

CREATE TRIGGER handover_asset_stays BEFORE UPDATE ON handover_asset FOR EACH ROW
    WHEN ((NEW.handover_id, NEW.asset_id, NEW.custody_id, NEW.kind) IS DISTINCT FROM (OLD.handover_id, OLD.asset_id, OLD.custody_id, OLD.kind)
          OR NEW.live AND NOT OLD.live)
    EXECUTE FUNCTION refuse_change('what a hand-over document is about');

-- The company's own words on such documents. Each change is a new version; those before stay.

CREATE TABLE handover_text (
    kind       text        NOT NULL CHECK (kind IN ('handover', 'return')),
    version    integer     NOT NULL CHECK (version > 0),
    text       text        NOT NULL CHECK (text <> '' AND length(text) <= 10000),
    written_by text        NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (kind, version)
);
GRANT SELECT, INSERT ON handover_text TO {{rw}};
