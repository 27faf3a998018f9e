-- The grades that a question asks about, each with its alternatives; the place is that of the reckoning among those of the question, from 0.
SELECT CAST(question AS INTEGER) AS question, CAST(len(reckonings) AS INTEGER) AS step, list_transform(grades, lambda g: {
    grade: CAST(g.grade AS INTEGER),
    alternatives: list_transform(alternatives[g.first_alternative:g.last_alternative], lambda a: {
        number: CAST(a.number AS INTEGER),
        education: CAST(a.education AS INTEGER),
        training: a.training,
        place: CAST(list_position(list_transform(reckonings, lambda r: r.reckoning), a.reckoning) - 1 AS INTEGER),
        is_in_speciality: a.is_in_speciality,
        minimum: CAST(a.minimum AS INTEGER)
    })
}) AS grades
FROM law.questions
