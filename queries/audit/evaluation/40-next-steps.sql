-- The next grade of each claim, or the vacant one of each person, and the first day on which it is reached, if the
-- person works on in the post held (in all posts held, for the vacant one), employments that go on do so, and nothing
-- else changes; no day if that does not lead there. Of several next grades the one that is reached first, of these the
-- first in the order of the law.
CREATE OR REPLACE TABLE next_steps AS
WITH held AS (
    SELECT who, grade AS held FROM claims
    UNION ALL
    SELECT who, 0 FROM persons ANTI JOIN claims USING (who) WHERE getvariable('vacancy') IS NOT NULL
),
suitable AS MATERIALIZED (
    SELECT w.*, e.kind FROM law.ways w JOIN education_result e ON e.education = w.education AND e.rank = 2
),
fitting AS (
    SELECT h.who, w.grade, w.next_grade, w.known_from, w.minimum,
        coalesce(m.certain, o.certain, 0) AS certain,
        CASE WHEN w.counts_post THEN DATE 'infinity' WHEN m.key IS NOT NULL THEN m.until ELSE o.until END AS until,
        day_reached(
            coalesce(m.growing_from, o.growing_from, CAST(getvariable('as_of') + 1 AS DATE)),
            coalesce(m.before, o.before, 0),
            w.minimum) AS day
    FROM held h
    JOIN credentials c USING (who)
    JOIN suitable w USING (held, kind)
    LEFT JOIN trainings t ON t.who = h.who AND t.activity = w.training
    LEFT JOIN months m ON m.key = service_key(h.who, w.reckoning, CASE WHEN w.is_in_speciality THEN c.field END)
    LEFT JOIN months o ON o.key = service_key(h.who, 0, c.field) AND w.is_in_speciality
    WHERE w.training IS NULL OR t.rank = 2
),
reached AS (
    SELECT who, grade, next_grade,
        min(greatest(known_from, CASE WHEN certain >= minimum THEN getvariable('as_of') ELSE day END)) AS day
    FROM fitting
    WHERE certain >= minimum OR day <= until
    GROUP BY who, grade, next_grade
)
SELECT h.who, l.grade,
    arg_min(l.next_grade, {day: coalesce(r.day, DATE 'infinity'), place: l.next_grade}) AS next_grade,
    min(r.day) AS next_date
FROM held h
JOIN law.ahead l USING (held)
LEFT JOIN reached r ON r.who = h.who AND r.grade = l.grade AND r.next_grade = l.next_grade
GROUP BY h.who, l.grade;
