-- The company: one row, made once by the set-up.
CREATE TABLE company (
    id            smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    legal_name    text        NOT NULL DEFAULT '',
    line1         text        NOT NULL DEFAULT '',
    line2         text        NOT NULL DEFAULT '',
    postal_code   text        NOT NULL DEFAULT '',
    city          text        NOT NULL DEFAULT '',
    country       text        NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    currency      text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    tax_id        text        NOT NULL DEFAULT '',
    vat_id        text        NOT NULL DEFAULT '',
    email         text        NOT NULL DEFAULT '',
    phone         text        NOT NULL DEFAULT '',
    website       text        NOT NULL DEFAULT '',
    iban          text        NOT NULL DEFAULT '',
    bic           text        NOT NULL DEFAULT '',
    bank_name     text        NOT NULL DEFAULT '',
    time_zone     text        NOT NULL,
    language      text        NOT NULL,
    logo          bytea CHECK (octet_length(logo) <= 1048576),
    logo_type     text        NOT NULL DEFAULT '',
    version       integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON company TO {{rw}};

-- People who can sign in. The name is not "user", which Postgres reads as the database role.
CREATE TABLE user_account (
    id              uuid PRIMARY KEY,
    name            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email           text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    employee_id     uuid UNIQUE,
    password_hash   text        NOT NULL,
    must_change     boolean     NOT NULL DEFAULT false,
    status          text        NOT NULL CHECK (status IN ('active', 'disabled', 'revoked')),
    preferences     jsonb       NOT NULL DEFAULT '{}',
    last_sign_in_at timestamptz,
    version         integer     NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX user_account_email ON user_account (lower(email));
CREATE INDEX user_account_name ON user_account (name COLLATE "und-x-icu", id);
GRANT SELECT, INSERT, UPDATE ON user_account TO {{rw}};

-- The cookie's secret is kept only as its hash: who reads this table cannot use a session.
CREATE TABLE session (
    id          uuid PRIMARY KEY,
    token_hash  bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    user_id     uuid        NOT NULL REFERENCES user_account (id),
    ip          text        NOT NULL,
    agent       text        NOT NULL,
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz
);
CREATE INDEX session_user_id ON session (user_id, created_at DESC);
CREATE INDEX session_expires_at ON session (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO {{rw}};

CREATE TABLE sign_in_attempt (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email     text        NOT NULL,
    ip        text        NOT NULL,
    at        timestamptz NOT NULL,
    succeeded boolean     NOT NULL DEFAULT false
);
CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email, at);
CREATE INDEX sign_in_attempt_ip ON sign_in_attempt (ip, at);
CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempt TO {{rw}};

CREATE TABLE role (
    code        text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]{1,49}$'),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description text        NOT NULL DEFAULT '',
    built_in    boolean     NOT NULL DEFAULT false,
    position    integer     NOT NULL DEFAULT 100,
    version     integer     NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON role TO {{rw}};

INSERT INTO role (code, name, description, built_in, position) VALUES
    ('administrator', 'Administrator', 'Everything, and who may do what', true, 1),
    ('accountant', 'Accountant', 'Customers, invoices, payments and their reports', true, 2),
    ('asset-manager', 'Asset manager', 'The register of assets, who holds them and what they are worth', true, 3),
    ('hr-manager', 'HR manager', 'People, departments and who works for whom', true, 4),
    ('manager', 'Manager', 'The people of the own team and what they hold', true, 5),
    ('employee', 'Employee', 'The directory, and what is one''s own', true, 6);

-- Rules in casbin's shape. p: subject, object, act, scope, effect. g: child, parent.
CREATE TABLE casbin_rule (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ptype      text        NOT NULL CHECK (ptype IN ('p', 'g')),
    v0         text        NOT NULL,
    v1         text        NOT NULL,
    v2         text        NOT NULL DEFAULT '',
    v3         text        NOT NULL DEFAULT '',
    v4         text        NOT NULL DEFAULT '',
    granted_by text        NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (ptype, v0, v1, v2, v3, v4)
);
CREATE INDEX casbin_rule_parent ON casbin_rule (v1) WHERE ptype = 'g';
GRANT SELECT, INSERT, DELETE ON casbin_rule TO {{rw}};

-- One row: how often the policy has changed. Its lock makes changes queue.
CREATE TABLE policy_version (
    id         smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    version    bigint      NOT NULL,
    changed_at timestamptz NOT NULL
);
INSERT INTO policy_version (version, changed_at) VALUES (1, now());
GRANT SELECT, UPDATE ON policy_version TO {{rw}};

-- What each built-in role was seeded with, to tell a default from a company's own decision.
CREATE TABLE role_default (
    role       text NOT NULL,
    permission text NOT NULL,
    scope      text NOT NULL,
    PRIMARY KEY (role, permission)
);
GRANT SELECT, INSERT, UPDATE ON role_default TO {{rw}};
