-- Problem: a date lies after the date that it must not be after (bsh:isNotAfter). As in the check of that name, what is
-- no day but written like one is put in order too. Rows are looked at whole only where something is wrong.
SELECT '{code}' AS code, '{table}' AS "table", row, '{column}' AS "column", CAST("{column}" AS VARCHAR) AS value, person
FROM given.{table}
WHERE row IN (SELECT row FROM given.{table} WHERE "{column}" > "{later}")
UNION ALL BY NAME
SELECT '{code}' AS code, '{table}' AS "table", row, '{column}' AS "column", written AS value, person
FROM (
    SELECT *,
        coalesce(CAST("{column}" AS VARCHAR), "{column}_given") AS written,
        coalesce(CAST("{later}" AS VARCHAR), "{later}_given") AS later_written
    FROM {rows}
)
WHERE coalesce("{column}_given", "{later}_given") IS NOT NULL
    AND written GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    AND later_written GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    AND left(written, 10) > left(later_written, 10)
