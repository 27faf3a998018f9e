-- Problem: an employment starts after the as-of date, so nothing of it counts.
SELECT '{code}' AS code, '{table}' AS "table", row, 'start' AS "column", CAST(start AS VARCHAR) AS value, person
FROM given.{table}
WHERE start > getvariable('as_of')
