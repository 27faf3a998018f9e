-- Problem: a cell names no concept that the shape of its column asks for (sh:node, sh:class).
SELECT '{code}' AS code, '{table}' AS "table", g.row, '{column}' AS "column", u.value, g.person
FROM given.{table} g
JOIN meaning.unusable u ON u.given = g."{column}"
WHERE u.in_table = '{table}' AND u.in_column = '{column}'
