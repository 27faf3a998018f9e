-- The kinds of credential with the number of their field, and how each stands to each education condition, by its
-- number: 4 × what is lacking, by number, + met (2), unknown (1) or unmet (0). The kind that is none stands for whoever
-- has no credential.
WITH results AS (
    SELECT kind, list(lacking_in(weight) >> 4 ORDER BY education) AS educations
    FROM education_result
    GROUP BY kind
)
SELECT k.kind IS NULL AS is_none, k.level, k.field, k.recognised_for,
    CAST(f.field AS INTEGER) AS field_number, CAST(r.educations AS SMALLINT[]) AS educations
FROM results r
LEFT JOIN written_credential k USING (kind)
JOIN credential_field f ON f.field_code IS NOT DISTINCT FROM k.field_code
