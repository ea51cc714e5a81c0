DROP TABLE process;
