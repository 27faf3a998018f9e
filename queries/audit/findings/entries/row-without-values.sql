-- Problem: a row says nothing but the person. Semicolons alone separate nothing.
SELECT '{code}' AS code, '{table}' AS "table", row, person
FROM given.{table}
WHERE given.text_of(replace(concat({cells}), ';', ' ')) IS NULL
