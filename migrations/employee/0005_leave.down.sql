DROP TABLE leave_line, leave_request, holiday, leave_type;
