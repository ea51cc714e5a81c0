DROP TABLE letterhead_logo;
DROP TRIGGER payment_stays_voided ON payment;
DROP INDEX payment_credit;
ALTER TABLE payment
    DROP COLUMN credit, DROP CONSTRAINT payment_is_not_given_twice, DROP CONSTRAINT payment_voided_is_nothing,
    DROP COLUMN refunded, DROP COLUMN voided_on, DROP COLUMN void_reason;
CREATE INDEX payment_credit ON payment (customer_id, currency) WHERE allocated < amount;
DROP TABLE payment_event;
DROP INDEX invoice_settled_on;
ALTER TABLE invoice DROP COLUMN settled_on;
DROP TABLE due_change;
DROP INDEX invoice_credit_of;
CREATE UNIQUE INDEX invoice_credit_of_key ON invoice (credit_of) WHERE credit_of IS NOT NULL;
ALTER TABLE ledger_event
    DROP CONSTRAINT ledger_event_kind_check,
    ADD CONSTRAINT ledger_event_kind_check CHECK (kind IN ('drafted', 'revised', 'reassigned', 'discarded', 'issued',
        'payment-allocated', 'payment-unallocated', 'credited', 'written-off')) NOT VALID;
