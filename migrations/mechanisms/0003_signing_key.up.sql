-- The keys with which a process signs what it asks of others. Which of a process's schemas holds them does not matter;
-- the private half is sealed with the installation's secret.
CREATE TABLE signing_key (
    id         text PRIMARY KEY,
    public     bytea       NOT NULL CHECK (octet_length(public) = 32),
    sealed     bytea       NOT NULL,
    created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON signing_key TO {{rw}};
