-- The jobs of each person in the order in which they began, as periods of a kind of work: from the first day up to the day after
-- the last one. Without a usable start there is no period; an end before the start makes both unusable; an unusable end leaves a
-- period that only possibly counts. An employment that starts after the as-of date does not count at all.
CREATE OR REPLACE TABLE jobs AS
SELECT e.person,
    list({
        first_day: CASE WHEN e.has_period THEN e.start END,
        day_after_last: CASE WHEN e.has_period THEN least(coalesce(e."end" + 1, e.day_after), e.day_after) END,
        counted: b.counted,
        shared: b.shared,
        most: CASE WHEN e.end_given IS NULL THEN 2 ELSE 1 END,
        goes_on: coalesce(e."end" >= e.day_after, true)
    } ORDER BY e.start) AS jobs,
    list_distinct(flatten(list(b.touching))) AS touching
FROM (
    SELECT *, start IS NOT NULL AND coalesce("end" >= start, true) AS has_period, getvariable('as_of') + 1 AS day_after
    FROM given.employments
    WHERE in_part(person)
) e
JOIN work w
    ON w.position IS NOT DISTINCT FROM e.position
    AND w.category IS NOT DISTINCT FROM e.category
    AND w.field IS NOT DISTINCT FROM e.field
    AND w.activity IS NOT DISTINCT FROM e.activity
    AND w.recognised_for IS NOT DISTINCT FROM e.recognised_for
JOIN work_bits b ON b.work = w.work
WHERE NOT e.has_period OR e.start <= getvariable('as_of')
GROUP BY e.person;

-- The credentials of each person that count, in the order in which they serve as witnesses where all else is equal: the latest award
-- first. One dated after the as-of date does not count; one without a usable date does.
CREATE OR REPLACE TABLE credentials AS
SELECT c.person,
    list({kind: k.kind, field: f.field, educations: b.educations} ORDER BY c.awarded DESC NULLS LAST, coalesce(c.entry, CAST(c.row AS VARCHAR))) AS credentials
FROM given.credentials c
JOIN credential_kind k
    ON k.level IS NOT DISTINCT FROM c.level
    AND k.field IS NOT DISTINCT FROM c.field
    AND k.recognised_for IS NOT DISTINCT FROM c.recognised_for
JOIN kind_bits b ON b.kind = k.kind
JOIN credential_field f ON f.field_code IS NOT DISTINCT FROM k.field_code
WHERE in_part(c.person) AND (c.awarded IS NULL OR c.awarded <= getvariable('as_of'))
GROUP BY c.person;

-- The activities that each person is trained in, null standing for one that is not known. A training dated after the as-of date does
-- not count; one without a usable date does.
CREATE OR REPLACE TABLE trainings AS
SELECT t.person, list(DISTINCT coalesce(a.code, 'unknown')) AS trainings
FROM given.trainings t
LEFT JOIN meaning.names a ON a.attribute = 'activity' AND a.given = t.activity
WHERE in_part(t.person) AND (t.completed IS NULL OR t.completed <= getvariable('as_of'))
GROUP BY t.person;

CREATE OR REPLACE TABLE claims AS
SELECT e.person, list(DISTINCT m.grade ORDER BY m.grade) AS claims
FROM given.employees e
JOIN meaning.claims m
    ON m.position = e.position AND m.tier IS NOT DISTINCT FROM e.tier AND m.category IS NOT DISTINCT FROM e.category
WHERE in_part(e.person)
GROUP BY e.person;
