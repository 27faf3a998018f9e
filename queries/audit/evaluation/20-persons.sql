-- The claims of the persons of the part.
CREATE OR REPLACE TABLE claimed AS
SELECT DISTINCT e.person, m.grade
FROM given.employees e
JOIN meaning.claims m
    ON m.position = e.position AND m.tier IS NOT DISTINCT FROM e.tier AND m.category IS NOT DISTINCT FROM e.category
WHERE in_part(e.person);

-- Those who are asked something, numbered in the order of their keys: whoever claims a grade, else everyone named in
-- any table; and which is the first row of each among the employees.
CREATE OR REPLACE TABLE persons AS
SELECT CAST(row_number() OVER (ORDER BY person) AS INTEGER) AS who, person, e.first_row
FROM (
    SELECT person FROM claimed WHERE getvariable('claims_only')
    UNION
    SELECT person FROM (
        SELECT person FROM given.employees
        UNION ALL SELECT person FROM given.credentials
        UNION ALL SELECT person FROM given.trainings
        UNION ALL SELECT person FROM given.employments
    ) WHERE in_part(person) AND NOT getvariable('claims_only')
) p
LEFT JOIN (SELECT person, min(row) AS first_row FROM given.employees WHERE in_part(person) GROUP BY person) e
    USING (person);
CREATE OR REPLACE TABLE claims AS SELECT who, grade FROM claimed JOIN persons USING (person);

-- The jobs: whether they certainly count (2) at most, or possibly (1), and when. Without a usable start there is no
-- period; an end before the start makes both unusable; an unusable end leaves a period that only possibly counts. An
-- employment that starts after the as-of date does not count at all.
CREATE OR REPLACE TABLE jobs AS
SELECT p.who, w.counted, w.shared, CASE WHEN e.end_given IS NULL THEN 2 ELSE 1 END AS most,
    CASE WHEN e.has_period THEN period(e.start, e."end" + 1) END AS period
FROM (
    SELECT *, start IS NOT NULL AND coalesce("end" >= start, true) AS has_period
    FROM given.employments
    WHERE in_part(person)
) e
JOIN persons p USING (person)
JOIN work w
    ON w.position IS NOT DISTINCT FROM e.position
    AND w.category IS NOT DISTINCT FROM e.category
    AND w.field IS NOT DISTINCT FROM e.field
    AND w.activity IS NOT DISTINCT FROM e.activity
    AND w.recognised_for IS NOT DISTINCT FROM e.recognised_for
WHERE NOT e.has_period OR e.start <= getvariable('as_of');

-- The credentials that count, in the order in which they serve as witnesses where all else is equal, the latest award
-- first. One dated after the as-of date does not count; one without a usable date does, as if it were the oldest.
-- Whoever has none is judged on the empty one, kind 0.
CREATE OR REPLACE TABLE credentials AS
WITH counting AS (
    SELECT p.who, k.kind, f.field, row_number() OVER (
            PARTITION BY p.who
            ORDER BY coalesce(getvariable('as_of') - c.awarded, 10000000), coalesce(c.entry, CAST(c.row AS VARCHAR))
        ) AS place
    FROM given.credentials c
    JOIN persons p USING (person)
    JOIN written_credential k
        ON k.level IS NOT DISTINCT FROM c.level
        AND k.field IS NOT DISTINCT FROM c.field
        AND k.recognised_for IS NOT DISTINCT FROM c.recognised_for
    JOIN credential_field f ON f.field_code IS NOT DISTINCT FROM k.field_code
    WHERE in_part(c.person) AND (c.awarded IS NULL OR c.awarded <= getvariable('as_of'))
)
FROM counting
UNION ALL
SELECT who, 0, (SELECT field FROM credential_field WHERE field_code IS NULL), 1
FROM persons
ANTI JOIN counting USING (who);

-- The activities that people are trained in, or may be: those of an unknown one. A training dated after the as-of date
-- does not count; one without a usable date does.
CREATE OR REPLACE TABLE trainings AS
SELECT p.who, a.activity, max(CASE WHEN a.activity = m.code THEN 2 ELSE 1 END) AS rank
FROM given.trainings t
JOIN persons p USING (person)
LEFT JOIN meaning.names m ON m.attribute = 'activity' AND m.given = t.activity
JOIN (SELECT DISTINCT training AS activity FROM law.conditions WHERE training IS NOT NULL) a
    ON a.activity = coalesce(m.code, a.activity)
WHERE in_part(t.person) AND (t.completed IS NULL OR t.completed <= getvariable('as_of'))
GROUP BY p.who, a.activity;
