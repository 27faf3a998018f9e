-- The kinds of work: which reckonings each counts for, and whether it is in the field of a credential; by the number of
-- the reckoning, of which 0 counts nothing, and of the field: certainly (2), possibly (1) or not (0). The reckonings
-- that it counts for at all are named besides.
WITH counting AS (
    SELECT w.kind, list(CAST(coalesce(c.certainty, 0) AS TINYINT) ORDER BY r.reckoning) AS counted,
        coalesce(list(CAST(r.reckoning AS SMALLINT)) FILTER (WHERE c.certainty > 0), []) AS touching
    FROM work_kind w
    CROSS JOIN (SELECT reckoning FROM law.reckonings UNION ALL SELECT 0) r
    LEFT JOIN counted c ON c.kind = w.kind AND c.reckoning = r.reckoning
    GROUP BY w.kind
),
sharing AS (
    SELECT w.trade, list(CAST(coalesce(s.certainty, 0) AS TINYINT) ORDER BY f.field) AS shared
    FROM work_trade w
    CROSS JOIN credential_field f
    LEFT JOIN shared s ON s.trade = w.trade AND s.field = f.field
    GROUP BY w.trade
)
SELECT w.position, w.category, w.field, w.activity, w.recognised_for, c.counted, c.touching, s.shared
FROM written_work w
JOIN counting c USING (kind)
JOIN sharing s USING (trade)
