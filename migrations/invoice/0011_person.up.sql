-- What people were called when the employee module was last heard: whoever made a document has a name while that module is
-- away, after a restart too. Only people who own documents stand here.

CREATE TABLE person (
    id       uuid PRIMARY KEY,
    name     text        NOT NULL,
    named_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON person TO {{rw}};
