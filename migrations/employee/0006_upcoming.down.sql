DROP INDEX employee_upcoming;
