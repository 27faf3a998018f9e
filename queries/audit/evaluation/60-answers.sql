-- What is said of each person about a grade, by person, then in the order of the law: the weight, and if the grade is
-- claimed the step to the next one. Several grades of a person may stand in one answer.
CREATE OR REPLACE VIEW answers AS
SELECT w.who, w.grade, p.person, p.first_row, [w.weight] AS weights,
    CASE WHEN c.who IS NOT NULL THEN [{claimed: c.grade, next_grade: s.next_grade, next_date: s.next_date}] END AS steps
FROM weights w
JOIN persons p USING (who)
LEFT JOIN claims c USING (who, grade)
LEFT JOIN next_steps s ON s.who = c.who AND s.grade = c.grade;
