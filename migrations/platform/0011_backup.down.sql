DROP TABLE backup_plan;
DROP TABLE backup;
