-- What is said of each person and grade. On a day on which the clause of a grade could not be in force, or stood in
-- words that are not known, the verdict is undetermined.
CREATE OR REPLACE VIEW judged AS
WITH told AS (
    SELECT who, grade,
        2 - (weight >> 54) AS rank,
        weight >> 38 & 65535 AS short,
        weight >> 22 & 65535 AS number,
        weight >> 6 & 65535 AS place,
        weight >> 4 & 3 AS education,
        weight >> 2 & 3 AS experience,
        weight & 3 AS training
    FROM weights
)
SELECT v.who, p.person, g.slug AS grade,
    CASE
        WHEN g.note IS NOT NULL OR v.rank = 1 THEN CAST('undetermined' AS outcomes)
        WHEN v.rank = 2 THEN CAST('qualified' AS outcomes)
        ELSE CAST('not-qualified' AS outcomes)
    END AS verdict,
    d.grade IS NOT NULL AS claimed,
    CAST(v.number AS INTEGER) AS best_alternative,
    CASE WHEN v.education > 0 AND v.training > 0 THEN CAST(v.short AS INTEGER) END AS short_months,
    coalesce(CAST(g.note AS reason_codes), e.reason) AS reason,
    n.slug AS next_grade,
    s.next_date
FROM told v
JOIN persons p USING (who)
JOIN credentials h USING (who, place)
JOIN law.grades g USING (grade)
JOIN law.conditions c USING (grade, number)
JOIN explanation e
    ON e.kind = h.kind AND e.education = c.education AND e.training = v.training AND e.experience = v.experience
LEFT JOIN claims d USING (who, grade)
LEFT JOIN next_steps s ON s.who = d.who AND s.grade = d.grade
LEFT JOIN law.grades n ON n.grade = s.next_grade;

-- The rows of the result, by person, then in the order of the law.
CREATE OR REPLACE VIEW rows AS SELECT * EXCLUDE (who) FROM judged ORDER BY who, grade;
