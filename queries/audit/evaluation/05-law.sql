-- The compiled law by numbers: grades in the order of the law, education conditions and reckonings in the order of their names. A grade has a
-- note where the as-of date is earlier than the days from which its clause can be in force, or is known in its wording.
CREATE TABLE law.grades AS
SELECT row_number() OVER () AS grade, g.grade AS slug,
    CASE
        WHEN g.in_force_from > CAST(strftime(getvariable('as_of'), '%Y%m%d') AS INTEGER) THEN 'not-in-force'
        WHEN g.wording_known_from > CAST(strftime(getvariable('as_of'), '%Y%m%d') AS INTEGER) THEN 'wording-unknown'
    END AS note
FROM compiled.grades g;

CREATE TABLE law.educations AS SELECT row_number() OVER (ORDER BY education) AS education, education AS node, field_rule FROM compiled.educations;
CREATE TABLE law.reckonings AS SELECT row_number() OVER (ORDER BY reckoning) AS reckoning, reckoning AS key, most, speciality FROM compiled.reckonings;
CREATE TABLE law.levels_accepted AS SELECT e.education, a.level FROM compiled.levels_accepted a JOIN law.educations e ON e.node = a.education;
CREATE TABLE law.codes_accepted AS SELECT e.education, a.code FROM compiled.codes_accepted a JOIN law.educations e ON e.node = a.education;
CREATE TABLE law.recognitions AS SELECT e.education, r.position FROM compiled.recognitions r JOIN law.educations e ON e.node = r.education;
CREATE TABLE law.posts_counted AS
SELECT r.reckoning, c.position, c.category, c.certainty FROM compiled.posts_counted c JOIN law.reckonings r ON r.key = c.reckoning;
CREATE TABLE law.activities_counted AS
SELECT r.reckoning, c.activity FROM compiled.activities_counted c JOIN law.reckonings r ON r.key = c.reckoning;

-- What a question asks: the grade claimed, by its number, or all grades, by 0; and which reckonings it takes.
CREATE TABLE law.asked AS
SELECT grade AS question, grade FROM law.grades WHERE getvariable('claims_only')
UNION ALL
SELECT 0, grade FROM law.grades WHERE NOT getvariable('claims_only');

CREATE TABLE law.questions AS
SELECT question, coalesce(list({reckoning: reckoning, most: most, is_in_speciality: speciality IS NOT NULL} ORDER BY reckoning)
    FILTER (WHERE reckoning IS NOT NULL), []) AS reckonings
FROM (
    SELECT DISTINCT a.question, r.reckoning, r.most, r.speciality
    FROM law.asked a
    JOIN law.grades g USING (grade)
    JOIN compiled.alternatives c ON c.grade = g.slug
    LEFT JOIN law.reckonings r ON r.key = c.reckoning
)
GROUP BY question;

-- The alternatives of each grade asked about. Of the months that the question takes, those of an alternative are at the place of its reckoning
-- in the list of the first credential, or, in a speciality, in that of each credential, a step further on.
CREATE TABLE law.question_grades AS
SELECT a.question, a.grade, list({
    number: c.number,
    education: e.education,
    training: c.training,
    reckoning: coalesce(list_position(list_transform(q.reckonings, lambda asked: asked.reckoning), r.reckoning), 0),
    step: CASE WHEN r.speciality IS NULL THEN 0 ELSE len(q.reckonings) END,
    minimum: coalesce(c.minimum, 0)
} ORDER BY c.number) AS alternatives
FROM law.asked a
JOIN law.grades g USING (grade)
JOIN law.questions q USING (question)
JOIN compiled.alternatives c ON c.grade = g.slug
LEFT JOIN law.educations e ON e.node = c.education
LEFT JOIN law.reckonings r ON r.key = c.reckoning
GROUP BY a.question, a.grade;
