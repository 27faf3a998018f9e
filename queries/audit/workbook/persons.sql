-- How many persons the roster names.
SELECT count(*)
FROM (
    SELECT person FROM given.employees UNION SELECT person FROM given.credentials
    UNION SELECT person FROM given.trainings UNION SELECT person FROM given.employments
)
WHERE person IS NOT NULL;
