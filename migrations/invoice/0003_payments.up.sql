-- Money received, what it was set against, and sums that home pages read.

CREATE TABLE payment (
    id          uuid PRIMARY KEY,
    customer_id uuid    NOT NULL REFERENCES customer,
    received_on date    NOT NULL,
    currency    text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount      amount  NOT NULL CHECK (amount > 0),
    allocated   amount  NOT NULL CHECK (allocated >= 0),
    method      text    NOT NULL CHECK (method IN ('bank', 'cash', 'card', 'other')),
    reference   text    NOT NULL CHECK (length(reference) <= 200),
    recorded_by uuid,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    CHECK (allocated <= amount)
);
CREATE INDEX payment_received_on ON payment (received_on, id);
CREATE INDEX payment_customer ON payment (customer_id, id);
CREATE INDEX payment_credit ON payment (customer_id, currency) WHERE allocated < amount;
GRANT SELECT, INSERT, UPDATE ON payment TO {{rw}};

CREATE TABLE allocation (
    payment_id uuid   NOT NULL REFERENCES payment,
    invoice_id uuid   NOT NULL REFERENCES invoice,
    amount     amount NOT NULL CHECK (amount > 0),
    "on"       date   NOT NULL,
    PRIMARY KEY (payment_id, invoice_id)
);
CREATE INDEX allocation_invoice_id ON allocation (invoice_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON allocation TO {{rw}};

CREATE TABLE month_total (
    month    date    NOT NULL CHECK (extract(day FROM month) = 1),
    currency text    NOT NULL,
    invoices integer NOT NULL,
    net      numeric NOT NULL,
    received numeric NOT NULL,
    PRIMARY KEY (month, currency)
);
GRANT SELECT, INSERT, UPDATE ON month_total TO {{rw}};

CREATE TABLE receivable (
    due_on   date    NOT NULL,
    currency text    NOT NULL,
    invoices integer NOT NULL CHECK (invoices >= 0),
    open     numeric NOT NULL CHECK (open >= 0),
    PRIMARY KEY (due_on, currency)
);
GRANT SELECT, INSERT, UPDATE ON receivable TO {{rw}};
