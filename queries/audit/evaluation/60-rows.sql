CREATE TYPE IF NOT EXISTS outcomes AS ENUM ('qualified', 'undetermined', 'not-qualified');

-- The rows of the result, by person, then in the order of the law. Joins are not turned round: people stream past the tables of the law, and are never
-- gathered for them.
SET disabled_optimizers = 'join_order,build_side_probe_side';

-- On a day on which the clause of a grade could not be in force, or stood in words that are not known, the verdict is undetermined.
CREATE OR REPLACE VIEW rows AS
WITH told AS (
    SELECT person, grade, is_claimed, kind, next_step,
        2 - weight // 10000000000000000 AS rank,
        weight // 1000000000 % 1000 AS number,
        weight // 1000000000000 % 10000 AS short,
        weight // 100 % 10 AS education,
        weight // 10 % 10 AS experience,
        weight % 10 AS training
    FROM verdict
)
SELECT v.person, g.slug AS grade,
    CASE
        WHEN g.note IS NOT NULL OR v.rank = 1 THEN CAST('undetermined' AS outcomes)
        WHEN v.rank = 2 THEN CAST('qualified' AS outcomes)
        ELSE CAST('not-qualified' AS outcomes)
    END AS verdict,
    v.is_claimed AS claimed,
    CAST(v.number AS INTEGER) AS best_alternative,
    CASE WHEN v.education > 0 AND v.training > 0 THEN CAST(v.short AS INTEGER) END AS short_months,
    coalesce(CAST(g.note AS reason_codes), e.reason) AS reason,
    n.slug AS next_grade,
    v.next_step.next_date AS next_date
FROM told v
JOIN law.grades g USING (grade)
LEFT JOIN law.grades n ON n.grade = v.next_step.next_grade
JOIN law.conditions c ON c.grade = v.grade AND c.number = v.number
JOIN explanation e ON e.kind = v.kind AND e.education = c.education AND e.training = v.training AND e.experience = v.experience
ORDER BY v.person, v.grade;
