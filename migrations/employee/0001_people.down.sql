DROP TABLE contact;
DROP TABLE employee;
DROP SEQUENCE employee_number;
DROP TABLE location;
DROP TABLE position;
DROP TABLE department;
