-- The jobs of each person as periods of a kind of work: from the first day up to the day after the last one. Without a usable start there is no period; an end
-- before the start makes both unusable; an unusable end leaves a period that only possibly counts. An employment that starts after the as-of date does not
-- count at all. And what some job of the person counts for.
CREATE OR REPLACE TABLE jobs AS
SELECT e.person, bit_or(b.counted) AS counted, list({
        first_day: CASE WHEN e.has_period THEN e.start END,
        day_after_last: CASE WHEN e.has_period THEN least(coalesce(e."end" + 1, e.day_after), e.day_after) END,
        work: w.work,
        most: CASE WHEN e.end_given IS NULL THEN 2 ELSE 1 END,
        until: CASE WHEN e."end" IS NULL THEN DATE 'infinity' WHEN e."end" >= e.day_after THEN e."end" END
    }) AS jobs
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
JOIN work_bits b USING (work)
WHERE NOT e.has_period OR e.start <= getvariable('as_of')
GROUP BY e.person;

-- The credentials of each person that count. One dated after the as-of date does not; one without a usable date does, as if it were the oldest.
CREATE OR REPLACE TABLE credentials AS
SELECT c.person, list({
        age: coalesce(getvariable('as_of') - c.awarded, 10000000),
        key: coalesce(c.entry, CAST(c.row AS VARCHAR)),
        kind: k.kind,
        field: f.field
    }) AS credentials
FROM given.credentials c
JOIN credential_kind k
    ON k.level IS NOT DISTINCT FROM c.level
    AND k.field IS NOT DISTINCT FROM c.field
    AND k.recognised_for IS NOT DISTINCT FROM c.recognised_for
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

-- Everyone named in any table, or with a claim, with what was gathered: jobs in the order in which they began, credentials in the order in which they serve as
-- witnesses where all else is equal, the latest award first.
CREATE OR REPLACE TABLE gathered AS
WITH named AS (
    SELECT person FROM claims WHERE getvariable('claims_only')
    UNION ALL
    SELECT person FROM (
        SELECT person FROM given.employees UNION SELECT person FROM given.credentials
        UNION SELECT person FROM given.trainings UNION SELECT person FROM given.employments
    ) WHERE in_part(person) AND NOT getvariable('claims_only')
)
SELECT n.person, coalesce(c.claims, []) AS claims, list_sort(h.credentials) AS credentials, coalesce(t.trainings, []) AS trainings,
    list_sort(coalesce(j.jobs, [])) AS jobs, j.counted
FROM named n
LEFT JOIN claims c USING (person)
LEFT JOIN credentials h USING (person)
LEFT JOIN trainings t USING (person)
LEFT JOIN jobs j USING (person);

-- Their records, with the bits of each job and credential: joined to nothing else, lest the lists of all bits be copied with each person. Whoever has no
-- credential is judged on the empty one, kind 0.
CREATE OR REPLACE TABLE record AS
SELECT g.person, g.claims, g.trainings, g.counted,
    list_transform(
        coalesce(g.credentials, [{age: 0, key: '', kind: 0, field: (SELECT field FROM credential_field WHERE field_code IS NULL)}]),
        lambda one: {kind: one.kind, field: one.field, educations: bits.educations[one.kind + 1]}) AS credentials,
    list_transform(g.jobs, lambda one: {
        first_day: one.first_day,
        day_after_last: one.day_after_last,
        counted: bits.counted[one.work],
        shared: bits.shared[one.work],
        most: one.most,
        until: one.until
    }) AS jobs
FROM gathered g
CROSS JOIN bits;
