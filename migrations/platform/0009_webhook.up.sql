-- Addresses elsewhere that are told of events. The secret that signs is encrypted with the installation's.
CREATE TABLE webhook (
    id            uuid PRIMARY KEY,
    owner_id      uuid        NOT NULL REFERENCES user_account (id),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    address       text        NOT NULL CHECK (length(address) BETWEEN 8 AND 500),
    events        jsonb       NOT NULL CHECK (jsonb_typeof(events) = 'array' AND jsonb_array_length(events) BETWEEN 1 AND 100),
    secret        bytea       NOT NULL,
    active        boolean     NOT NULL,
    failing_since timestamptz,
    rest_until    timestamptz,
    stopped_at    timestamptz,
    version       integer     NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CHECK (NOT (active AND stopped_at IS NOT NULL))
);
CREATE INDEX webhook_owner_id ON webhook (owner_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook TO {{rw}};

-- What each of them is to be told, once for an event. What a delivery says is forgotten when it has arrived.
CREATE TABLE webhook_delivery (
    id           uuid PRIMARY KEY,
    webhook_id   uuid        NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    event_id     uuid        NOT NULL,
    event        text        NOT NULL,
    body         text        NOT NULL,
    state        text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts     integer     NOT NULL DEFAULT 0,
    status       integer     NOT NULL DEFAULT 0,
    error        text        NOT NULL DEFAULT '',
    milliseconds integer     NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    give_up_at   timestamptz NOT NULL,
    tried_at     timestamptz,
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_delivery_list ON webhook_delivery (webhook_id, id DESC);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_created_at ON webhook_delivery (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_delivery TO {{rw}};
