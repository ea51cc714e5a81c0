DROP TABLE recurring_date, recurring_invoice;
