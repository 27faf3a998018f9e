-- Writes the statement that weighs all grades at once: what 40-weights.sql makes row by row is made here column by
-- column, one for each reckoning, education, alternative and grade of the law, which takes a fraction of the time where
-- all are asked about.
SELECT replace(replace(replace(replace(replace(replace($$
CREATE OR REPLACE TABLE weights AS
WITH ranks AS (SELECT kind, [ranks] FROM education_result GROUP BY kind),
packed AS (
    SELECT CAST(key >> 24 AS INTEGER) AS who, nullif(key & 4095, 4095) AS field, key >> 12 & 4095 AS reckoning,
        (least(certain, 4095) << 12) + least(possible, 4095) AS months
    FROM months
),
served AS (SELECT who, field, [served] FROM packed GROUP BY who, field),
trained AS (SELECT who, [trained] FROM trainings GROUP BY who),
reckoned AS (
    SELECT c.who, c.place, r.*, [reckoned]
    FROM credentials c
    JOIN ranks r USING (kind)
    LEFT JOIN served p ON p.who = c.who AND p.field IS NULL
    LEFT JOIN served s ON s.who = c.who AND s.field = c.field
),
beside AS (SELECT who, [beside] FROM reckoned GROUP BY who)
SELECT b.who, [[weighed]] AS weights FROM beside b LEFT JOIN trained t USING (who)
$$,
    '[ranks]', (
        SELECT string_agg(format('max(standing) FILTER (education = {0}) AS education_{0}', education), ', ')
        FROM (SELECT DISTINCT education FROM law.conditions)
    )),
    '[served]', (
        SELECT string_agg(format('max(months) FILTER (reckoning = {0}) AS months_{0}', reckoning), ', ')
        FROM (SELECT reckoning FROM law.reckonings UNION ALL SELECT 0)
    )),
    '[trained]', (
        SELECT string_agg(format('max(rank) FILTER (activity = ''{0}'') AS "trained in {0}"', training), ', ')
        FROM (SELECT DISTINCT coalesce(training, '') AS training FROM law.conditions)
    )),
    '[reckoned]', (
        SELECT string_agg(CASE
            WHEN is_in_speciality THEN format('coalesce(s.months_{0}, s.months_0, 0) AS special_{0}', reckoning)
            ELSE format('coalesce(p.months_{0}, 0) AS plain_{0}', reckoning)
        END, ', ')
        FROM (SELECT DISTINCT reckoning, is_in_speciality FROM law.conditions)
    )),
    '[beside]', (
        SELECT string_agg(format(
            'min(weight_beside(education_{0}, {1} >> 12, {1} & 4095, {2}, place)) AS weight_{3}_{4}',
            education, CASE WHEN is_in_speciality THEN 'special_' ELSE 'plain_' END || reckoning, minimum, grade, number
        ), ', ')
        FROM law.conditions
    )),
    '[weighed]', (
        SELECT string_agg(format('least({})', alternatives), ', ' ORDER BY grade)
        FROM (
            SELECT c.grade, string_agg(format(
                    'weight_of(b.weight_{0}_{1}, {0}, {1}, {2})', c.grade, c.number,
                    CASE WHEN c.training IS NULL THEN '2' ELSE format('coalesce(t."trained in {}", 0)', c.training) END
                ), ', ') AS alternatives
            FROM law.conditions c
            JOIN law.asked USING (grade)
            GROUP BY c.grade
        )
    ));
