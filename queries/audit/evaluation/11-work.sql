-- What the employments of a roster say of themselves, but for their dates; and which kind of work that is, and which
-- trade, of which there are few, whatever the number of persons. A title that is no code is a post outside the order;
-- where nothing is given the position is unknown.
CREATE TABLE written_work AS
SELECT *, dense_rank() OVER (ORDER BY position_code, category_code, activity_code, recognised_for) AS kind,
    dense_rank() OVER (ORDER BY position_code, field_code) AS trade
FROM (
    SELECT written.*,
        CASE WHEN written.position IS NULL THEN 'unknown' ELSE coalesce(p.code, 'outside') END AS position_code,
        coalesce(c.code, 'unknown') AS category_code,
        field_code_of(written.field) AS field_code,
        coalesce(a.code, i.activity) AS activity_code
    FROM (SELECT DISTINCT position, category, field, activity, recognised_for FROM given.employments) written
    LEFT JOIN meaning.names p ON p.attribute = 'position' AND p.given = written.position
    LEFT JOIN meaning.names c ON c.attribute = 'category' AND c.given = written.category
    LEFT JOIN meaning.names a ON a.attribute = 'activity' AND a.given = written.activity
    LEFT JOIN compiled.activities_implied i ON i.position = p.code
);
CREATE TABLE work_kind AS
SELECT DISTINCT kind, position_code, category_code, activity_code, recognised_for FROM written_work;
CREATE TABLE work_trade AS SELECT DISTINCT trade, position_code, field_code FROM written_work;

-- Which kind of work counts for which reckoning whatever the credential: certainly (2) or possibly (1).
CREATE TABLE counted AS
SELECT kind, reckoning, max(certainty) AS certainty
FROM (
    SELECT w.kind, c.reckoning, c.certainty
    FROM work_kind w
    JOIN law.posts_counted c ON c.position = w.position_code AND c.category = w.category_code
    UNION ALL
    SELECT w.kind, r.reckoning, 2
    FROM work_kind w
    JOIN law.reckonings r ON r.speciality = w.position_code
    UNION ALL
    SELECT w.kind, r.reckoning, 2
    FROM work_kind w
    JOIN meaning.recognitions m ON m.given = w.recognised_for
    JOIN law.reckonings r ON r.speciality = m.position
    UNION ALL
    SELECT w.kind, a.reckoning, CASE WHEN w.activity_code IS NULL THEN 1 ELSE 2 END
    FROM work_kind w
    JOIN law.activities_counted a ON coalesce(a.activity = w.activity_code, true)
)
GROUP BY kind, reckoning;

-- Which trade is in the field of a credential, and so counts for any speciality: certainly (2), with the same code;
-- possibly (1), where a code is missing or broader, or the position is unknown or may imply the field.
CREATE TABLE shared AS
SELECT w.trade, f.field, CASE WHEN coalesce(w.field_code = f.field_code, false) THEN 2 ELSE 1 END AS certainty
FROM work_trade w
CROSS JOIN credential_field f
WHERE w.position_code = 'unknown'
    OR f.field_code IS NULL
    OR CASE
        WHEN w.field_code IS NOT NULL
        THEN starts_with(w.field_code, f.field_code) OR starts_with(f.field_code, w.field_code)
        ELSE NOT EXISTS (FROM compiled.codes_implied i WHERE i.position = w.position_code)
            OR EXISTS (
                FROM compiled.codes_implied i
                WHERE i.position = w.position_code
                    AND (starts_with(i.code, f.field_code) OR starts_with(f.field_code, i.code))
            )
    END;

-- The same in bits, which go along with each job: two for each reckoning and each field, of which the second is set
-- where the work may count, and the first too where it certainly does. Reckoning 0 counts nothing.
CREATE TABLE work AS
WITH counting AS (
    SELECT w.kind, CAST(string_agg(two_bits(coalesce(c.certainty, 0)), '' ORDER BY r.reckoning) AS BIT) AS counted
    FROM work_kind w
    CROSS JOIN (SELECT reckoning FROM law.reckonings UNION ALL SELECT 0) r
    LEFT JOIN counted c ON c.kind = w.kind AND c.reckoning = r.reckoning
    GROUP BY w.kind
),
sharing AS (
    SELECT w.trade, CAST(string_agg(two_bits(coalesce(s.certainty, 0)), '' ORDER BY f.field) AS BIT) AS shared
    FROM work_trade w
    CROSS JOIN credential_field f
    LEFT JOIN shared s ON s.trade = w.trade AND s.field = f.field
    GROUP BY w.trade
)
SELECT w.position, w.category, w.field, w.activity, w.recognised_for, c.counted, s.shared
FROM written_work w
JOIN counting c USING (kind)
JOIN sharing s USING (trade);
