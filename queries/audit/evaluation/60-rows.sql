-- The rows of the result: by person, then in the order of the law. On a day on which the clause of a grade could not be in force, or stood in
-- words that are not known, the verdict is undetermined.
CREATE OR REPLACE VIEW rows AS
WITH told AS (
    SELECT person, grade, is_claimed, kind,
        2 - weight // 10000000000000000 AS rank,
        weight // 1000000000 % 1000 AS number,
        weight // 1000000000000 % 10000 AS short,
        weight // 100 % 10 AS education,
        weight // 10 % 10 AS experience,
        weight % 10 AS training
    FROM verdict
)
SELECT v.person, g.slug AS grade,
    CASE WHEN g.note IS NOT NULL OR v.rank = 1 THEN 'undetermined' WHEN v.rank = 2 THEN 'qualified' ELSE 'not-qualified' END AS verdict,
    v.is_claimed AS claimed,
    v.number AS best_alternative,
    CASE WHEN v.education > 0 AND v.training > 0 THEN v.short END AS short_months,
    nullif(coalesce(g.note, concat_ws(';',
        CASE WHEN v.education < 2 THEN e.reason END,
        CASE v.training WHEN 1 THEN 'training-unknown' WHEN 0 THEN 'training-unmet' END,
        CASE v.experience WHEN 1 THEN 'experience-unknown' WHEN 0 THEN 'experience-unmet' END)), '') AS reason
FROM told v
JOIN law.grades g USING (grade)
JOIN law.conditions c ON c.grade = v.grade AND c.number = v.number
JOIN education_result e ON e.kind = v.kind AND e.education = c.education
ORDER BY v.person, v.grade;
