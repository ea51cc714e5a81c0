-- Mail to customers: the queue of the mail mechanism, and what was written to whom about which documents.

CREATE TABLE mail (
    id         uuid PRIMARY KEY,
    recipient  text        NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
    name       text        NOT NULL DEFAULT '',
    language   text        NOT NULL CHECK (language IN ('en', 'de')),
    template   text        NOT NULL,
    subject    text        NOT NULL,
    about      text        NOT NULL DEFAULT '',
    facts      jsonb       NOT NULL DEFAULT '{}',
    state      text        NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    attempts   integer     NOT NULL DEFAULT 0,
    error      text        NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    sent_at    timestamptz,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX mail_created_at ON mail (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO {{rw}};

-- What was written stays, whatever becomes of its mail.
CREATE TABLE letter (
    id          uuid PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('invoice')),
    customer_id uuid        NOT NULL REFERENCES customer,
    mail_id     uuid        NOT NULL UNIQUE,
    recipient   text        NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
    language    text        NOT NULL CHECK (language IN ('en', 'de')),
    subject     text        NOT NULL CHECK (subject <> '' AND length(subject) <= 200),
    body        text        NOT NULL CHECK (body <> '' AND length(body) <= 5000),
    at          timestamptz NOT NULL,
    actor       text        NOT NULL
);
CREATE INDEX letter_customer ON letter (customer_id, id);
GRANT SELECT, INSERT ON letter TO {{rw}};

CREATE TABLE letter_invoice (
    letter_id  uuid NOT NULL REFERENCES letter,
    invoice_id uuid NOT NULL REFERENCES invoice,
    PRIMARY KEY (letter_id, invoice_id)
);
CREATE INDEX letter_invoice_invoice ON letter_invoice (invoice_id, letter_id);
GRANT SELECT, INSERT ON letter_invoice TO {{rw}};
