DROP TABLE idempotency_key;
DROP TABLE audit_seal;
DROP TABLE audit_entry;
DROP TABLE inbox;
DROP TABLE event_log;
