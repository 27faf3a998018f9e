-- The reason that a row gives, by the number of all that is lacking.
SELECT CAST(code AS INTEGER) AS lacking, reason FROM reason
