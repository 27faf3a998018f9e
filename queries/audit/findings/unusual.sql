-- The rows of a table in which something stands that is no day where one should: few, as a rule, and looked at by
-- several rules.
CREATE OR REPLACE TEMP TABLE unusual_{table} AS
SELECT row, person, {dates} FROM given.{table} WHERE coalesce({no_days}) IS NOT NULL;
