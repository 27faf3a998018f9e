-- Days as text, so that one that is none can stand there too.
CREATE TEMP MACRO written_day(day) AS day;
