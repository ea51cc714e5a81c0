-- Events that wait until a broker has taken them over. The position is drawn while the aggregate is locked, so that events
-- about one aggregate stand in the order in which they happened.
CREATE TABLE outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE REFERENCES event_log
);
GRANT SELECT, INSERT, DELETE ON outbox TO {{rw}};
