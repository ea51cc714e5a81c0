DROP TABLE bill, bill_event;
