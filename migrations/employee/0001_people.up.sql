-- Departments, positions and sites that people are placed in.

CREATE TABLE department (
    id        uuid PRIMARY KEY,
    name      text    NOT NULL CHECK (name <> '' AND length(name) <= 100),
    code      text    NOT NULL CHECK (length(code) <= 30),
    parent_id uuid REFERENCES department CHECK (parent_id <> id),
    lead_id   uuid,
    archived  boolean NOT NULL DEFAULT false,
    version   integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX department_name_key ON department (lower(name));
CREATE INDEX department_parent_id ON department (parent_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON department TO {{rw}};

CREATE TABLE position (
    id       uuid PRIMARY KEY,
    title    text    NOT NULL CHECK (title <> '' AND length(title) <= 100),
    archived boolean NOT NULL DEFAULT false,
    version  integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX position_title_key ON position (lower(title));
GRANT SELECT, INSERT, UPDATE, DELETE ON position TO {{rw}};

CREATE TABLE location (
    id       uuid PRIMARY KEY,
    name     text    NOT NULL CHECK (name <> '' AND length(name) <= 100),
    city     text    NOT NULL CHECK (length(city) <= 100),
    country  text    NOT NULL CHECK (country = '' OR country ~ '^[A-Z]{2}$'),
    archived boolean NOT NULL DEFAULT false,
    version  integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX location_name_key ON location (lower(name));
GRANT SELECT, INSERT, UPDATE, DELETE ON location TO {{rw}};

-- A person, with the facts that have no history of their own. Names are kept three times: as written, as sorted, and
-- without case and accents for the search.

CREATE SEQUENCE employee_number;
GRANT USAGE ON SEQUENCE employee_number TO {{rw}};

CREATE TABLE employee (
    id           uuid PRIMARY KEY,
    number       text    NOT NULL CHECK (number <> '' AND length(number) <= 30),
    given_name   text    NOT NULL CHECK (length(given_name) <= 100),
    family_name  text    NOT NULL CHECK (length(family_name) <= 100),
    display_name text    NOT NULL CHECK (display_name <> ''),
    sort_name    text    NOT NULL COLLATE "und-x-icu",
    search_text  text    NOT NULL,
    email        text    NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    phone        text    NOT NULL CHECK (length(phone) <= 50),
    hired_on     date    NOT NULL,
    left_on      date CHECK (left_on >= hired_on),
    reason       text    NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
    ended        boolean NOT NULL DEFAULT false CHECK (NOT ended OR left_on IS NOT NULL),
    version      integer NOT NULL DEFAULT 1,
    -- The place of today, or of the first day when that is still to come: a copy of what the timelines say, written in
    -- the transactions that change them and once at the turn of a day, so that lists need no search by date.
    department_id uuid REFERENCES department,
    position_id   uuid REFERENCES position,
    location_id   uuid REFERENCES location,
    manager_id    uuid REFERENCES employee
);
CREATE UNIQUE INDEX employee_number_key ON employee (lower(number));
CREATE UNIQUE INDEX employee_email_key ON employee (email) WHERE email <> '';
CREATE INDEX employee_sort_name ON employee (sort_name, id);
CREATE INDEX employee_hired_on ON employee (hired_on, id);
CREATE INDEX employee_left_on ON employee (left_on) WHERE left_on IS NOT NULL AND NOT ended;
CREATE INDEX employee_department_id ON employee (department_id, sort_name, id);
CREATE INDEX employee_position_id ON employee (position_id);
CREATE INDEX employee_location_id ON employee (location_id);
CREATE INDEX employee_manager_id ON employee (manager_id, sort_name, id);
CREATE INDEX employee_search_text ON employee USING gin (search_text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON employee TO {{rw}};

-- Field groups with a permission of their own stand in tables of their own.

CREATE TABLE contact (
    employee_id        uuid PRIMARY KEY REFERENCES employee,
    private_email      text NOT NULL DEFAULT '',
    private_phone      text NOT NULL DEFAULT '',
    street             text NOT NULL DEFAULT '',
    postal_code        text NOT NULL DEFAULT '',
    city               text NOT NULL DEFAULT '',
    country            text NOT NULL DEFAULT '',
    emergency_name     text NOT NULL DEFAULT '',
    emergency_phone    text NOT NULL DEFAULT '',
    emergency_relation text NOT NULL DEFAULT ''
);
GRANT SELECT, INSERT, UPDATE, DELETE ON contact TO {{rw}};
