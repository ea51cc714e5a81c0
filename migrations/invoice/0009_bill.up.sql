-- What vendors ask of us. As with invoices the facts are the truth, append-only for the runtime role; bill is their
-- projection, which `erp ledger verify` compares.

CREATE TABLE bill_event (
    bill_id uuid        NOT NULL,
    version integer     NOT NULL CHECK (version > 0),
    kind    text        NOT NULL CHECK (kind IN ('drafted', 'revised', 'discarded', 'recorded', 'reopened', 'paid', 'payment-voided',
                            'cancelled', 'line-bought', 'line-released')),
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    payload json        NOT NULL,
    PRIMARY KEY (bill_id, version),
    CHECK ((kind = 'drafted') = (version = 1)),
    CHECK (kind NOT IN ('paid', 'payment-voided') OR coalesce((payload ->> 'amount')::numeric > 0, false))
);
GRANT SELECT, INSERT ON bill_event TO {{rw}};

CREATE TABLE bill (
    id           uuid PRIMARY KEY,
    version      integer NOT NULL,
    status       text    NOT NULL CHECK (status IN ('draft', 'recorded', 'partly-paid', 'paid', 'cancelled')),
    supplier     text    NOT NULL,
    number       text    NOT NULL,
    supplier_key text    NOT NULL, -- as it is compared: folded
    number_key   text    NOT NULL,
    billed_on    date    NOT NULL,
    due_on       date    NOT NULL CHECK (due_on >= billed_on),
    currency     text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    net          amount  NOT NULL,
    tax          amount  NOT NULL,
    gross        amount  NOT NULL,
    paid         amount  NOT NULL,
    due          numeric NOT NULL GENERATED ALWAYS AS (CASE WHEN status IN ('draft', 'cancelled') THEN 0 ELSE gross - paid END) STORED,
    assets       integer NOT NULL CHECK (assets >= 0),
    search_text  text    NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    CHECK (gross = net + tax AND gross >= 0 AND paid BETWEEN 0 AND gross),
    CHECK (status <> 'cancelled' OR (paid = 0 AND assets = 0))
);
CREATE UNIQUE INDEX bill_number_key ON bill (supplier_key, number_key) WHERE status <> 'cancelled';
CREATE INDEX bill_status ON bill (status, id);
CREATE INDEX bill_billed_on ON bill (billed_on, id);
CREATE INDEX bill_due_on ON bill (due_on, id);
CREATE INDEX bill_open ON bill (due_on, id) WHERE due > 0;
CREATE INDEX bill_gross ON bill (gross, id);
CREATE INDEX bill_search_text ON bill USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON bill TO {{rw}};
