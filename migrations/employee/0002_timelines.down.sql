DROP TABLE offboarding;
DROP TABLE movement;
DROP TABLE team_day;
DROP TABLE team;
DROP TABLE pay;
DROP TABLE reporting_line;
DROP TABLE placement;
DROP TABLE employment;
