-- Invoices are taken back in parts, payments are refunded and voided, and what was due is
-- known for every day. A search finds letters with and without their accents.

ALTER TABLE ledger_event
    DROP CONSTRAINT ledger_event_kind_check,
    ADD CONSTRAINT ledger_event_kind_check CHECK (kind IN ('drafted', 'revised', 'reassigned', 'discarded', 'issued',
        'payment-allocated', 'payment-unallocated', 'credited', 'written-off', 'reminded'));

DROP INDEX invoice_credit_of_key;
CREATE INDEX invoice_credit_of ON invoice (credit_of) WHERE credit_of IS NOT NULL;

-- What each fact did to what is due, and from which day on.
CREATE TABLE due_change (
    invoice_id uuid    NOT NULL,
    version    integer NOT NULL,
    "on"       date    NOT NULL,
    amount     amount  NOT NULL,
    PRIMARY KEY (invoice_id, version)
);
GRANT SELECT, INSERT ON due_change TO {{rw}};

INSERT INTO due_change (invoice_id, version, "on", amount)
    SELECT e.invoice_id, e.version, coalesce((e.payload ->> 'issuedOn')::date, (e.payload ->> 'on')::date, (e.at AT TIME ZONE 'UTC')::date),
           CASE e.kind WHEN 'issued' THEN i.payable WHEN 'payment-unallocated' THEN (e.payload ->> 'amount')::numeric
                       ELSE -(e.payload ->> 'amount')::numeric END
    FROM ledger_event e JOIN invoice i ON i.id = e.invoice_id
    WHERE i.kind = 'invoice' AND e.kind IN ('issued', 'payment-allocated', 'payment-unallocated', 'credited', 'written-off');

-- The day from which nothing is due any more: what was settled before a day needs no look
-- when the balance of that day is asked for.
ALTER TABLE invoice ADD COLUMN settled_on date;
UPDATE invoice SET settled_on = (SELECT max(c."on") FROM due_change c WHERE c.invoice_id = invoice.id)
    WHERE kind = 'invoice' AND number IS NOT NULL AND due = 0;
CREATE INDEX invoice_settled_on ON invoice (coalesce(settled_on, 'infinity'::date)) WHERE kind = 'invoice' AND number IS NOT NULL;

-- Every fact of a payment, append-only for the runtime role, as ledger_event is for documents.
CREATE TABLE payment_event (
    payment_id uuid        NOT NULL REFERENCES payment,
    version    integer     NOT NULL CHECK (version > 0),
    kind       text        NOT NULL CHECK (kind IN ('recorded', 'refunded', 'voided')),
    at         timestamptz NOT NULL,
    actor      text        NOT NULL,
    payload    json        NOT NULL,
    PRIMARY KEY (payment_id, version),
    CHECK ((kind = 'recorded') = (version = 1)),
    CHECK (kind = 'voided' OR coalesce((payload ->> 'amount')::numeric > 0, false))
);
GRANT SELECT, INSERT ON payment_event TO {{rw}};

INSERT INTO payment_event (payment_id, version, kind, at, actor, payload)
    SELECT id, 1, 'recorded', created_at, 'Before facts of payments were kept',
           json_build_object('customerId', customer_id, 'receivedOn', received_on, 'currency', currency, 'amount', amount::text,
                             'method', method, 'reference', reference)
    FROM payment;

ALTER TABLE payment
    ADD COLUMN refunded amount NOT NULL DEFAULT 0 CHECK (refunded >= 0),
    ADD COLUMN voided_on date,
    ADD COLUMN void_reason text NOT NULL DEFAULT '' CHECK (length(void_reason) <= 500);
ALTER TABLE payment
    ADD COLUMN credit numeric NOT NULL GENERATED ALWAYS AS (CASE WHEN voided_on IS NULL THEN amount - allocated - refunded ELSE 0 END) STORED,
    ADD CONSTRAINT payment_is_not_given_twice CHECK (allocated + refunded <= amount),
    ADD CONSTRAINT payment_voided_is_nothing CHECK (voided_on IS NULL OR (allocated = 0 AND refunded = 0 AND void_reason <> ''));
DROP INDEX payment_credit;
CREATE INDEX payment_credit ON payment (customer_id, currency) WHERE credit > 0;

CREATE TRIGGER payment_stays_voided BEFORE UPDATE ON payment FOR EACH ROW
    WHEN (OLD.voided_on IS NOT NULL OR NEW.refunded < OLD.refunded)
    EXECUTE FUNCTION refuse_change('a voided payment or a refund');

-- Pictures on the letterheads of issued documents, by their content.
CREATE TABLE letterhead_logo (
    digest  text  PRIMARY KEY,
    picture bytea NOT NULL,
    CHECK (digest = encode(sha256(picture), 'hex'))
);
GRANT SELECT, INSERT ON letterhead_logo TO {{rw}};

-- What is searched is written without accents from now on; only rows that have some change.
CREATE FUNCTION without_accents(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(replace(replace(replace(replace(translate(
        regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'),
        'øđłıð', 'odlid'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), '  ', ' ')
$$;
UPDATE customer SET search_text = without_accents(search_text) WHERE search_text <> without_accents(search_text);
UPDATE item SET search_text = without_accents(search_text) WHERE search_text <> without_accents(search_text);
ALTER TABLE invoice DISABLE TRIGGER invoice_keeps_what_was_issued;
UPDATE invoice SET search_text = without_accents(search_text) WHERE search_text <> without_accents(search_text);
ALTER TABLE invoice ENABLE TRIGGER invoice_keeps_what_was_issued;
DROP FUNCTION without_accents(text);
