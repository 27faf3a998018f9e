-- Days as dates; only rows without faults have no others.
CREATE TEMP MACRO written_day(day) AS CAST(day AS DATE);
