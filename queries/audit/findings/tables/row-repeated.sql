-- Problem: a row says the same as one before it, so it is read once. The value is the number of the first such row.
-- Only rows that share a hash are compared cell by cell.
SELECT '{code}' AS code, '{table}' AS "table", row, CAST(first_row AS VARCHAR) AS value, person
FROM (
    SELECT row, person, min(row) OVER (PARTITION BY person, {cells}) AS first_row
    FROM given.{table}
    WHERE person IS NOT NULL
        AND hash(person, {cells}) IN (
            SELECT hashed
            FROM (SELECT hash(person, {cells}) AS hashed FROM given.{table} WHERE person IS NOT NULL)
            GROUP BY hashed
            HAVING count(*) > 1
        )
)
WHERE row > first_row
