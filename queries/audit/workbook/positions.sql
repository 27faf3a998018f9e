-- Of each person and position the highest grade that the person qualifies for, and whether a grade is undetermined;
-- with the columns that people carry along, which come from the person's first row.
WITH heights AS (SELECT unnest($grades) AS grade, unnest($positions) AS position, unnest($heights) AS height),
best AS (
    SELECT r.person, h.position, max_by(r.grade, h.height) FILTER (WHERE r.verdict = 'qualified') AS grade
    FROM rows r
    JOIN heights h USING (grade)
    WHERE r.verdict <> 'not-qualified'
    GROUP BY r.person, h.position
),
fitting AS (SELECT person, list({position: position, grade: grade} ORDER BY position) AS found FROM best GROUP BY person),
carried AS (
    SELECT DISTINCT ON (person) person, * EXCLUDE (row, entry, person, position, tier, category)
    FROM given.employees
    ORDER BY row
)
SELECT f.person, f.found, c.* EXCLUDE (person)
FROM fitting f
LEFT JOIN carried c USING (person)
ORDER BY f.person;
