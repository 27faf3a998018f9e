-- Problem: a date lies after the date that it must not be after (bsh:isNotAfter). As in the check of that name, what is only
-- written like a day is put in order too. Rows are looked at whole only where something is wrong.
SELECT '{code}' AS code, '{table}' AS "table", row, '{column}' AS "column", person,
    coalesce(CAST("{column}" AS VARCHAR), "{column}_given") AS value
FROM given.{table}
WHERE row IN (
    SELECT row
    FROM (
        SELECT row, "{column}" > "{later}" AS is_after,
            "{column}_given" IS NOT NULL OR "{later}_given" IS NOT NULL AS is_unusual,
            coalesce(CAST("{column}" AS VARCHAR), "{column}_given") AS written,
            coalesce(CAST("{later}" AS VARCHAR), "{later}_given") AS later_written
        FROM given.{table}
    )
    WHERE is_after
        OR (
            is_unusual
            AND written GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
            AND later_written GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
            AND left(written, 10) > left(later_written, 10)
        )
)
