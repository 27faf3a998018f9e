-- The same in bits, which go along with each job and each credential: two for each reckoning, field and education, of which the second is set
-- where it may count, and the first too where it certainly does. Reckoning 0 counts nothing; education 0 asks nothing.
CREATE TABLE work_bits AS
WITH counting AS (
    SELECT w.work, CAST(string_agg(two_bits(coalesce(c.certainty, 0)), '' ORDER BY r.reckoning) AS BIT) AS counted
    FROM work w
    CROSS JOIN (SELECT reckoning FROM law.reckonings UNION ALL SELECT 0) r
    LEFT JOIN counted c ON c.work = w.work AND c.reckoning = r.reckoning
    GROUP BY w.work
),
sharing AS (
    SELECT w.work, CAST(string_agg(two_bits(coalesce(s.certainty, 0)), '' ORDER BY f.field) AS BIT) AS shared
    FROM work w
    CROSS JOIN credential_field f
    LEFT JOIN shared s ON s.work = w.work AND s.field = f.field
    GROUP BY w.work
)
SELECT * FROM counting JOIN sharing USING (work);

CREATE TABLE kind_bits AS
SELECT kind, CAST(string_agg(two_bits(rank), '' ORDER BY education) AS BIT) AS educations
FROM education_result
GROUP BY kind;

-- All of them as lists, by number.
CREATE TABLE bits AS
SELECT
    (SELECT list(counted ORDER BY work) FROM work_bits) AS counted,
    (SELECT list(shared ORDER BY work) FROM work_bits) AS shared,
    (SELECT list(educations ORDER BY kind) FROM kind_bits) AS educations;
