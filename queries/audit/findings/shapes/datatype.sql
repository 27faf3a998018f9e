-- Problem: a cell begins with no existing day where the shape of its column asks for a date (sh:datatype).
SELECT '{code}' AS code, '{table}' AS "table", row, '{column}' AS "column", "{text}" AS value, person
FROM {rows}
WHERE "{text}" IS NOT NULL AND given.day_of_text(left("{text}", 10)) IS NULL
