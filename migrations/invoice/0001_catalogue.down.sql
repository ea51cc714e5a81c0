DROP TABLE item;
DROP TABLE contact;
DROP TABLE customer;
DROP SEQUENCE customer_number;
DROP TABLE tax_rate;
DROP FUNCTION tax_rate_keeps_its_percent();
