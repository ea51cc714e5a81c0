ALTER TABLE offboarding DROP COLUMN blocking, DROP COLUMN confirmed_by, DROP COLUMN cancelled_by;
