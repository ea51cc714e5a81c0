DROP TABLE audit_sent;
