-- Two more field groups with a permission of their own: who somebody is to authorities, and where pay goes to.

CREATE TABLE identity (
    employee_id         uuid PRIMARY KEY REFERENCES employee,
    birth_date          date CHECK (birth_date >= '1900-01-01'),
    nationality         text NOT NULL CHECK (nationality = '' OR nationality ~ '^[A-Z]{2}$'),
    national_id         text NOT NULL CHECK (length(national_id) <= 40),
    tax_id              text NOT NULL CHECK (length(tax_id) <= 40),
    document            text NOT NULL CHECK (document IN ('', 'passport', 'identity-card', 'residence-permit')),
    document_number     text NOT NULL CHECK (length(document_number) <= 40),
    document_country    text NOT NULL CHECK (document_country = '' OR document_country ~ '^[A-Z]{2}$'),
    document_expires_on date
);
CREATE INDEX identity_document_expires_on ON identity (document_expires_on) WHERE document_expires_on IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity TO {{rw}};

CREATE TABLE bank_account (
    employee_id uuid PRIMARY KEY REFERENCES employee,
    holder      text NOT NULL CHECK (holder <> '' AND length(holder) <= 200),
    iban        text NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    bic         text NOT NULL CHECK (bic = '' OR bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$')
);
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_account TO {{rw}};
