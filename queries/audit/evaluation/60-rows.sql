-- The rows of the result: by person, then in the order of the law. On a day on which the clause of a grade could not be in force, or stood in
-- words that are not known, the verdict is undetermined.
CREATE OR REPLACE VIEW rows AS
SELECT v.person, g.slug AS grade,
    CASE WHEN g.note IS NOT NULL OR v.rank = 1 THEN 'undetermined' WHEN v.rank = 2 THEN 'qualified' ELSE 'not-qualified' END AS verdict,
    v.is_claimed AS claimed,
    v.best_alternative,
    CASE WHEN v.education > 0 AND v.training > 0 THEN v.short_months END AS short_months,
    nullif(coalesce(g.note, concat_ws(';',
        CASE WHEN v.education < 2 THEN getvariable('education_reason')[v.kind * getvariable('educations') + v.condition] END,
        CASE v.training WHEN 1 THEN 'training-unknown' WHEN 0 THEN 'training-unmet' END,
        CASE v.experience WHEN 1 THEN 'experience-unknown' WHEN 0 THEN 'experience-unmet' END)), '') AS reason
FROM verdict v
JOIN law.grades g USING (grade)
ORDER BY v.person, v.grade;
