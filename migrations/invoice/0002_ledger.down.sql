DROP TABLE invoice_tax;
DROP TABLE invoice_line;
DROP TABLE invoice;
DROP DOMAIN amount;
DROP TABLE number_series;
DROP FUNCTION number_series_goes_forward();
DROP TABLE ledger_event;
