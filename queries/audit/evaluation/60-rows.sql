-- The rows that answers make, in the order of these. On a day on which the clause of a grade could not be in force, or
-- stood in words that are not known, the verdict is undetermined. What else stands in the answers goes along.
CREATE OR REPLACE MACRO rows_of(answers) AS TABLE
WITH weighed AS (
    SELECT * EXCLUDE (who, grade, first_row, weights), [step.claimed FOR step IN steps] AS claims,
        unnest(weights) AS weight
    FROM query_table(answers)
),
told AS (
    SELECT *, grade_in(weight) AS number, list_position(claims, grade_in(weight)) AS place,
        CAST(getvariable('notes')[grade_in(weight)] AS reason_codes) AS note
    FROM weighed
)
SELECT person, getvariable('slugs')[number] AS grade,
    CASE
        WHEN note IS NOT NULL OR result_in(weight) = 1 THEN CAST('undetermined' AS outcomes)
        WHEN result_in(weight) = 2 THEN CAST('qualified' AS outcomes)
        ELSE CAST('not-qualified' AS outcomes)
    END AS verdict,
    coalesce(place > 0, false) AS claimed,
    CAST(number_in(weight) AS INTEGER) AS best_alternative,
    CASE WHEN education_in(weight) > 0 AND training_in(weight) > 0 THEN CAST(short_in(weight) AS INTEGER) END
        AS short_months,
    coalesce(note, getvariable('reasons')[lacking_in(weight) + 1]) AS reason,
    getvariable('slugs')[steps[place].next_grade] AS next_grade,
    steps[place].next_date AS next_date,
    * EXCLUDE (person, steps, claims, weight, number, place, note)
FROM told;

-- The rows of the result, by person, then in the order of the law.
CREATE OR REPLACE VIEW answers_in_order AS FROM answers ORDER BY who, grade;
CREATE OR REPLACE VIEW rows AS FROM rows_of('answers_in_order');
