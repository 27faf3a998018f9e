-- Writes the statement that gives one answer of each person about all grades.
SELECT $$
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
LEFT JOIN claiming c USING (who)
$$;
