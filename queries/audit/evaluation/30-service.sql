-- What is asked of each person: of the claims one question a grade, else one question for all grades.
CREATE OR REPLACE VIEW asking AS
SELECT who, grade AS question FROM claims WHERE getvariable('claims_only')
UNION ALL
SELECT who, 0 FROM persons WHERE NOT getvariable('claims_only');

-- The months of service that answers take. Service in a speciality counts beside a credential, by its field: as the
-- reckoning counts it, or as work in the field of the credential. Where the reckoning counts no job of the person, it is
-- the latter alone, by reckoning 0, which is the same for all specialities.
--
-- Months are certain of the jobs that certainly count; possible of all that may, merged once more where some only may. A
-- job without a usable start makes possible whatever is asked. Then what the service grows from if it goes on after the
-- as-of date, and the day until which a job that counts goes on.
CREATE OR REPLACE TABLE months AS
WITH touched AS (SELECT who, bit_or(counted) AS counted FROM jobs GROUP BY who),
taken AS (
    SELECT a.who, t.reckoning, t.is_in_speciality, rank_of(p.counted, t.reckoning) > 0 AS is_counted
    FROM asking a
    JOIN law.takes t USING (question)
    JOIN touched p USING (who)
),
needed AS (
    SELECT DISTINCT t.who, CASE WHEN t.is_counted THEN t.reckoning ELSE 0 END AS reckoning, h.field
    FROM taken t
    LEFT JOIN (SELECT DISTINCT who, field, true AS is_in_speciality FROM credentials) h USING (who, is_in_speciality)
    WHERE t.is_counted OR t.is_in_speciality
),
counting AS (
    SELECT service_key(n.who, n.reckoning, n.field) AS key, j.period,
        least(j.most, greatest(
            rank_of(j.counted, n.reckoning),
            CASE WHEN n.field IS NULL THEN 0 ELSE rank_of(j.shared, n.field) END)) AS certainty
    FROM needed n
    JOIN jobs j USING (who)
),
in_order AS (
    SELECT key, bool_or(period IS NULL) AS is_open, bit_and(certainty) < 2 AS is_doubtful,
        list_sort(list((period << 2) | certainty) FILTER (period IS NOT NULL)) AS periods
    FROM counting
    WHERE certainty > 0
    GROUP BY key
),
islands AS (
    SELECT key, is_open, coalesce(merged(periods, 2), 0) AS certain,
        merged(CASE WHEN is_doubtful AND NOT is_open THEN periods END, 3) AS possible
    FROM in_order
),
served AS (
    SELECT *, service_in_all(certain, getvariable('as_of') + 1) AS served,
        service_in_all(possible, getvariable('as_of') + 1) AS perhaps_served,
        day_of(after_in(certain)) > getvariable('as_of') AS goes_on
    FROM islands
)
SELECT key, months_of(served) AS certain,
    CASE WHEN is_open THEN 2147483647 ELSE months_of(greatest(served, perhaps_served)) END AS possible,
    CASE WHEN goes_on THEN day_of(first_in(certain)) ELSE CAST(getvariable('as_of') + 1 AS DATE) END AS growing_from,
    CASE WHEN goes_on THEN service_before(certain) ELSE served END AS before,
    CASE
        WHEN after_in(certain) = endless() THEN DATE 'infinity'
        WHEN day_of(after_in(certain)) > getvariable('as_of') + 1 THEN CAST(day_of(after_in(certain)) - 1 AS DATE)
    END AS until
FROM served;
