-- Leave: kinds of it, days on which nobody works, requests, and a ledger of half days that is never rewritten.

CREATE TABLE leave_type (
    id         uuid PRIMARY KEY,
    name       text    NOT NULL CHECK (name <> '' AND length(name) <= 100),
    allowance  integer NOT NULL CHECK (allowance BETWEEN 0 AND 732),
    carry_over integer NOT NULL CHECK (carry_over BETWEEN 0 AND 732),
    monthly    boolean NOT NULL,
    unlimited  boolean NOT NULL,
    archived   boolean NOT NULL DEFAULT false,
    version    integer NOT NULL DEFAULT 1,
    CHECK (NOT unlimited OR (allowance = 0 AND carry_over = 0))
);
CREATE UNIQUE INDEX leave_type_name_key ON leave_type (lower(name));
GRANT SELECT, INSERT, UPDATE ON leave_type TO {{rw}};

INSERT INTO leave_type (id, name, allowance, carry_over, monthly, unlimited) VALUES
    ('01890a5d-0000-7000-8000-000000000101', 'Vacation', 56, 10, false, false),
    ('01890a5d-0000-7000-8000-000000000102', 'Sick leave', 0, 0, false, true),
    ('01890a5d-0000-7000-8000-000000000103', 'Unpaid leave', 0, 0, false, true);

CREATE TABLE holiday (
    day  date PRIMARY KEY,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 100)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON holiday TO {{rw}};

CREATE TABLE leave_request (
    id           uuid PRIMARY KEY,
    employee_id  uuid        NOT NULL REFERENCES employee,
    type_id      uuid        NOT NULL REFERENCES leave_type,
    first_day    date        NOT NULL,
    last_day     date        NOT NULL CHECK (last_day >= first_day),
    half_first   boolean     NOT NULL,
    half_last    boolean     NOT NULL,
    halves       integer     NOT NULL CHECK (halves > 0),
    note         text        NOT NULL CHECK (length(note) <= 500),
    state        text        NOT NULL CHECK (state IN ('requested', 'approved', 'declined', 'cancelled')),
    requested_by text        NOT NULL,
    requested_at timestamptz NOT NULL,
    decided_by   text        NOT NULL DEFAULT '',
    decided_at   timestamptz,
    answer       text        NOT NULL DEFAULT '' CHECK (length(answer) <= 500),
    version      integer     NOT NULL DEFAULT 1,
    CHECK ((state = 'requested') = (decided_at IS NULL)),
    CHECK (extract(year FROM first_day) = extract(year FROM last_day)),
    -- Nobody is away twice on a day, whatever the program does.
    EXCLUDE USING gist (employee_id WITH =, daterange(first_day, last_day, '[]') WITH &&) WHERE (state IN ('requested', 'approved'))
);
CREATE INDEX leave_request_employee ON leave_request (employee_id, id);
CREATE INDEX leave_request_waiting ON leave_request (id) WHERE state = 'requested';
CREATE INDEX leave_request_days ON leave_request (last_day, first_day) WHERE state IN ('requested', 'approved');
GRANT SELECT, INSERT, UPDATE ON leave_request TO {{rw}};

CREATE TABLE leave_line (
    id          uuid PRIMARY KEY,
    employee_id uuid        NOT NULL REFERENCES employee,
    type_id     uuid        NOT NULL REFERENCES leave_type,
    year        integer     NOT NULL CHECK (year BETWEEN 1900 AND 2999),
    kind        text        NOT NULL CHECK (kind IN ('allowance', 'carried', 'moved-on', 'forfeited', 'taken', 'given-back')),
    month       integer     NOT NULL DEFAULT 0 CHECK (month BETWEEN 0 AND 12),
    halves      integer     NOT NULL,
    "on"        date        NOT NULL,
    request_id  uuid REFERENCES leave_request,
    at          timestamptz NOT NULL,
    actor       text        NOT NULL,
    CHECK ((kind IN ('taken', 'given-back')) = (request_id IS NOT NULL)),
    CHECK (CASE WHEN kind IN ('taken', 'forfeited', 'moved-on') THEN halves <= 0 ELSE halves >= 0 END)
);
CREATE INDEX leave_line_balance ON leave_line (employee_id, year, type_id, id);
CREATE UNIQUE INDEX leave_line_once ON leave_line (employee_id, type_id, year, kind, month) WHERE request_id IS NULL;
CREATE UNIQUE INDEX leave_line_request ON leave_line (request_id, kind) WHERE request_id IS NOT NULL;
GRANT SELECT, INSERT ON leave_line TO {{rw}};
