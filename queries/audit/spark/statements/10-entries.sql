-- What the tables say, one row an entry. An entry that does not count on the as-of date leaves nothing but the person.
SELECT /*+ BROADCAST(p) */ e.person, p.grade AS claim, NULL AS training, NULL AS credential, NULL AS job
FROM given_employees e
LEFT JOIN posts p ON p.position <=> e.position AND p.tier <=> e.tier AND p.category <=> e.category
WHERE e.person IS NOT NULL
UNION ALL
-- A training without a usable date counts; one whose activity is not known may be any.
SELECT /*+ BROADCAST(a) */ t.person, NULL,
    CASE WHEN coalesce(t.completed <= :as_of, true) THEN coalesce(a.activity, 'unknown') END, NULL, NULL
FROM given_trainings t
LEFT JOIN activities a ON a.given = t.activity
WHERE t.person IS NOT NULL
UNION ALL
-- A credential without a usable date counts. What stands first tells which one is the witness where all else is equal:
-- the latest award, then the row as text.
SELECT /*+ BROADCAST(k) */ c.person, NULL, NULL,
    CASE WHEN coalesce(c.awarded <= :as_of, true) THEN struct(
        coalesce(-unix_date(c.awarded), 2147483647) AS age,
        CAST(c.row AS STRING) AS row,
        k.field_number AS field,
        k.educations
    ) END,
    NULL
FROM given_credentials c
JOIN credential_kinds k ON k.level <=> c.level AND k.field <=> c.field AND k.recognised_for <=> c.recognised_for AND NOT k.is_none
WHERE c.person IS NOT NULL
UNION ALL
-- Without a usable start there is no period; an end before the start makes both unusable; an unusable end leaves a
-- period that only possibly counts.
SELECT /*+ BROADCAST(w) */ e.person, NULL, NULL, NULL,
    CASE WHEN NOT e.has_period OR e.start <= :as_of THEN struct(
        CASE WHEN e.has_period THEN e.start END AS first_day,
        CASE WHEN e.has_period THEN date_add(least(e.end, :as_of), 1) END AS day_after_last,
        CASE WHEN e.end_given IS NULL THEN 2 ELSE 1 END AS most,
        w.touching,
        w.counted,
        w.shared
    ) END
FROM (SELECT *, start IS NOT NULL AND coalesce(end >= start, true) AS has_period FROM given_employments) e
JOIN works w
    ON w.position <=> e.position
    AND w.category <=> e.category
    AND w.field <=> e.field
    AND w.activity <=> e.activity
    AND w.recognised_for <=> e.recognised_for
WHERE e.person IS NOT NULL
