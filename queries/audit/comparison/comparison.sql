-- The better verdict first.
CREATE MACRO place_of(verdict) AS list_position(['qualified', 'undetermined', 'not-qualified'], verdict);

-- Who is judged otherwise under the other law. A grade that one law does not have, or that a post does not mean under
-- it, has no verdict there. What did it are parts of one alternative: of the one that gave the better verdict, which
-- only one of the laws gives, for a verdict is that of the best one.
CREATE TABLE comparison AS
WITH judged AS (
    SELECT coalesce(b.person, a.person) AS person, coalesce(b.grade, a.grade) AS grade,
        coalesce(b.claimed, false) OR coalesce(a.claimed, false) AS claimed,
        b.verdict AS verdict_before, a.verdict AS verdict_after, b.reason AS reason_before, a.reason AS reason_after,
        CASE WHEN place_of(b.verdict) < place_of(a.verdict) THEN b.best_alternative ELSE a.best_alternative END AS number,
        b.person IS NOT NULL AND a.person IS NOT NULL AS is_judged_twice
    FROM before.verdicts b
    FULL JOIN after.verdicts a ON a.person = b.person AND a.grade = b.grade
    WHERE b.verdict IS DISTINCT FROM a.verdict
),
of_alternative AS (
    SELECT grade, number, string_agg(part, ';' ORDER BY part) AS parts FROM differences WHERE number IS NOT NULL GROUP BY grade, number
),
of_grade AS (
    SELECT l.grade, string_agg(d.part, ';' ORDER BY d.part) AS parts
    FROM looked_at l
    JOIN differences d ON d.number IS NULL AND coalesce(d.grade = l.grade, true)
    GROUP BY l.grade
)
SELECT j.person, j.grade, j.claimed, j.verdict_before, j.verdict_after,
    CASE
        WHEN j.verdict_before IS NULL THEN 'newly-judged'
        WHEN j.verdict_after IS NULL THEN 'no-longer-judged'
        WHEN j.verdict_after = 'qualified' THEN 'gains'
        WHEN j.verdict_after = 'undetermined' THEN 'becomes-undetermined'
        ELSE 'loses'
    END AS change,
    j.reason_before, j.reason_after,
    CASE WHEN j.is_judged_twice THEN nullif(concat_ws(';', o.parts, w.parts), '') END AS conditions
FROM judged j
JOIN looked_at l ON l.grade = j.grade
LEFT JOIN of_alternative o ON o.grade = j.grade AND o.number = j.number
LEFT JOIN of_grade w ON w.grade = j.grade
ORDER BY j.person, l.ordinal;

-- How many persons change how, by grade in the order of the law, and how many of them claim the grade.
CREATE TABLE summary AS
SELECT l.position, c.grade, c.change, count(*) AS persons, count(*) FILTER (WHERE c.claimed) AS claims
FROM comparison c
JOIN looked_at l ON l.grade = c.grade
GROUP BY l.ordinal, l.position, c.grade, c.change
ORDER BY l.ordinal, c.change;
