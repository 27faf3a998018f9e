-- A whole number that is stored as one with a fraction is written without it.
CREATE OR REPLACE TEMPORARY FUNCTION number_of(cell DOUBLE) RETURNS STRING
RETURN CASE WHEN cell = floor(cell) AND abs(cell) < 1e15 THEN CAST(CAST(cell AS BIGINT) AS STRING) ELSE CAST(cell AS STRING) END
