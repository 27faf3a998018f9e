-- The rows of the result. On a day on which the clause of a grade could not be in force, or stood in words that are not
-- known, the verdict is undetermined.
WITH told AS (
    SELECT person, grade, array_contains(claims, grade) AS is_claimed,
        CAST(2 - shiftright(weight, 58) AS INT) AS rank,
        CAST(shiftright(weight, 46) & 4095 AS INT) AS short,
        CAST(shiftright(weight, 38) & 255 AS INT) AS number,
        CAST(weight & 4194303 AS INT) AS lacking,
        CAST(shiftright(weight, 4) & 3 AS INT) AS education,
        CAST(weight & 3 AS INT) AS training
    FROM weights
    LATERAL VIEW OUTER inline(grades) AS grade, weight
)
SELECT /*+ BROADCAST(g), BROADCAST(r) */ v.person, g.slug AS grade,
    CASE
        WHEN g.note IS NOT NULL OR v.rank = 1 THEN 'undetermined'
        WHEN v.rank = 2 THEN 'qualified'
        ELSE 'not-qualified'
    END AS verdict,
    v.is_claimed AS claimed,
    v.number AS best_alternative,
    CASE WHEN v.education > 0 AND v.training > 0 THEN v.short END AS short_months,
    coalesce(g.note, r.reason) AS reason
FROM told v
JOIN grades g ON g.grade = v.grade
JOIN reasons r ON r.lacking = v.lacking
