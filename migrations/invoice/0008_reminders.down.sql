DROP TABLE reminder_plan, dispute;
DELETE FROM letter_invoice WHERE letter_id IN (SELECT id FROM letter WHERE kind = 'reminder');
DELETE FROM letter WHERE kind = 'reminder';
ALTER TABLE letter_invoice DROP COLUMN level, DROP COLUMN due, DROP COLUMN interest;
ALTER TABLE letter DROP COLUMN level, DROP COLUMN day, DROP COLUMN fee, DROP COLUMN fee_currency,
    DROP CONSTRAINT letter_kind_check, ADD CONSTRAINT letter_kind_check CHECK (kind IN ('invoice'));
ALTER TABLE customer DROP COLUMN language, DROP COLUMN no_reminders;
