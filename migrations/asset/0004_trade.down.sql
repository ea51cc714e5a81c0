DROP TABLE purchase;
DROP TABLE sale;
ALTER TABLE asset DROP COLUMN sale_id, DROP COLUMN purchase_id;
