-- What changes by date. A span holds from its lower day until its upper one, which is not part of it. Planned changes are
-- spans that begin after today: they take effect by being asked for, not by a job.

CREATE TABLE employment (
    id          uuid PRIMARY KEY,
    employee_id uuid        NOT NULL REFERENCES employee,
    hired_on    date        NOT NULL,
    left_on     date CHECK (left_on >= hired_on),
    reason      text        NOT NULL DEFAULT '',
    recorded_at timestamptz NOT NULL,
    recorded_by text        NOT NULL,
    CONSTRAINT employment_overlap EXCLUDE USING gist (employee_id WITH =, daterange(hired_on, left_on, '[]') WITH &&)
);
CREATE INDEX employment_employee_id ON employment (employee_id, hired_on);
CREATE INDEX employment_hired_on ON employment (hired_on);
GRANT SELECT, INSERT, UPDATE, DELETE ON employment TO {{rw}};

CREATE TABLE placement (
    id            uuid PRIMARY KEY,
    employee_id   uuid        NOT NULL REFERENCES employee,
    department_id uuid REFERENCES department,
    position_id   uuid REFERENCES position,
    location_id   uuid REFERENCES location,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_at   timestamptz NOT NULL,
    recorded_by   text        NOT NULL,
    CONSTRAINT placement_overlap EXCLUDE USING gist (employee_id WITH =, valid WITH &&)
);
CREATE INDEX placement_employee_id ON placement (employee_id, lower(valid));
CREATE INDEX placement_department_id ON placement (department_id, employee_id);
CREATE INDEX placement_position_id ON placement (position_id, employee_id);
CREATE INDEX placement_location_id ON placement (location_id, employee_id);
CREATE INDEX placement_begins ON placement (lower(valid));
CREATE INDEX placement_ends ON placement (upper(valid));
GRANT SELECT, INSERT, UPDATE, DELETE ON placement TO {{rw}};

CREATE TABLE reporting_line (
    id          uuid PRIMARY KEY,
    employee_id uuid        NOT NULL REFERENCES employee,
    manager_id  uuid        NOT NULL REFERENCES employee CHECK (manager_id <> employee_id),
    kind        text        NOT NULL CHECK (kind IN ('solid', 'dotted')),
    valid       daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_at timestamptz NOT NULL,
    recorded_by text        NOT NULL,
    CONSTRAINT reporting_line_overlap EXCLUDE USING gist (employee_id WITH =, kind WITH =, valid WITH &&)
);
CREATE INDEX reporting_line_employee_id ON reporting_line (employee_id, lower(valid));
CREATE INDEX reporting_line_manager_id ON reporting_line (manager_id, employee_id);
CREATE INDEX reporting_line_begins ON reporting_line (lower(valid));
CREATE INDEX reporting_line_ends ON reporting_line (upper(valid));
GRANT SELECT, INSERT, UPDATE, DELETE ON reporting_line TO {{rw}};

CREATE TABLE pay (
    id          uuid PRIMARY KEY,
    employee_id uuid        NOT NULL REFERENCES employee,
    amount      numeric     NOT NULL CHECK (amount >= 0 AND amount < 1e9 AND scale(amount) <= 4),
    currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    period      text        NOT NULL CHECK (period IN ('year', 'month', 'hour')),
    valid       daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_at timestamptz NOT NULL,
    recorded_by text        NOT NULL,
    CONSTRAINT pay_overlap EXCLUDE USING gist (employee_id WITH =, valid WITH &&)
);
CREATE INDEX pay_employee_id ON pay (employee_id, lower(valid));
GRANT SELECT, INSERT, UPDATE, DELETE ON pay TO {{rw}};

-- The closure of today's solid lines: who is below whom, and how far. Everybody who works here is below themselves at
-- distance 0. Written in the transaction that changes a line; team_day tells which "today" it stands for.

CREATE TABLE team (
    manager_id uuid     NOT NULL REFERENCES employee,
    member_id  uuid     NOT NULL REFERENCES employee,
    distance   smallint NOT NULL CHECK (distance >= 0),
    PRIMARY KEY (manager_id, member_id)
);
CREATE INDEX team_member_id ON team (member_id, manager_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON team TO {{rw}};

CREATE TABLE team_day (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    day date NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON team_day TO {{rw}};

-- How the workforce moves, per month and department: the read model behind the home page. The zero department stands for
-- people without one.

CREATE TABLE movement (
    month         date    NOT NULL CHECK (extract(day FROM month) = 1),
    department_id uuid    NOT NULL,
    joined        integer NOT NULL DEFAULT 0,
    gone          integer NOT NULL DEFAULT 0,
    moved         integer NOT NULL DEFAULT 0, -- in less out, between departments
    PRIMARY KEY (month, department_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON movement TO {{rw}};

-- The end of an employment as a process that survives a crash: what was done, and how far it came.

CREATE TABLE offboarding (
    id           uuid PRIMARY KEY,
    employee_id  uuid        NOT NULL REFERENCES employee,
    left_on      date        NOT NULL,
    reason       text        NOT NULL DEFAULT '',
    successor_id uuid REFERENCES employee,
    state        text        NOT NULL CHECK (state IN ('planned', 'running', 'done', 'failed', 'cancelled')),
    steps_done   integer     NOT NULL DEFAULT 0 CHECK (steps_done >= 0),
    failure      text        NOT NULL DEFAULT '',
    requested_by text        NOT NULL,
    requested_at timestamptz NOT NULL,
    touched_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX offboarding_open_key ON offboarding (employee_id) WHERE state IN ('planned', 'running');
CREATE INDEX offboarding_employee_id ON offboarding (employee_id, requested_at);
CREATE INDEX offboarding_state ON offboarding (state, left_on) WHERE state IN ('planned', 'running');
GRANT SELECT, INSERT, UPDATE, DELETE ON offboarding TO {{rw}};
