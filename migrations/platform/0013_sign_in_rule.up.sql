-- What the company asks of everybody who signs in: one row, none before it was decided.
CREATE TABLE sign_in_rule (
    one           boolean     PRIMARY KEY DEFAULT true CHECK (one),
    second_factor boolean     NOT NULL,
    version       integer     NOT NULL,
    updated_at    timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON sign_in_rule TO {{rw}};
