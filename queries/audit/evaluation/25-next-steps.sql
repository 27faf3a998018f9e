-- Which grade is looked ahead to: from each grade held the next ones; or, where a grade is vacant, that one, also by those who hold none of the grades (0).
CREATE OR REPLACE VIEW law.ahead AS
SELECT g.grade AS held, g.grade, n.grade AS next_grade
FROM compiled.next_grades x
JOIN law.grades g ON g.slug = x.grade
JOIN law.grades n ON n.slug = x.next
WHERE getvariable('vacancy') IS NULL
UNION ALL
SELECT h.held, v.grade, v.grade
FROM (SELECT grade AS held FROM law.grades UNION ALL SELECT 0) h
JOIN law.grades v ON CAST(v.slug AS VARCHAR) = getvariable('vacancy');

-- What it takes to get there: the alternatives, and whether working on in the post held counts for them. A grade whose clause is not known on the as-of date
-- is reached on the day from which it is at the earliest.
CREATE OR REPLACE TABLE law.next_steps AS
SELECT l.held, l.grade, l.next_grade, n.known_from, list({
    education: c.education,
    training: c.training,
    reckoning: c.reckoning,
    is_in_speciality: c.is_in_speciality,
    minimum: c.minimum,
    counts_post: EXISTS (
            FROM law.posts_counted p
            WHERE p.reckoning = c.reckoning AND p.position = x.position AND p.category = x.category AND p.certainty = 2
        )
        OR EXISTS (FROM law.reckonings r WHERE r.reckoning = c.reckoning AND r.speciality = x.position)
        OR EXISTS (
            FROM law.activities_counted a
            JOIN compiled.activities_implied i ON i.activity = a.activity
            WHERE a.reckoning = c.reckoning AND i.position = x.position
        )
}) AS alternatives
FROM law.ahead l
JOIN law.grades n ON n.grade = l.next_grade
JOIN law.conditions c ON c.grade = l.next_grade
LEFT JOIN law.posts x ON x.grade = l.held
GROUP BY l.held, l.grade, l.next_grade, n.known_from;

-- The day on which service suffices if it goes on from the as-of date without a break; what grows is the last island, or a new one. It is the first day on
-- which the island's own months and the days left over everywhere make up what the others lack.
CREATE OR REPLACE MACRO growing(island) AS CASE
    WHEN island.day_after_last = getvariable('as_of') + 1 THEN island
    ELSE {first_day: CAST(getvariable('as_of') + 1 AS DATE), day_after_last: CAST(getvariable('as_of') + 1 AS DATE), before: served(island)}
END;
CREATE OR REPLACE MACRO day_reached(island, minimum) AS CAST(least(
    island.first_day + to_months(CAST(minimum - months_of(island.before) AS INTEGER)),
    island.first_day + to_months(CAST(minimum - months_of(island.before) - 1 AS INTEGER))
        + to_days(CAST(30 - island.before % 10000000 % 30 AS INTEGER))) AS DATE) - 1;

-- The next grade of each claim, or the vacant one of each person, and the first day on which it is reached, if the person works on in the post held (in all
-- posts held, for the vacant one), employments that go on do so, and nothing else changes; no day if that does not lead there. Of several next grades the one
-- that is reached first, of these the first in the order of the law.
CREATE OR REPLACE TABLE next_steps AS
WITH claimed AS (
    SELECT * EXCLUDE (claims), unnest(CASE WHEN getvariable('vacancy') IS NOT NULL AND len(claims) = 0 THEN [0] ELSE claims END) AS held FROM record
),
looked_at AS (
    SELECT c.* EXCLUDE (held), n.grade, n.next_grade, n.known_from, n.alternatives FROM claimed c JOIN law.next_steps n USING (held)
),
fitting AS (
    SELECT person, grade, next_grade, known_from, jobs, flatten(list_transform(alternatives, lambda a:
        CASE WHEN a.training IS NULL OR list_contains(trainings, a.training) THEN list_transform(
            CASE WHEN a.education = 0 THEN [{field: NULL}] ELSE list_filter(credentials, lambda h: rank_of(h.educations, a.education) = 2) END,
            lambda h: {field: h.field, reckoning: a.reckoning, is_in_speciality: a.is_in_speciality, minimum: a.minimum, counts_post: a.counts_post})
        ELSE [] END)) AS ways
    FROM looked_at
),
counting AS (
    SELECT * EXCLUDE (jobs), list_transform(ways, lambda w: CASE WHEN w.minimum > 0 THEN list_filter(jobs, lambda j:
        j.most = 2 AND j.first_day IS NOT NULL
        AND (rank_of(j.counted, w.reckoning) = 2 OR (w.is_in_speciality AND coalesce(rank_of(j.shared, w.field), 0) = 2))
    ) END) AS jobs
    FROM fitting
),
grown AS (
    SELECT * EXCLUDE (jobs),
        list_transform(jobs, lambda counted: last_island(counted)) AS islands,
        list_transform(jobs, lambda counted, i:
            CASE WHEN ways[i].counts_post THEN DATE 'infinity' ELSE list_max(list_transform(counted, lambda j: j.until)) END) AS until
    FROM counting
),
reached AS (
    SELECT person, grade, next_grade, known_from, list_min(list_transform(islands, lambda island, i: CASE
        WHEN ways[i].minimum = 0 OR months_of(served(island)) >= ways[i].minimum THEN getvariable('as_of')
        WHEN day_reached(growing(island), ways[i].minimum) <= until[i] THEN day_reached(growing(island), ways[i].minimum)
    END)) AS day
    FROM grown
)
SELECT person, grade,
    arg_min(next_grade, {day: coalesce(day, DATE 'infinity'), place: next_grade}) AS next_grade,
    min(CASE WHEN day IS NOT NULL THEN greatest(day, known_from) END) AS next_date
FROM reached
GROUP BY person, grade;
