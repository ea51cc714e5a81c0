-- The ledger is the truth: every financial fact of a document, append-only for the runtime
-- role. All other tables here are projections of it that `erp ledger verify` compares.

CREATE TABLE ledger_event (
    invoice_id uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version > 0),
    kind       text        NOT NULL CHECK (kind IN ('drafted', 'revised', 'reassigned', 'discarded', 'issued',
                               'payment-allocated', 'payment-unallocated', 'credited', 'written-off')),
    at         timestamptz NOT NULL,
    actor      text        NOT NULL,
    payload    json        NOT NULL,
    PRIMARY KEY (invoice_id, version),
    CHECK ((kind = 'drafted') = (version = 1)),
    CHECK (kind NOT IN ('payment-allocated', 'payment-unallocated', 'written-off')
           OR coalesce((payload ->> 'amount')::numeric > 0, false)),
    CHECK (kind <> 'credited' OR coalesce((payload ->> 'amount')::numeric >= 0, false))
);
GRANT SELECT, INSERT ON ledger_event TO {{rw}};

-- One row per series, locked only by the transaction that issues. It never goes back.
CREATE TABLE number_series (
    series      text PRIMARY KEY,
    last_number integer NOT NULL CHECK (last_number > 0),
    last_date   date    NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON number_series TO {{rw}};

CREATE FUNCTION number_series_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'number series % never goes back', OLD.series USING ERRCODE = '23514';
END $$;
CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series FOR EACH ROW
    WHEN (NEW.series <> OLD.series OR NEW.last_number < OLD.last_number OR NEW.last_date < OLD.last_date)
    EXECUTE FUNCTION number_series_goes_forward();

CREATE DOMAIN amount AS numeric CHECK (abs(VALUE) < 1e15 AND scale(VALUE) <= 4);

CREATE TABLE invoice (
    id            uuid PRIMARY KEY,
    version       integer NOT NULL,
    kind          text    NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
    status        text    NOT NULL CHECK (status IN ('draft', 'issued', 'partly-paid', 'paid', 'credited', 'written-off', 'settled')),
    series        text,
    sequence      integer CHECK (sequence > 0),
    number        text,
    customer_id   uuid REFERENCES customer,
    customer_name text    NOT NULL,
    owner_id      uuid,
    reference     text    NOT NULL,
    currency      text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    issued_on     date,
    due_on        date CHECK (due_on >= issued_on),
    lines_total   amount  NOT NULL,
    allowances    amount  NOT NULL,
    charges       amount  NOT NULL,
    net           amount  NOT NULL,
    tax           amount  NOT NULL,
    gross         amount  NOT NULL,
    rounding      amount  NOT NULL,
    payable       amount  NOT NULL,
    paid          amount  NOT NULL,
    credited      amount  NOT NULL,
    written_off   amount  NOT NULL,
    due           numeric NOT NULL GENERATED ALWAYS AS (
                      CASE WHEN number IS NULL OR kind = 'credit-note' THEN 0
                           ELSE payable - paid - credited - written_off END) STORED,
    credit_of     uuid REFERENCES invoice,
    search_text   text    NOT NULL,
    issue_xid     xid8,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    UNIQUE (series, sequence),
    CHECK (net = lines_total - allowances + charges AND gross = net + tax AND payable = gross + rounding),
    CHECK (paid >= 0 AND written_off >= 0 AND (kind = 'credit-note' OR credited >= 0)),
    CHECK (kind = 'credit-note' OR paid + credited + written_off <= payable),
    CHECK (kind = 'invoice' OR (paid = 0 AND written_off = 0 AND credited = 0 AND payable <= 0 AND credit_of IS NOT NULL)),
    CHECK ((status = 'draft') = (number IS NULL)),
    CHECK (num_nulls(number, series, sequence, issued_on) IN (0, 4)),
    CHECK (number IS NULL OR customer_id IS NOT NULL),
    CHECK (number = series || '-' || lpad(sequence::text, greatest(5, length(sequence::text)), '0'))
);
CREATE UNIQUE INDEX invoice_credit_of_key ON invoice (credit_of) WHERE credit_of IS NOT NULL;
CREATE INDEX invoice_customer ON invoice (customer_id, id);
CREATE INDEX invoice_status ON invoice (status, id);
CREATE INDEX invoice_issued_on ON invoice (coalesce(issued_on, 'infinity'::date), id);
CREATE INDEX invoice_due_on ON invoice (coalesce(due_on, 'infinity'::date), id);
CREATE INDEX invoice_open ON invoice (due_on, id) WHERE due > 0;
CREATE INDEX invoice_open_customer ON invoice (customer_id, currency) WHERE due > 0;
CREATE INDEX invoice_draft_owner ON invoice (owner_id) WHERE number IS NULL;
CREATE INDEX invoice_gross ON invoice (gross, id);
CREATE INDEX invoice_search_text ON invoice USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON invoice TO {{rw}};

CREATE TABLE invoice_line (
    invoice_id    uuid    NOT NULL REFERENCES invoice,
    position      integer NOT NULL,
    item_id       uuid,
    description   text    NOT NULL,
    quantity      numeric NOT NULL,
    unit          text    NOT NULL,
    unit_price    numeric NOT NULL CHECK (unit_price >= 0),
    tax_category  text    NOT NULL,
    tax_percent   numeric NOT NULL,
    net           amount  NOT NULL,
    PRIMARY KEY (invoice_id, position)
);
GRANT SELECT, INSERT, DELETE ON invoice_line TO {{rw}};

CREATE TABLE invoice_tax (
    invoice_id uuid    NOT NULL REFERENCES invoice,
    position   integer NOT NULL,
    category   text    NOT NULL,
    percent    numeric NOT NULL,
    taxable    amount  NOT NULL,
    tax        amount  NOT NULL,
    PRIMARY KEY (invoice_id, position)
);
GRANT SELECT, INSERT, DELETE ON invoice_tax TO {{rw}};
