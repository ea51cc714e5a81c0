-- Who we sell to, what we sell and how it is taxed. search_text is lower case.

CREATE TABLE tax_rate (
    id         uuid PRIMARY KEY,
    name       text    NOT NULL CHECK (name <> '' AND length(name) <= 100),
    category   text    NOT NULL CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
    percent    numeric NOT NULL CHECK (percent >= 0 AND percent <= 100 AND scale(percent) <= 6
                                       AND (category = 'S') = (percent > 0)),
    reason     text    NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
    is_default boolean NOT NULL DEFAULT false,
    archived   boolean NOT NULL DEFAULT false CHECK (NOT (archived AND is_default)),
    version    integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX tax_rate_default_key ON tax_rate (is_default) WHERE is_default;
CREATE UNIQUE INDEX tax_rate_name_key ON tax_rate (lower(name)) WHERE NOT archived;
GRANT SELECT, INSERT, UPDATE ON tax_rate TO {{rw}};

CREATE FUNCTION tax_rate_keeps_its_percent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a tax rate keeps its category and percent: archive it and make a new one' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER tax_rate_fixed BEFORE UPDATE ON tax_rate FOR EACH ROW
    WHEN (NEW.category <> OLD.category OR NEW.percent <> OLD.percent)
    EXECUTE FUNCTION tax_rate_keeps_its_percent();

CREATE SEQUENCE customer_number;
GRANT USAGE, UPDATE ON SEQUENCE customer_number TO {{rw}};

CREATE TABLE customer (
    id           uuid PRIMARY KEY,
    number       text    NOT NULL CHECK (number <> '' AND length(number) <= 30),
    name         text    NOT NULL COLLATE "und-x-icu" CHECK (name <> '' AND length(name) <= 200),
    email        text    NOT NULL CHECK (length(email) <= 254),
    phone        text    NOT NULL CHECK (length(phone) <= 50),
    street       text    NOT NULL CHECK (length(street) <= 300),
    postal_code  text    NOT NULL CHECK (length(postal_code) <= 20),
    city         text    NOT NULL CHECK (length(city) <= 100),
    country      text    NOT NULL CHECK (country = '' OR country ~ '^[A-Z]{2}$'),
    vat_id       text    NOT NULL CHECK (length(vat_id) <= 30),
    tax_id       text    NOT NULL CHECK (length(tax_id) <= 50),
    currency     text    NOT NULL CHECK (currency = '' OR currency ~ '^[A-Z]{3}$'),
    payment_days integer NOT NULL CHECK (payment_days BETWEEN 0 AND 365),
    note         text    NOT NULL CHECK (length(note) <= 5000),
    archived     boolean NOT NULL DEFAULT false,
    search_text  text    NOT NULL,
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX customer_number_key ON customer (lower(number));
CREATE INDEX customer_name ON customer (name, id);
CREATE INDEX customer_search_text ON customer USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE ON customer TO {{rw}};

CREATE TABLE contact (
    customer_id uuid    NOT NULL REFERENCES customer,
    position    integer NOT NULL,
    name        text    NOT NULL CHECK (name <> '' AND length(name) <= 200),
    role        text    NOT NULL CHECK (length(role) <= 100),
    email       text    NOT NULL CHECK (length(email) <= 254),
    phone       text    NOT NULL CHECK (length(phone) <= 50),
    PRIMARY KEY (customer_id, position)
);
GRANT SELECT, INSERT, DELETE ON contact TO {{rw}};

CREATE TABLE item (
    id          uuid PRIMARY KEY,
    code        text    NOT NULL CHECK (code <> '' AND length(code) <= 50),
    name        text    NOT NULL COLLATE "und-x-icu" CHECK (name <> '' AND length(name) <= 200),
    description text    NOT NULL CHECK (length(description) <= 2000),
    unit        text    NOT NULL CHECK (length(unit) <= 20),
    unit_price  numeric NOT NULL CHECK (unit_price >= 0 AND unit_price < 1e10 AND scale(unit_price) <= 6),
    currency    text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    price_mode  text    NOT NULL CHECK (price_mode IN ('exclusive', 'inclusive')),
    tax_rate_id uuid REFERENCES tax_rate,
    archived    boolean NOT NULL DEFAULT false,
    search_text text    NOT NULL,
    version     integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX item_code_key ON item (lower(code));
CREATE INDEX item_name ON item (name, id);
CREATE INDEX item_tax_rate_id ON item (tax_rate_id);
CREATE INDEX item_search_text ON item USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE ON item TO {{rw}};

INSERT INTO tax_rate (id, name, category, percent, reason) VALUES
    ('01890a5d-0000-7000-8000-000000000001', 'Zero-rated', 'Z', 0, ''),
    ('01890a5d-0000-7000-8000-000000000002', 'Exempt', 'E', 0, 'Exempt from VAT'),
    ('01890a5d-0000-7000-8000-000000000003', 'Reverse charge', 'AE', 0, 'Reverse charge: the recipient is liable for the tax'),
    ('01890a5d-0000-7000-8000-000000000004', 'Intra-community supply', 'K', 0, 'Intra-community supply, exempt under Article 138 of Directive 2006/112/EC'),
    ('01890a5d-0000-7000-8000-000000000005', 'Export', 'G', 0, 'Export outside the European Union, exempt'),
    ('01890a5d-0000-7000-8000-000000000006', 'Outside the scope of VAT', 'O', 0, 'Not subject to VAT');
