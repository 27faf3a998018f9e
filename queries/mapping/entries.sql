-- The rows of a table of people, their cells as text without space around it, with a number that names the entry.
SELECT cells.*, ROW_NUMBER() OVER (ORDER BY {names}) + 1 AS entry
FROM (SELECT {cells} FROM {table}) AS cells
WHERE person IS NOT NULL
