-- An alternative with one credential as a number that is the smaller the better it is: by joint result, then months short, then the place of
-- the credential; education and experience follow, each met (2), unknown (1) or unmet (0).
CREATE OR REPLACE MACRO joint_weight(education, experience, short, place) AS
    (2 - least(education, experience)) * 1000000000000 + short * 100000000 + place * 100 + education * 10 + experience;
CREATE OR REPLACE MACRO weight_with(months, education, minimum, place) AS CASE
    WHEN months // 4096 >= minimum THEN joint_weight(education, 2, 0, place)
    ELSE joint_weight(education, CASE WHEN months % 4096 >= minimum THEN 1 ELSE 0 END, minimum - months // 4096, place)
END;

-- The same of an alternative with its best credential: by result, then months short, then its number; the place of the credential, education,
-- experience and training follow.
CREATE OR REPLACE MACRO alternative_weight(joint, number, training) AS
    (2 - least(2 - joint // 1000000000000, training)) * 10000000000000000
    + (joint // 100000000 % 10000) * 1000000000000
    + CAST(number AS BIGINT) * 1000000000
    + joint % 100000000 * 10
    + training;

-- The verdict on each grade asked about: the best of its alternatives, each with its best credential.
CREATE OR REPLACE VIEW verdict AS
WITH asked AS (
    SELECT m.person, m.claims, m.next_steps, m.credentials, m.trainings, m.months, len(m.reckonings) AS step, q.alternatives, q.grades,
        list_transform(q.alternatives, lambda a: CASE
            WHEN a.is_in_speciality THEN coalesce(list_position(m.reckonings, a.reckoning), 1)
            ELSE list_position(m.reckonings, a.reckoning)
        END) AS places
    FROM months m
    JOIN law.questions q USING (question)
),
joint AS (
    SELECT * EXCLUDE (months, step, places),
        list_transform(alternatives, lambda a, i: list_min(list_transform(
            list_transform(credentials, lambda h, place:
                coalesce(months[CASE WHEN a.is_in_speciality THEN (place - 1) * step ELSE 0 END + places[i]], 0) * 4
                + rank_of(h.educations, a.education)),
            lambda v, place: weight_with(v // 4, v % 4, a.minimum, place)))) AS weights
    FROM asked
),
weighed AS (
    SELECT * EXCLUDE (alternatives, trainings, weights),
        list_transform(alternatives, lambda a, i: alternative_weight(weights[i], a.number, CASE
            WHEN a.training IS NULL OR list_contains(trainings, a.training) THEN 2
            WHEN list_contains(trainings, 'unknown') THEN 1
            ELSE 0
        END)) AS weights
    FROM joint
),
best AS (
    SELECT person, claims, next_steps, credentials,
        unnest(list_transform(grades, lambda g: g.grade)) AS grade,
        unnest(list_transform(grades, lambda g: list_min(weights[g.first_alternative:g.last_alternative]))) AS weight
    FROM weighed
)
SELECT person, grade, list_contains(claims, grade) AS is_claimed,
    CASE WHEN list_contains(claims, grade) THEN list_filter(next_steps, lambda n: n.grade = grade)[1] END AS next_step,
    weight,
    credentials[weight // 1000 % 1000000].kind AS kind
FROM best;
