-- The reckonings that a question takes, in an order that its alternatives refer to; the first one is service in the field of the credential alone.
SELECT CAST(question AS INTEGER) AS question, list_transform(reckonings, lambda r: {
    reckoning: CAST(r.reckoning AS SMALLINT),
    is_in_speciality: r.is_in_speciality,
    most: CAST(r.most AS INTEGER)
}) AS reckonings
FROM law.questions
