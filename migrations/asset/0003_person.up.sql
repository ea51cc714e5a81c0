-- What was heard of people: the name they go by, and whether they left. Events may come late or in another order, so each
-- fact carries the instant it is true from.

CREATE TABLE person (
    id       uuid PRIMARY KEY,
    name     text        NOT NULL,
    named_at timestamptz NOT NULL,
    left_on  date
);
GRANT SELECT, INSERT, UPDATE ON person TO {{rw}};
