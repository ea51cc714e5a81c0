-- Kinds of assets and places where they stand.

CREATE TABLE category (
    id              uuid PRIMARY KEY,
    name            text    NOT NULL COLLATE "und-x-icu" CHECK (name <> '' AND length(name) <= 100),
    prefix          text    NOT NULL CHECK (prefix ~ '^[A-Z][A-Z0-9]{0,5}$'),
    method          text    NOT NULL CHECK (method IN ('none', 'straight-line', 'declining-balance', 'sum-of-years-digits')),
    convention      text    NOT NULL CHECK (convention IN ('full-month', 'following-month', 'mid-month', 'actual-days')),
    life_months     integer NOT NULL CHECK (life_months BETWEEN 0 AND 1200),
    salvage_percent numeric NOT NULL CHECK (salvage_percent BETWEEN 0 AND 100 AND scale(salvage_percent) <= 4),
    last_number     integer NOT NULL DEFAULT 0 CHECK (last_number >= 0), -- of the tags given by its prefix
    version         integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX category_name_key ON category (lower(name));
CREATE UNIQUE INDEX category_prefix_key ON category (prefix);
GRANT SELECT, INSERT, UPDATE, DELETE ON category TO {{rw}};

CREATE TABLE location (
    id        uuid PRIMARY KEY,
    name      text    NOT NULL COLLATE "und-x-icu" CHECK (name <> '' AND length(name) <= 100 AND name !~ '/'),
    parent_id uuid REFERENCES location CHECK (parent_id <> id),
    version   integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX location_sibling_key ON location (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name));
CREATE INDEX location_parent_id ON location (parent_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON location TO {{rw}};

-- What the company owns. The holder's name is a copy, kept fresh by the employee module's events, so that lists can be
-- searched and sorted by it. Tags compare without case.

CREATE TABLE asset (
    id             uuid PRIMARY KEY,
    tag            text        NOT NULL COLLATE "C" CHECK (tag ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$'),
    name           text        NOT NULL COLLATE "und-x-icu" CHECK (name <> '' AND length(name) <= 200),
    serial         text        NOT NULL CHECK (length(serial) <= 100),
    model          text        NOT NULL CHECK (length(model) <= 100),
    supplier       text        NOT NULL CHECK (length(supplier) <= 200),
    notes          text        NOT NULL CHECK (length(notes) <= 4000),
    category_id    uuid        NOT NULL REFERENCES category,
    location_id    uuid REFERENCES location,
    purchased_on   date,
    cost           numeric     NOT NULL CHECK (cost >= 0 AND cost < 1e15 AND scale(cost) <= 4),
    currency       text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    warranty_until date CHECK (warranty_until >= purchased_on),
    method         text        NOT NULL CHECK (method IN ('none', 'straight-line', 'declining-balance', 'sum-of-years-digits')),
    convention     text        NOT NULL CHECK (convention IN ('full-month', 'following-month', 'mid-month', 'actual-days')),
    life_months    integer     NOT NULL CHECK (life_months BETWEEN 0 AND 1200),
    salvage        numeric     NOT NULL CHECK (salvage >= 0 AND salvage <= cost AND scale(salvage) <= 4),
    in_service_on  date CHECK (in_service_on >= purchased_on),
    status         text        NOT NULL CHECK (status IN ('available', 'reserved', 'assigned', 'in-repair', 'lost', 'retired')),
    holder_id      uuid,
    holder_name    text        NOT NULL COLLATE "und-x-icu",
    held_since     timestamptz,
    due_on         date,
    retired_on     date,
    disposed_on    date,
    version        integer     NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    search_text    text        NOT NULL GENERATED ALWAYS AS
        (lower((' ' || tag || ' ' || name || ' ' || serial || ' ' || model || ' ' || holder_name) COLLATE "und-x-icu")) STORED,
    CHECK (CASE status WHEN 'assigned' THEN holder_id IS NOT NULL AND held_since IS NOT NULL
                       WHEN 'reserved' THEN holder_id IS NOT NULL
                       WHEN 'in-repair' THEN true
                       ELSE holder_id IS NULL END),
    CHECK ((status = 'retired') = (retired_on IS NOT NULL))
);
CREATE UNIQUE INDEX asset_tag_key ON asset (lower(tag));
CREATE INDEX asset_name ON asset (name, id);
CREATE INDEX asset_cost ON asset (cost, id);
CREATE INDEX asset_purchased_on ON asset (coalesce(purchased_on, '-infinity'), id);
CREATE INDEX asset_warranty_until ON asset (coalesce(warranty_until, 'infinity'), id);
CREATE INDEX asset_holder_name ON asset (holder_name, id);
CREATE INDEX asset_updated_at ON asset (updated_at, id);
CREATE INDEX asset_status ON asset (status, lower(tag));
CREATE INDEX asset_category_id ON asset (category_id, lower(tag));
CREATE INDEX asset_location_id ON asset (location_id, lower(tag));
CREATE INDEX asset_holder_id ON asset (holder_id, lower(tag)) WHERE holder_id IS NOT NULL;
CREATE INDEX asset_search_text ON asset USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE ON asset TO {{rw}};
