-- The result of an alternative with one credential as a number that is the smaller the better it is: by joint result, then months short,
-- then the place of the credential; education and experience follow, each met (2), unknown (1) or unmet (0).
CREATE OR REPLACE MACRO joint_weight(education, experience, short, place) AS
    (2 - least(education, experience)) * 1000000000000 + short * 100000000::BIGINT + place * 100 + education * 10 + experience;

-- The same of an alternative with its best credential: by result, then months short, then its number; the place of the credential,
-- education, experience and training follow.
CREATE OR REPLACE MACRO alternative_weight(joint, number, training) AS
    (2 - least(2 - joint // 1000000000000, training)) * 10000000000000000
    + (joint // 100000000 % 10000) * 1000000000000
    + number * 1000000000::BIGINT
    + joint % 100000000 * 10
    + training;

CREATE OR REPLACE MACRO experience_of(asked, certain, possible) AS
    CASE WHEN coalesce(certain, 0) >= asked THEN 2 WHEN possible >= asked THEN 1 ELSE 0 END;

-- The verdict on each grade asked about: the best of its alternatives, each with its best credential.
CREATE OR REPLACE TABLE verdict AS
WITH joint AS (
    SELECT m.person, m.claims, m.credentials, m.trainings, g.grade, g.alternatives,
        list_transform(g.alternatives, lambda a: list_min(list_transform(m.credentials, lambda h, place: joint_weight(
            CASE WHEN a.education IS NULL THEN 2 ELSE getvariable('education_rank')[h.kind * getvariable('educations') + a.education] END,
            experience_of(a.minimum, m.certain[a.step * (place - 1) + a.reckoning], m.possible[a.step * (place - 1) + a.reckoning]),
            greatest(a.minimum - coalesce(m.certain[a.step * (place - 1) + a.reckoning], 0), 0),
            place)))) AS weights
    FROM months m
    JOIN law.question_grades g USING (question)
),
weighed AS (
    SELECT person, claims, credentials, grade, alternatives,
        list_min(list_transform(alternatives, lambda a, i: alternative_weight(weights[i], a.number, CASE
            WHEN a.training IS NULL OR list_contains(trainings, a.training) THEN 2
            WHEN list_contains(trainings, 'unknown') THEN 1
            ELSE 0
        END))) AS weight
    FROM joint
)
SELECT w.person, w.grade, list_contains(w.claims, w.grade) AS is_claimed,
    2 - w.weight // 10000000000000000 AS rank,
    w.weight // 1000000000 % 1000 AS best_alternative,
    w.weight // 1000000000000 % 10000 AS short_months,
    w.weight // 100 % 10 AS education,
    w.weight // 10 % 10 AS experience,
    w.weight % 10 AS training,
    w.credentials[w.weight // 1000 % 1000000].kind AS kind,
    list_filter(w.alternatives, lambda a: a.number = w.weight // 1000000000 % 1000)[1].education AS condition
FROM weighed w;
