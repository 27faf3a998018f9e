-- Problem: a row names no person, so it is not read.
SELECT '{code}' AS code, '{table}' AS "table", row, 'person' AS "column"
FROM given.{table}
WHERE person IS NULL
