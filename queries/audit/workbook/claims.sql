-- The claims with what is said of them and the columns that people carry along, which come from the row that makes the
-- claim: first those not met, then those undetermined, by person and in the order of the law.
CREATE OR REPLACE TEMP TABLE judged_claims AS
WITH carried AS (
    SELECT DISTINCT ON (e.person, g.slug) e.person, g.slug AS grade, e.* EXCLUDE (row, entry, person, position, tier, category)
    FROM given.employees e
    JOIN meaning.claims m
        ON m.position = e.position AND m.tier IS NOT DISTINCT FROM e.tier AND m.category IS NOT DISTINCT FROM e.category
    JOIN law.grades g ON g.grade = m.grade
    ORDER BY e.row
)
SELECT row_number() OVER (
        ORDER BY list_position(['not-qualified', 'undetermined', 'qualified'], r.verdict), r.person, g.grade
    ) AS row,
    r.*, c.* EXCLUDE (person, grade)
FROM rows r
JOIN law.grades g ON g.slug = r.grade
LEFT JOIN carried c ON c.person = r.person AND c.grade = r.grade
WHERE r.claimed;
