-- Reminding of what is overdue: one letter a customer, level and day; what it said of each invoice stays with it.

ALTER TABLE customer
    ADD COLUMN language text NOT NULL DEFAULT '' CHECK (language IN ('', 'en', 'de')),
    ADD COLUMN no_reminders boolean NOT NULL DEFAULT false;

ALTER TABLE letter
    DROP CONSTRAINT letter_kind_check,
    ADD CONSTRAINT letter_kind_check CHECK (kind IN ('invoice', 'reminder')),
    ADD COLUMN level integer NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 9),
    ADD COLUMN day date,
    ADD COLUMN fee amount NOT NULL DEFAULT 0 CHECK (fee >= 0),
    ADD COLUMN fee_currency text NOT NULL DEFAULT '',
    ADD CHECK ((kind = 'reminder') = (level > 0)),
    ADD CHECK ((kind = 'reminder') = (day IS NOT NULL));
CREATE UNIQUE INDEX letter_reminder_key ON letter (customer_id, level, day) WHERE kind = 'reminder';

ALTER TABLE letter_invoice
    ADD COLUMN level integer NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 9),
    ADD COLUMN due amount NOT NULL DEFAULT 0,
    ADD COLUMN interest amount NOT NULL DEFAULT 0 CHECK (interest >= 0);

-- Who says that an invoice is wrong is not reminded of it.
CREATE TABLE dispute (
    invoice_id uuid PRIMARY KEY REFERENCES invoice,
    reason     text        NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
    at         timestamptz NOT NULL,
    actor      text        NOT NULL
);
GRANT SELECT, INSERT, DELETE ON dispute TO {{rw}};

-- One row; without one the usual plan holds.
CREATE TABLE reminder_plan (
    sole     boolean PRIMARY KEY DEFAULT true CHECK (sole),
    version  integer NOT NULL CHECK (version > 0),
    interest numeric NOT NULL CHECK (interest >= 0 AND interest <= 100),
    levels   jsonb   NOT NULL CHECK (jsonb_typeof(levels) = 'array')
);
GRANT SELECT, INSERT, UPDATE ON reminder_plan TO {{rw}};
