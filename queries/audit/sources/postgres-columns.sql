-- The columns of the tables and views of some names that are found without a schema before them, in their order.
SELECT lower(c.relname), c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND lower(c.relname) = ANY (%s)
  AND pg_catalog.pg_table_is_visible(c.oid)
  AND a.attnum > 0
  AND NOT a.attisdropped
ORDER BY c.oid, a.attnum
