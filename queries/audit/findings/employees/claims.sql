-- Problem: the post that somebody holds is no grade of the order, or leaves open which.
SELECT f.code, '{table}' AS "table", c.row, f.in_column AS "column", f.value, f.candidates, c.person
FROM given.{table} c
JOIN meaning.claim_findings f
    ON f.position = c.position AND f.tier IS NOT DISTINCT FROM c.tier AND f.category IS NOT DISTINCT FROM c.category
