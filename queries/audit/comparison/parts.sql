-- What each part of a law asks, as one text each, so that two laws can be compared part by part: all that an evaluation
-- reads of it, and nothing else. Conditions by grade, number of the alternative and kind; of a grade as a whole the
-- days from which its clause holds and is known; of no grade what working in a position implies.
CREATE VIEW parts AS
WITH posts AS (
    SELECT reckoning, list(concat_ws(' ', position, category, certainty) ORDER BY ALL) AS posts FROM compiled.posts_counted GROUP BY reckoning
),
activities AS (
    SELECT reckoning, list(activity ORDER BY activity) AS activities FROM compiled.activities_counted GROUP BY reckoning
),
levels AS (SELECT education, list(level ORDER BY level) AS levels FROM compiled.levels_accepted GROUP BY education),
fields AS (SELECT education, list(code ORDER BY code) AS fields FROM compiled.codes_accepted GROUP BY education),
recognitions AS (SELECT education, list(position ORDER BY position) AS positions FROM compiled.recognitions GROUP BY education)
SELECT a.grade, a.number, 'education' AS kind, CAST({rule: e.field_rule, levels: l.levels, fields: f.fields, recognised: r.positions} AS VARCHAR) AS asked
FROM compiled.alternatives a
JOIN compiled.educations e USING (education)
LEFT JOIN levels l USING (education)
LEFT JOIN fields f USING (education)
LEFT JOIN recognitions r USING (education)
UNION ALL
SELECT grade, number, 'training', training FROM compiled.alternatives WHERE training IS NOT NULL
UNION ALL
SELECT a.grade, a.number, 'experience', CAST({minimum: a.minimum, speciality: r.speciality, posts: p.posts, activities: c.activities} AS VARCHAR)
FROM compiled.alternatives a
JOIN compiled.reckonings r USING (reckoning)
LEFT JOIN posts p USING (reckoning)
LEFT JOIN activities c USING (reckoning)
UNION ALL
SELECT grade, NULL, 'requirement', CAST({force: in_force_from, known: wording_known_from} AS VARCHAR) FROM compiled.grades
UNION ALL
SELECT position, NULL, 'implied', string_agg(implied, ' ' ORDER BY implied)
FROM (
    SELECT position, code AS implied FROM compiled.codes_implied
    UNION ALL
    SELECT position, activity FROM compiled.activities_implied
)
GROUP BY position;
