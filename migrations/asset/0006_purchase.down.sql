ALTER TABLE asset DROP COLUMN purchase_id, DROP COLUMN bill_id, DROP COLUMN bill_number;
DROP TABLE purchase;
