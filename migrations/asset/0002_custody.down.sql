DROP TABLE counter_change;
DROP TABLE counter;
DROP TABLE history;
DROP TABLE custody;
