DROP INDEX payment_reference;
DROP INDEX invoice_credit_note_gross;
