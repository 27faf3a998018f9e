-- The reckonings that a question takes, in an order that its alternatives refer to; the first one is service in the
-- field of the credential alone. And the most months that are asked of each.
WITH taken AS (SELECT a.question, c.* FROM law.asked a JOIN law.conditions c USING (grade))
SELECT CAST(question AS INTEGER) AS question, list({
    reckoning: CAST(reckoning AS SMALLINT),
    is_in_speciality: is_in_speciality,
    most: CAST(most AS INTEGER)
} ORDER BY reckoning) AS reckonings
FROM (
    SELECT question, reckoning, is_in_speciality, max(minimum) AS most
    FROM taken
    WHERE reckoning > 0
    GROUP BY ALL
    UNION ALL
    SELECT question, 0, true, coalesce(max(minimum) FILTER (is_in_speciality), 0) FROM taken GROUP BY question
)
GROUP BY question
