-- What the credentials of a roster say of themselves, and which kind of credential that is. Kinds are few, whatever the
-- number of persons.
CREATE TABLE written_credential AS
SELECT *, dense_rank() OVER (ORDER BY level_code, field_code, recognised_for) AS kind
FROM (
    SELECT written.*, l.code AS level_code, field_code_of(written.field) AS field_code
    FROM (SELECT DISTINCT level, field, recognised_for FROM given.credentials) written
    LEFT JOIN meaning.names l ON l.attribute = 'level' AND l.given = written.level
);
CREATE TABLE credential_kind AS SELECT DISTINCT kind, level_code, field_code, recognised_for FROM written_credential;

-- The fields of the credentials; whoever has no credential is judged on one without level and field.
CREATE TABLE credential_field AS
SELECT row_number() OVER () - 1 AS field, field_code FROM (SELECT field_code FROM credential_kind UNION SELECT NULL);

-- How each kind of credential stands to each education condition: level and field, each met (2), unknown (1) or unmet
-- (0), and what is wrong where it does not meet the condition. Kind 0 is no credential; condition 0 asks nothing.
CREATE TABLE education_result AS
WITH compared AS (
    SELECT k.kind, e.education, e.field_rule,
        CASE
            WHEN k.level_code IS NULL THEN 1
            WHEN EXISTS (FROM law.levels_accepted a WHERE a.education = e.education AND a.level = k.level_code) THEN 2
            ELSE 0
        END AS level_rank,
        CASE
            WHEN e.field_rule = 'levelOnly' THEN 2
            WHEN EXISTS (
                FROM law.codes_accepted a WHERE a.education = e.education AND starts_with(k.field_code, a.code)
            ) THEN 2
            WHEN EXISTS (
                FROM law.recognitions r
                JOIN meaning.recognitions m ON m.position = r.position
                WHERE r.education = e.education AND m.given = k.recognised_for
            ) THEN 2
            WHEN e.field_rule = 'silent' OR k.field_code IS NULL THEN 1
            WHEN EXISTS (
                FROM law.codes_accepted a WHERE a.education = e.education AND starts_with(a.code, k.field_code)
            ) THEN 1
            ELSE 0
        END AS field_rank
    FROM credential_kind k
    CROSS JOIN law.educations e
),
told AS (
    SELECT kind, education, least(level_rank, field_rank) AS rank,
        concat_ws(';',
            CASE level_rank WHEN 1 THEN 'education-level-unknown' WHEN 0 THEN 'education-level-unmet' END,
            CASE
                WHEN field_rank = 1 AND field_rule = 'silent' THEN 'education-field-not-stated'
                WHEN field_rank = 1 THEN 'education-field-unknown'
                WHEN field_rank = 0 THEN 'education-field-unmet'
            END) AS lacking
    FROM compared
    UNION ALL
    SELECT 0, education, 0, 'education-no-credential' FROM law.educations
    UNION ALL
    SELECT kind, 0, 2, '' FROM (SELECT kind FROM credential_kind UNION ALL SELECT 0)
),
numbered AS (SELECT lacking, row_number() OVER (ORDER BY lacking) AS number FROM (SELECT DISTINCT lacking FROM told))
SELECT t.kind, t.education, t.rank, n.lacking, education_weight(CAST(t.rank AS BIGINT), n.number) AS weight
FROM told t
JOIN numbered n USING (lacking);

-- The reasons that a row can give: what is lacking of the education, then of the training and of the experience.
CREATE TABLE reason AS
SELECT e.code | (x.rank << 2) | t.rank AS code, nullif(concat_ws(';', nullif(e.lacking, ''),
    CASE t.rank WHEN 1 THEN 'training-unknown' WHEN 0 THEN 'training-unmet' END,
    CASE x.rank WHEN 1 THEN 'experience-unknown' WHEN 0 THEN 'experience-unmet' END), '') AS reason
FROM (SELECT DISTINCT lacking_in(weight) AS code, lacking FROM education_result) e
CROSS JOIN (SELECT unnest([0, 1, 2]) AS rank) t
CROSS JOIN (SELECT unnest([0, 1, 2]) AS rank) x;
CREATE TYPE reason_codes AS ENUM (
    SELECT DISTINCT text
    FROM (SELECT reason AS text FROM reason UNION ALL SELECT note FROM law.grades)
    WHERE text IS NOT NULL
    ORDER BY text
);

-- What a row says for a number: reasons by their codes, counted from 0; slugs and notes of the grades.
SET VARIABLE reasons = (
    SELECT list(CAST(r.reason AS reason_codes) ORDER BY c.code)
    FROM (SELECT unnest(range((SELECT max(code) + 1 FROM reason))) AS code) c
    LEFT JOIN reason r USING (code)
);
SET VARIABLE slugs = (SELECT list(slug ORDER BY grade) FROM law.grades);
SET VARIABLE notes = (SELECT list(CAST(note AS reason_codes) ORDER BY grade) FROM law.grades);
