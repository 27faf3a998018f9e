-- The parts in which two laws differ. An alternative that only one of them has is one part. A part of no grade concerns
-- all.
WITH numbered AS (
    SELECT coalesce(b.grade, a.grade) AS grade, coalesce(b.number, a.number) AS number, b.grade IS NULL OR a.grade IS NULL AS of_one_law
    FROM before.compiled.alternatives b
    FULL JOIN after.compiled.alternatives a ON a.grade = b.grade AND a.number = b.number
),
compared AS (
    SELECT coalesce(b.grade, a.grade) AS grade, coalesce(b.number, a.number) AS number, coalesce(b.kind, a.kind) AS kind
    FROM before.parts b
    FULL JOIN after.parts a ON a.grade = b.grade AND a.number IS NOT DISTINCT FROM b.number AND a.kind = b.kind
    WHERE b.asked IS DISTINCT FROM a.asked
)
SELECT CASE WHEN c.kind <> 'implied' THEN c.grade END AS grade, c.number,
    CASE WHEN n.of_one_law THEN 'alternative' ELSE c.kind END AS kind,
    CASE
        WHEN c.kind = 'implied' THEN concat('position:', c.grade)
        WHEN c.number IS NULL THEN concat('requirement:', c.grade)
        WHEN n.of_one_law THEN concat('alternative:', c.grade, '-', c.number)
        ELSE concat('condition:', c.grade, '-', c.number, '-', c.kind)
    END AS part
FROM compared c
LEFT JOIN numbered n ON n.grade = c.grade AND n.number = c.number
GROUP BY ALL
ORDER BY ALL;
