DROP INDEX payment_reference;
