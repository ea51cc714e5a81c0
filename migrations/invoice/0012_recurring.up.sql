-- Invoices that are made again and again. What was made for which date is kept by a key of both: whatever happens, a date has
-- one invoice at most.

CREATE TABLE recurring_invoice (
    id            uuid PRIMARY KEY,
    version       integer NOT NULL DEFAULT 1,
    name          text    NOT NULL CHECK (name <> '' AND length(name) <= 100),
    status        text    NOT NULL CHECK (status IN ('active', 'paused', 'ended')),
    deed          text    NOT NULL CHECK (deed IN ('draft', 'issue', 'send')),
    every         integer NOT NULL CHECK (every BETWEEN 1 AND 99),
    unit          text    NOT NULL CHECK (unit IN ('week', 'month', 'quarter', 'year')),
    first_on      date    NOT NULL,
    last_on       date CHECK (last_on >= first_on),
    times         integer NOT NULL DEFAULT 0 CHECK (times BETWEEN 0 AND 1000),
    place         integer NOT NULL CHECK (place >= 0),
    made          integer NOT NULL CHECK (made >= 0),
    next_on       date,
    agreed_on     date,
    retry_at      timestamptz,
    obstacle      jsonb,
    customer_id   uuid    NOT NULL REFERENCES customer,
    customer_name text    NOT NULL,
    currency      text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    gross         amount  NOT NULL,
    content       json    NOT NULL,
    owner_id      uuid,
    acting_name   text    NOT NULL,
    who           jsonb   NOT NULL,
    search_text   text    NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CHECK ((status = 'ended') = (next_on IS NULL)),
    CHECK (status <> 'ended' OR obstacle IS NULL),
    CHECK (times = 0 OR made <= times)
);
CREATE INDEX recurring_invoice_due ON recurring_invoice (next_on, id) WHERE status = 'active';
CREATE INDEX recurring_invoice_next ON recurring_invoice (coalesce(next_on, 'infinity'::date), id);
CREATE INDEX recurring_invoice_customer ON recurring_invoice (customer_id, id);
CREATE INDEX recurring_invoice_owner ON recurring_invoice (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX recurring_invoice_search_text ON recurring_invoice USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE ON recurring_invoice TO {{rw}};

-- No foreign key to the invoice: a draft may be deleted, and its date stays served.
CREATE TABLE recurring_date (
    recurring_id uuid        NOT NULL REFERENCES recurring_invoice,
    "on"         date        NOT NULL,
    invoice_id   uuid        NOT NULL UNIQUE,
    made_at      timestamptz NOT NULL,
    PRIMARY KEY (recurring_id, "on")
);
GRANT SELECT, INSERT ON recurring_date TO {{rw}};
