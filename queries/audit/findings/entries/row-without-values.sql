-- Problem: a row says nothing but the person. Of several positions semicolons alone may be left, which separate
-- nothing.
WITH bare AS MATERIALIZED (
    SELECT row, person, {cells} FROM given.{table} WHERE COLUMNS([{single}]) IS NULL
)
SELECT '{code}' AS code, '{table}' AS "table", row, person
FROM bare
WHERE given.text_of(replace(concat({cells}), ';', ' ')) IS NULL
