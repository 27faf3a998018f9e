-- What is asked of each person: of the claims one question a grade, else one question for all grades; and the record that answers it.
CREATE OR REPLACE TABLE record AS
WITH asked AS (
    SELECT person, unnest(claims) AS question FROM claims WHERE getvariable('claims_only')
    UNION ALL
    SELECT person, 0 FROM (
        SELECT person FROM given.employees UNION SELECT person FROM given.credentials
        UNION SELECT person FROM given.trainings UNION SELECT person FROM given.employments
    ) WHERE in_part(person) AND NOT getvariable('claims_only')
)
SELECT a.person, a.question,
    coalesce(c.claims, []) AS claims,
    coalesce(h.credentials, (SELECT [{kind: 0::BIGINT, field: f.field, educations: b.educations}] FROM credential_field f, kind_bits b WHERE f.field_code IS NULL AND b.kind = 0)) AS credentials,
    coalesce(t.trainings, []) AS trainings,
    coalesce(j.jobs, []) AS jobs,
    coalesce(j.touching, []) AS touching,
    coalesce(n.next_steps, []) AS next_steps,
    q.reckonings
FROM asked a
JOIN law.questions q USING (question)
LEFT JOIN claims c USING (person)
LEFT JOIN credentials h USING (person)
LEFT JOIN trainings t USING (person)
LEFT JOIN jobs j USING (person)
LEFT JOIN (
    SELECT person, list({grade: grade, next_grade: next_grade, next_date: next_date}) AS next_steps FROM next_steps GROUP BY person
) n USING (person)
ORDER BY a.person, a.question;
