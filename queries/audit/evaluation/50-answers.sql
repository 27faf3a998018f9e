-- How well each person meets each grade asked about: the weight of the best of its alternatives, each with its best
-- credential.
CREATE OR REPLACE TABLE weights AS
WITH beside AS (
    SELECT a.who, l.grade, c.number, c.training, min(weight_beside(
            e.weight,
            experience_weight(coalesce(m.certain, o.certain, 0), coalesce(m.possible, o.possible, 0), c.minimum),
            h.place)) AS weight
    FROM asking a
    JOIN law.asked l USING (question)
    JOIN law.conditions c USING (grade)
    JOIN credentials h USING (who)
    JOIN education_result e ON e.kind = h.kind AND e.education = c.education
    LEFT JOIN months m ON m.key = service_key(a.who, c.reckoning, CASE WHEN c.is_in_speciality THEN h.field END)
    LEFT JOIN months o ON o.key = service_key(a.who, 0, h.field) AND c.is_in_speciality
    GROUP BY ALL
)
SELECT b.who, b.grade, min(weight_of(
        b.weight,
        training_weight(CASE WHEN b.training IS NULL THEN 2 ELSE coalesce(t.rank, 0) END),
        b.grade, b.number)) AS weight
FROM beside b
LEFT JOIN trainings t ON t.who = b.who AND t.activity = b.training
GROUP BY b.who, b.grade;

-- What is said of each person: weights, and of the grades claimed the next ones. Here about one grade in each answer.
CREATE OR REPLACE VIEW answers AS
SELECT w.who, w.grade, p.person, p.first_row, [w.weight] AS weights,
    CASE WHEN c.who IS NOT NULL THEN [{claimed: c.grade, next_grade: s.next_grade, next_date: s.next_date}] END AS steps
FROM weights w
JOIN persons p USING (who)
LEFT JOIN claims c USING (who, grade)
LEFT JOIN next_steps s ON s.who = c.who AND s.grade = c.grade;
