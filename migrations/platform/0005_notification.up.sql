-- What people are told, once each: the same thing about the same record is told once.
CREATE TABLE notification (
    id         uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES user_account (id),
    kind       text        NOT NULL,
    about      text        NOT NULL,
    facts      jsonb       NOT NULL DEFAULT '{}',
    href       text        NOT NULL DEFAULT '',
    in_app     boolean     NOT NULL,
    created_at timestamptz NOT NULL,
    read_at    timestamptz,
    UNIQUE (user_id, kind, about)
);
CREATE INDEX notification_user_id ON notification (user_id, id) WHERE in_app;
CREATE INDEX notification_unread ON notification (user_id) WHERE in_app AND read_at IS NULL;
CREATE INDEX notification_created_at ON notification (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON notification TO {{rw}};

-- How somebody wants to be told of a kind, where that differs from the default.
CREATE TABLE notification_choice (
    user_id uuid    NOT NULL REFERENCES user_account (id),
    kind    text    NOT NULL,
    in_app  boolean NOT NULL,
    by_mail boolean NOT NULL,
    PRIMARY KEY (user_id, kind)
);
GRANT SELECT, INSERT, UPDATE ON notification_choice TO {{rw}};
