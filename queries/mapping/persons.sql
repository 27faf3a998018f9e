-- Everyone in the table of claims.
SELECT DISTINCT person
FROM (SELECT {cells} FROM {table}) AS cells
WHERE person IS NOT NULL
