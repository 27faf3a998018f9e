-- The grades that a question asks about, each with its alternatives; the place is that of the reckoning among those of
-- the question, from 0.
WITH taken AS (
    SELECT a.question, c.*,
        dense_rank() OVER (PARTITION BY a.question ORDER BY c.reckoning)
        - CAST(min(c.reckoning) OVER (PARTITION BY a.question) = 0 AS INTEGER) AS place
    FROM law.asked a
    JOIN law.conditions c USING (grade)
),
grades AS (
    SELECT question, grade, max(place) AS last_place, list({
        number: CAST(number AS INTEGER),
        education: CAST(education AS INTEGER),
        training: training,
        place: CAST(place AS INTEGER),
        is_in_speciality: is_in_speciality,
        minimum: CAST(minimum AS INTEGER)
    } ORDER BY number) AS alternatives
    FROM taken
    GROUP BY question, grade
)
SELECT CAST(question AS INTEGER) AS question, CAST(max(last_place) + 1 AS INTEGER) AS step,
    list({grade: CAST(grade AS INTEGER), alternatives: alternatives} ORDER BY grade) AS grades
FROM grades
GROUP BY question
