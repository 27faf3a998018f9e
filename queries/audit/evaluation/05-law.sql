-- The compiled law by numbers: grades in the order of the law, education conditions and reckonings in the order of their names. A grade has a
-- note where the as-of date is earlier than the days from which its clause can be in force, or is known in its wording.
CREATE TYPE slugs AS ENUM (SELECT grade FROM compiled.grades);
CREATE TABLE law.grades AS
SELECT row_number() OVER () AS grade, CAST(g.grade AS slugs) AS slug,
    CASE
        WHEN CAST(g.in_force_from AS INTEGER) > CAST(strftime(getvariable('as_of'), '%Y%m%d') AS INTEGER) THEN 'not-in-force'
        WHEN CAST(g.wording_known_from AS INTEGER) > CAST(strftime(getvariable('as_of'), '%Y%m%d') AS INTEGER) THEN 'wording-unknown'
    END AS note,
    strptime(CAST(greatest(g.in_force_from, g.wording_known_from) AS VARCHAR), '%Y%m%d')::DATE AS known_from
FROM compiled.grades g;

CREATE TABLE law.educations AS SELECT row_number() OVER (ORDER BY education) AS education, education AS node, field_rule FROM compiled.educations;
CREATE TABLE law.reckonings AS SELECT row_number() OVER (ORDER BY reckoning) AS reckoning, reckoning AS key, speciality FROM compiled.reckonings;
CREATE TABLE law.levels_accepted AS SELECT e.education, a.level FROM compiled.levels_accepted a JOIN law.educations e ON e.node = a.education;
CREATE TABLE law.codes_accepted AS SELECT e.education, a.code FROM compiled.codes_accepted a JOIN law.educations e ON e.node = a.education;
CREATE TABLE law.recognitions AS SELECT e.education, r.position FROM compiled.recognitions r JOIN law.educations e ON e.node = r.education;
CREATE TABLE law.posts_counted AS
SELECT r.reckoning, c.position, c.category, c.certainty FROM compiled.posts_counted c JOIN law.reckonings r ON r.key = c.reckoning;
CREATE TABLE law.activities_counted AS
SELECT r.reckoning, c.activity FROM compiled.activities_counted c JOIN law.reckonings r ON r.key = c.reckoning;

-- The post in which whoever holds a grade works.
CREATE TABLE law.posts AS SELECT g.grade, p.position, p.category FROM compiled.posts p JOIN law.grades g ON g.slug = p.grade;

-- What a question asks: the grade claimed, by its number, or all grades, or the one that is vacant, by 0; and which reckonings it takes.
CREATE TABLE law.asked AS
SELECT grade AS question, grade FROM law.grades WHERE getvariable('claims_only')
UNION ALL
SELECT 0, grade FROM law.grades WHERE NOT getvariable('claims_only') AND coalesce(CAST(slug AS VARCHAR) = getvariable('vacancy'), true);

-- The alternatives by number. Education 0 and reckoning 0 are none.
CREATE TABLE law.conditions AS
SELECT g.grade, c.number, coalesce(e.education, 0) AS education, c.training, coalesce(r.reckoning, 0) AS reckoning,
    r.speciality IS NOT NULL AS is_in_speciality, coalesce(CAST(c.minimum AS INTEGER), 0) AS minimum
FROM compiled.alternatives c
JOIN law.grades g ON g.slug = c.grade
LEFT JOIN law.educations e ON e.node = c.education
LEFT JOIN law.reckonings r ON r.key = c.reckoning;

-- A question with all that it takes: the reckonings, of which 0 is service in the field of the credential alone; the alternatives of all grades
-- asked about; and the grades, each with the places of its first and last alternative.
CREATE TABLE law.questions AS
WITH numbered AS (
    SELECT a.question, c.*, row_number() OVER (PARTITION BY a.question ORDER BY c.grade, c.number) AS place
    FROM law.asked a
    JOIN law.conditions c USING (grade)
),
grades AS (
    SELECT question, list({grade: grade, first_alternative: first_alternative, last_alternative: last_alternative} ORDER BY grade) AS grades
    FROM (
        SELECT question, grade, min(place) AS first_alternative, max(place) AS last_alternative FROM numbered GROUP BY question, grade
    )
    GROUP BY question
),
reckonings AS (
    SELECT question, list({reckoning: reckoning, is_in_speciality: is_in_speciality, most: most} ORDER BY reckoning) AS reckonings
    FROM (
        SELECT question, reckoning, is_in_speciality, max(minimum) AS most
        FROM numbered
        WHERE reckoning > 0
        GROUP BY question, reckoning, is_in_speciality
        UNION ALL
        SELECT question, 0, true, coalesce(max(minimum) FILTER (WHERE is_in_speciality), 0) FROM numbered GROUP BY question
    )
    GROUP BY question
)
SELECT n.question, r.reckonings, g.grades, list({
    number: n.number,
    education: n.education,
    training: n.training,
    reckoning: n.reckoning,
    is_in_speciality: n.is_in_speciality,
    minimum: n.minimum
} ORDER BY n.place) AS alternatives
FROM numbered n
JOIN reckonings r USING (question)
JOIN grades g USING (question)
GROUP BY ALL;
