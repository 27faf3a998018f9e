-- The records, one row a person: the one time that rows change their place. They go by ranges of the key, so that the
-- files of the result follow one another in its order. Whoever has no credential is judged on one that says so.
SELECT person,
    sort_array(collect_set(claim)) AS claims,
    collect_set(training) AS trainings,
    CASE WHEN count(credential) > 0 THEN sort_array(collect_list(credential)) ELSE array((
        SELECT first(struct(0 AS age, '' AS row, field_number AS field, educations)) FROM credential_kinds WHERE is_none
    )) END AS credentials,
    sort_array(collect_list(job)) AS jobs,
    flatten(collect_set(job.touching)) AS touching
FROM (SELECT /*+ REPARTITION_BY_RANGE(person) */ * FROM entries)
GROUP BY person
