-- The grades asked about, each with a number that tells how its best alternative stands with its best credential, and
-- is the smaller the better that is: by result, then months short, then the number of the alternative. From the highest
-- bits: 2 - result (2 bits), months short (12), number (8), the place of the credential (16), education as it stands in
-- the kind of credential (18), experience (2), training (2); met (2), unknown (1) or unmet (0). The best credential of
-- an alternative is the best by education and experience, then months short, then its place.
SELECT /*+ BROADCAST(q) */ m.person, m.claims, transform(q.grades, g -> struct(g.grade AS grade, array_min(
    transform(
        transform(g.alternatives, a -> struct(
            a.number AS number,
            CASE WHEN a.training IS NULL OR array_contains(m.trainings, a.training) THEN 2 WHEN array_contains(m.trainings, 'unknown') THEN 1 ELSE 0 END AS training,
            array_min(transform(
                transform(m.credentials, (h, place) -> struct(
                    h.educations[a.education] AS education,
                    CASE
                        WHEN a.is_in_speciality THEN coalesce(m.months[place * q.step + a.place], m.months[place * q.step])
                        ELSE coalesce(m.months[a.place], 0)
                    END AS months
                )),
                (v, place) -> CASE
                    WHEN v.months div 4096 >= a.minimum
                    THEN shiftleft(CAST(2 - v.education % 4 AS BIGINT), 48) + shiftleft(CAST(place AS BIGINT), 20) + shiftleft(v.education, 2) + 2
                    WHEN v.months % 4096 >= a.minimum
                    THEN shiftleft(CAST(2 - least(v.education % 4, 1) AS BIGINT), 48) + shiftleft(a.minimum - v.months div 4096, 36)
                        + shiftleft(CAST(place AS BIGINT), 20) + shiftleft(v.education, 2) + 1
                    ELSE shiftleft(2L, 48) + shiftleft(a.minimum - v.months div 4096, 36) + shiftleft(CAST(place AS BIGINT), 20) + shiftleft(v.education, 2)
                END
            )) AS joint
        )),
        a -> shiftleft(CAST(greatest(shiftright(a.joint, 48), 2 - a.training) AS BIGINT), 58)
            + shiftleft(shiftright(a.joint, 36) & 4095L, 46)
            + shiftleft(CAST(a.number AS BIGINT), 38)
            + shiftleft(a.joint & 68719476735L, 2)
            + a.training
    )
) AS weight)) AS grades
FROM months m
JOIN questions q ON q.question = m.question
