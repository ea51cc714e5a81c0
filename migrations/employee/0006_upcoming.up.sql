-- Who is hired but not here yet is counted for every home page, from this index alone.
CREATE INDEX employee_upcoming ON employee (hired_on) WHERE NOT ended;
