-- The home page counts warranties that end soon, from the index alone however many assets there are.

CREATE INDEX asset_warranty_in_use ON asset (warranty_until) WHERE status <> 'retired';
