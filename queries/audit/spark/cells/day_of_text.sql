-- Of text: YYYY-MM-DD, with a time zone or without, of the years 0001 to 9999. What is read must be written back the
-- same, which excludes all other ways of writing a day that a cast accepts.
CREATE OR REPLACE TEMPORARY FUNCTION day_of_text(cell STRING) RETURNS DATE
RETURN CASE
    WHEN CAST(try_cast(left(cell, 10) AS DATE) AS STRING) = left(cell, 10)
        AND left(cell, 4) > '0000'
        AND (length(cell) = 10 OR regexp_like(substr(cell, 11), '^(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$'))
    THEN try_cast(left(cell, 10) AS DATE)
END
