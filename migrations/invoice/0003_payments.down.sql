DROP TABLE receivable;
DROP TABLE month_total;
DROP TABLE allocation;
DROP TABLE payment;
