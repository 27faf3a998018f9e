-- Of a moment: it is a date if it has no time of day.
CREATE OR REPLACE TEMPORARY FUNCTION day_of_moment(cell TIMESTAMP_NTZ) RETURNS DATE
RETURN CASE WHEN cell = date_trunc('day', cell) THEN CASE WHEN CAST(cell AS DATE) BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CAST(cell AS DATE) END END
