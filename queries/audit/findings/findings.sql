-- The findings in the order of the source: by table, row and rule. Of records in RDF, which have no rows, by person and
-- entry.
CREATE OR REPLACE TABLE findings AS
FROM found
ORDER BY list_position(getvariable('tables'), "table") NULLS FIRST, row NULLS FIRST, person NULLS FIRST, entry NULLS FIRST,
    code, "column" NULLS FIRST, value;
DROP TABLE found;
