DROP INDEX invoice_owner_id;
