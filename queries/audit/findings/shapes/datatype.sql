-- Problem: a cell begins with no existing day where the shape of its column asks for a date (sh:datatype).
-- Every text is tried once, whatever the number of rows it stands in.
SELECT '{code}' AS code, '{table}' AS "table", row, '{column}' AS "column", "{text}" AS value, person
FROM given.{table}
WHERE "{text}" IN (
    SELECT written
    FROM (SELECT DISTINCT "{text}" AS written FROM given.{table} WHERE "{text}" IS NOT NULL)
    WHERE given.day_of_text(left(written, 10)) IS NULL
)
