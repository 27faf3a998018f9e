-- The reason that a row gives, by what is lacking of the education, by number as in the kinds of credential, the
-- training and the experience.
SELECT CAST(dense_rank() OVER (ORDER BY lacking) - 1 AS INTEGER) AS lacking,
    CAST(training AS INTEGER) AS training, CAST(experience AS INTEGER) AS experience, reason
FROM reason
