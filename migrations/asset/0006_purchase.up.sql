-- What was bought on a vendor's bill and becomes assets. Whoever buys names the purchase, so that a repeated call is known;
-- one that arrives after it was taken back is refused.

CREATE TABLE purchase (
    id          uuid PRIMARY KEY,
    stage       text        NOT NULL CHECK (stage IN ('prepared', 'registered', 'handed-over', 'withdrawn')),
    bill_id     uuid,
    category_id uuid REFERENCES category, -- kept from being deleted before the assets are there
    location_id uuid REFERENCES location,
    terms       jsonb,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CHECK (stage = 'withdrawn' OR num_nulls(bill_id, category_id, terms) = 0)
);
CREATE INDEX purchase_category ON purchase (category_id);
CREATE INDEX purchase_location ON purchase (location_id);
GRANT SELECT, INSERT, UPDATE ON purchase TO {{rw}};

ALTER TABLE asset
    ADD COLUMN purchase_id uuid REFERENCES purchase,
    ADD COLUMN bill_id     uuid,
    ADD COLUMN bill_number text NOT NULL DEFAULT '';
CREATE INDEX asset_purchase ON asset (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX asset_bill ON asset (bill_id) WHERE bill_id IS NOT NULL;
