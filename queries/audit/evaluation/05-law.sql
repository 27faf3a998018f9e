-- The compiled law by numbers: grades in the order of the law, reckonings in that of their names, education conditions
-- in that of what they ask, and those that ask the same are one. A grade has a note where the as-of date is earlier
-- than the days from which its clause can be in force, or is known in its wording.
CREATE TYPE outcomes AS ENUM ('qualified', 'undetermined', 'not-qualified');
CREATE TYPE slugs AS ENUM (SELECT grade FROM compiled.grades);
CREATE TABLE law.grades AS
SELECT row_number() OVER () AS grade, CAST(g.grade AS slugs) AS slug,
    CASE
        WHEN g.in_force_from > CAST(strftime(getvariable('as_of'), '%Y%m%d') AS INTEGER) THEN 'not-in-force'
        WHEN g.wording_known_from > CAST(strftime(getvariable('as_of'), '%Y%m%d') AS INTEGER) THEN 'wording-unknown'
    END AS note,
    strptime(CAST(greatest(g.in_force_from, g.wording_known_from) AS VARCHAR), '%Y%m%d')::DATE AS known_from
FROM compiled.grades g;

CREATE TABLE law.education_numbers AS
WITH levels AS (SELECT education, list(level ORDER BY level) AS levels FROM compiled.levels_accepted GROUP BY ALL),
codes AS (SELECT education, list(code ORDER BY code) AS codes FROM compiled.codes_accepted GROUP BY ALL),
posts AS (SELECT education, list(position ORDER BY position) AS posts FROM compiled.recognitions GROUP BY ALL)
SELECT education AS node, field_rule, dense_rank() OVER (ORDER BY field_rule, levels, codes, posts) AS education
FROM compiled.educations
LEFT JOIN levels USING (education)
LEFT JOIN codes USING (education)
LEFT JOIN posts USING (education);
CREATE TABLE law.educations AS
SELECT DISTINCT ON (education) education, node, field_rule FROM law.education_numbers ORDER BY node;
CREATE TABLE law.reckonings AS
SELECT row_number() OVER (ORDER BY reckoning) AS reckoning, reckoning AS key, speciality FROM compiled.reckonings;
CREATE TABLE law.levels_accepted AS
SELECT e.education, a.level FROM compiled.levels_accepted a JOIN law.educations e ON e.node = a.education;
CREATE TABLE law.codes_accepted AS
SELECT e.education, a.code FROM compiled.codes_accepted a JOIN law.educations e ON e.node = a.education;
CREATE TABLE law.recognitions AS
SELECT e.education, r.position FROM compiled.recognitions r JOIN law.educations e ON e.node = r.education;
CREATE TABLE law.posts_counted AS
SELECT r.reckoning, c.position, c.category, c.certainty
FROM compiled.posts_counted c
JOIN law.reckonings r ON r.key = c.reckoning;
CREATE TABLE law.activities_counted AS
SELECT r.reckoning, c.activity FROM compiled.activities_counted c JOIN law.reckonings r ON r.key = c.reckoning;

-- The post in which whoever holds a grade works.
CREATE TABLE law.posts AS
SELECT g.grade, p.position, p.category FROM compiled.posts p JOIN law.grades g ON g.slug = p.grade;

-- What people are asked: about the grades that they claim, by number, or about all grades, or the one that is vacant
-- (0).
CREATE TABLE law.asked AS
SELECT grade AS question, grade FROM law.grades WHERE getvariable('claims_only')
UNION ALL
SELECT 0, grade FROM law.grades
WHERE NOT getvariable('claims_only') AND coalesce(CAST(slug AS VARCHAR) = getvariable('vacancy'), true);

-- The alternatives by number. Education 0 and reckoning 0 are none.
CREATE TABLE law.conditions AS
SELECT g.grade, c.number, coalesce(e.education, 0) AS education, c.training, coalesce(r.reckoning, 0) AS reckoning,
    r.speciality IS NOT NULL AS is_in_speciality, coalesce(c.minimum, 0) AS minimum
FROM compiled.alternatives c
JOIN law.grades g ON g.slug = c.grade
LEFT JOIN law.education_numbers e ON e.node = c.education
LEFT JOIN law.reckonings r ON r.key = c.reckoning;

-- Which grade is looked ahead to: from each grade held the next ones; or, where a grade is vacant, that one, also by
-- those who hold none of the grades (0).
CREATE TABLE law.ahead AS
SELECT g.grade AS held, g.grade, n.grade AS next_grade
FROM compiled.next_grades x
JOIN law.grades g ON g.slug = x.grade
JOIN law.grades n ON n.slug = x.next
WHERE getvariable('vacancy') IS NULL
UNION ALL
SELECT h.held, v.grade, v.grade
FROM (SELECT grade AS held FROM law.grades UNION ALL SELECT 0) h
JOIN law.grades v ON CAST(v.slug AS VARCHAR) = getvariable('vacancy');

-- The ways to get there: its alternatives, and whether working on in the post held counts for them. A grade whose
-- clause is not known on the as-of date is reached on the day from which it is at the earliest.
CREATE TABLE law.ways AS
SELECT l.held, l.grade, l.next_grade, n.known_from, c.education, c.training, c.reckoning, c.is_in_speciality, c.minimum,
    EXISTS (
        FROM law.posts_counted p
        WHERE p.reckoning = c.reckoning AND p.position = x.position AND p.category = x.category AND p.certainty = 2
    )
    OR EXISTS (FROM law.reckonings r WHERE r.reckoning = c.reckoning AND r.speciality = x.position)
    OR EXISTS (
        FROM law.activities_counted a
        JOIN compiled.activities_implied i ON i.activity = a.activity
        WHERE a.reckoning = c.reckoning AND i.position = x.position
    ) AS counts_post
FROM law.ahead l
JOIN law.grades n ON n.grade = l.next_grade
JOIN law.conditions c ON c.grade = l.next_grade
LEFT JOIN law.posts x ON x.grade = l.held;

-- The reckonings that an answer takes: of what is asked about, and of what is looked ahead to from a grade held.
CREATE TABLE law.takes AS
SELECT DISTINCT * FROM (
    SELECT a.question, c.reckoning, c.is_in_speciality FROM law.asked a JOIN law.conditions c USING (grade)
    UNION ALL
    SELECT CASE WHEN getvariable('claims_only') THEN held ELSE 0 END, reckoning, is_in_speciality FROM law.ways
)
WHERE reckoning > 0;
