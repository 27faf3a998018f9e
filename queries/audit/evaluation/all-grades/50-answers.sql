-- Writes the statements that answer about all grades at once: what 50-answers.sql makes row by row is made here column
-- by column, one for each education, reckoning, alternative and grade of the law, which takes a fraction of the time
-- where all are asked about. A person has one answer, with all weights.
SELECT replace(replace(replace(replace(replace(replace(replace($$
CREATE OR REPLACE TABLE weights AS
WITH educated AS (SELECT kind, [educated] FROM education_result GROUP BY kind),
packed AS (
    SELECT who_in(key) AS who, field_in(key) AS field, reckoning_in(key) AS reckoning,
        CAST((least(certain, 4095) << 12) + least(possible, 4095) AS INTEGER) AS months
    FROM months
),
served AS (SELECT who, [served] FROM packed WHERE field IS NULL GROUP BY who),
specialised AS (SELECT who, field, [specialised] FROM packed WHERE field IS NOT NULL GROUP BY who, field),
experienced AS (
    SELECT c.who, c.place, e.* EXCLUDE (kind), [experienced]
    FROM credentials c
    JOIN educated e USING (kind)
    LEFT JOIN served s ON s.who = c.who
    LEFT JOIN specialised f ON f.who = c.who AND f.field = c.field
),
beside AS (SELECT who, [beside] FROM experienced GROUP BY who),
trained AS (SELECT who, [trained] FROM trainings GROUP BY who)
SELECT b.who, [[weighed]] AS weights FROM beside b LEFT JOIN trained t USING (who);

CREATE OR REPLACE VIEW answers AS
WITH claiming AS (
    SELECT who, list({claimed: c.grade, next_grade: s.next_grade, next_date: s.next_date}) AS steps
    FROM claims c
    LEFT JOIN next_steps s USING (who, grade)
    GROUP BY who
)
SELECT w.who, NULL AS grade, p.person, p.first_row, w.weights, c.steps
FROM weights w
JOIN persons p USING (who)
LEFT JOIN claiming c USING (who);
$$,
    '[educated]', (
        SELECT string_agg(format('max(weight) FILTER (education = {0}) AS education_{0}', education), ', ')
        FROM (SELECT DISTINCT education FROM law.conditions)
    )),
    '[served]', (
        SELECT string_agg(format('max(months) FILTER (reckoning = {0}) AS months_{0}', reckoning), ', ')
        FROM (SELECT reckoning FROM law.conditions WHERE NOT is_in_speciality UNION SELECT 0)
    )),
    '[specialised]', (
        SELECT string_agg(format('max(months) FILTER (reckoning = {0}) AS months_{0}', reckoning), ', ')
        FROM (SELECT reckoning FROM law.conditions WHERE is_in_speciality UNION SELECT 0)
    )),
    '[experienced]', (
        SELECT string_agg(format(
            'experience_weight({0} >> 12, {0} & 4095, {1}) AS experience_{2}_{3}_{1}',
            CASE
                WHEN is_in_speciality THEN format('coalesce(f.months_{}, f.months_0, 0)', reckoning)
                ELSE format('coalesce(s.months_{}, 0)', reckoning)
            END, minimum, reckoning, is_in_speciality
        ), ', ')
        FROM (SELECT DISTINCT reckoning, is_in_speciality, minimum FROM law.conditions)
    )),
    '[beside]', (
        SELECT string_agg(format(
            'min(weight_beside(education_{}, experience_{}_{}_{}, place)) AS weight_{}_{}',
            education, reckoning, is_in_speciality, minimum, grade, number
        ), ', ')
        FROM law.conditions
    )),
    '[trained]', (
        SELECT string_agg(format('max(rank) FILTER (activity = ''{0}'') AS "trained in {0}"', training), ', ')
        FROM (SELECT DISTINCT coalesce(training, '') AS training FROM law.conditions)
    )),
    '[weighed]', (
        SELECT string_agg(format('least({})', alternatives), ', ' ORDER BY grade)
        FROM (
            SELECT c.grade, string_agg(format(
                    'weight_of(b.weight_{0}_{1}, training_weight({2}), {0}, {1})', c.grade, c.number,
                    CASE WHEN c.training IS NULL THEN '2' ELSE format('coalesce(t."trained in {}", 0)', c.training) END
                ), ', ') AS alternatives
            FROM law.conditions c
            JOIN law.asked USING (grade)
            GROUP BY c.grade
        )
    ));
