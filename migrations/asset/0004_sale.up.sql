-- How assets are sold. Whoever sells names the sale, so that a repeated call is known; one that arrives after it was taken
-- back is refused.

ALTER TABLE asset ADD COLUMN sale_id uuid;

CREATE TABLE sale (
    id          uuid PRIMARY KEY,
    asset_id    uuid REFERENCES asset, -- absent when it was taken back before it came
    stage       text        NOT NULL CHECK (stage IN ('reserved', 'disposed', 'ended', 'withdrawn')),
    sold_on     date,
    currency    text        NOT NULL,
    proceeds    numeric     NOT NULL CHECK (proceeds >= 0 AND scale(proceeds) <= 4),
    cost        numeric     NOT NULL,
    accumulated numeric     NOT NULL,
    value       numeric     NOT NULL,
    gain        numeric     NOT NULL,
    holder_id   uuid, -- who held it until then, and gets it back
    holder_name text        NOT NULL,
    due_on      date,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CHECK (gain = proceeds - value AND value = cost - accumulated),
    CHECK (asset_id IS NOT NULL OR stage = 'withdrawn')
);
CREATE UNIQUE INDEX sale_asset_key ON sale (asset_id) WHERE stage <> 'withdrawn';
GRANT SELECT, INSERT, UPDATE ON sale TO {{rw}};
