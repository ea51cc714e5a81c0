-- How far the sealed trail has been sent to each receiver elsewhere. One sender at a time has the turn, until busy_until;
-- its number fences off one that comes late.
CREATE TABLE audit_sent (
    receiver      text        PRIMARY KEY,
    seq           bigint      NOT NULL DEFAULT 0 CHECK (seq >= 0),
    turn          bigint      NOT NULL DEFAULT 1,
    busy_until    timestamptz NOT NULL,
    sent_at       timestamptz,
    problem       text        NOT NULL DEFAULT '',
    failing_since timestamptz
);
GRANT SELECT, INSERT, UPDATE ON audit_sent TO {{rw}};
