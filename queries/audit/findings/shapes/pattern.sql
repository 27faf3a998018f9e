-- Problem: a cell is not written as the shape of its column asks (sh:pattern): a field that is no ISCED-F code, a date
-- with a time of day. Every text is tried once, whatever the number of rows it stands in.
SELECT '{code}' AS code, '{table}' AS "table", row, '{column}' AS "column", "{text}" AS value, person
FROM {rows}
WHERE "{text}" IN (
    SELECT written
    FROM (SELECT DISTINCT "{text}" AS written FROM {rows} WHERE "{text}" IS NOT NULL)
    WHERE NOT regexp_matches(getvariable('namespace') || written, getvariable('pattern'))
)
