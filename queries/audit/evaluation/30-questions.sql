-- What is asked of each person: of the claims one question a grade, else one question for all grades; and the record that answers it.
CREATE OR REPLACE VIEW asked AS
WITH each_question AS (
    SELECT *, unnest(claims) AS question FROM record WHERE getvariable('claims_only')
    UNION ALL
    SELECT *, 0 FROM record WHERE NOT getvariable('claims_only')
)
SELECT a.*, coalesce(n.next_steps, []) AS next_steps, q.reckonings
FROM each_question a
JOIN law.questions q USING (question)
LEFT JOIN (
    SELECT person, list({grade: grade, next_grade: next_grade, next_date: next_date}) AS next_steps FROM next_steps GROUP BY person
) n USING (person);
