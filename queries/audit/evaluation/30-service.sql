-- What is asked of each person: of the claims one question a grade, else one question for all grades.
CREATE OR REPLACE VIEW asking AS
SELECT who, grade AS question FROM claims WHERE getvariable('claims_only')
UNION ALL
SELECT who, 0 FROM persons WHERE NOT getvariable('claims_only');

-- The service that answers take. Service in a speciality counts beside a credential, by its field: as the reckoning
-- counts it, or as work in the field of the credential. Where the reckoning counts no job of the person, it is the
-- latter alone, by reckoning 0, which is the same for all specialities.
CREATE OR REPLACE TABLE needed AS
WITH touched AS (SELECT who, bit_or(counted) AS counted FROM jobs GROUP BY who),
taken AS (
    SELECT a.who, t.reckoning, t.is_in_speciality, rank_of(p.counted, t.reckoning) > 0 AS is_counted
    FROM asking a
    JOIN law.takes t USING (question)
    JOIN touched p USING (who)
)
SELECT DISTINCT t.who, CASE WHEN t.is_counted THEN t.reckoning ELSE 0 END AS reckoning, h.field
FROM taken t
LEFT JOIN (SELECT DISTINCT who, field, true AS is_in_speciality FROM credentials) h USING (who, is_in_speciality)
WHERE t.is_counted OR t.is_in_speciality;

-- Most of it is made of the same jobs as other service of the person, and reckoned once, by the first key of those that
-- are alike. The jobs that count make up a number, two bits each, in which 31 have room; with more jobs each stands for
-- itself.
CREATE OR REPLACE TABLE alike AS
WITH keys AS (SELECT who, service_key(who, reckoning, field) AS key FROM needed),
counted AS (
    SELECT n.key, bit_or(
            CASE WHEN j.number < 31 THEN CAST(certainty_of(j.counted, j.shared, j.most, n.key) AS BIGINT) << (2 * j.number) ELSE 4611686018427387904 END
        ) AS jobs
    FROM keys n
    JOIN jobs j USING (who)
    GROUP BY n.key
),
sets AS (SELECT key, who_in(key) AS who, CASE WHEN jobs < 4611686018427387904 THEN jobs ELSE -key END AS jobs FROM counted WHERE jobs <> 0),
firsts AS (SELECT who, jobs, min(key) AS first FROM sets GROUP BY who, jobs)
SELECT key, first FROM sets JOIN firsts USING (who, jobs);

-- Its months. Overlapping and adjacent periods are merged into islands; once the certain ones, and once all that may
-- count, where some only may. All islands but the last are added up. A job without a usable start makes possible
-- whatever is asked. Then what the service grows from, if it goes on from the as-of date, and the day until which a job
-- that counts goes on.
CREATE OR REPLACE TABLE months AS
WITH counting AS (
    SELECT a.key, j.first_day, j.day_after_last, j.until, certainty_of(j.counted, j.shared, j.most, a.key) AS certainty
    FROM (SELECT DISTINCT first AS key FROM alike) a
    JOIN jobs j ON j.who = who_in(a.key)
),
served AS (
    SELECT key,
        max(day_after_last) FILTER (certainty = 2) AS certain_end,
        max(day_after_last) AS possible_end,
        max(until) FILTER (certainty = 2 AND first_day IS NOT NULL) AS until,
        bool_or(first_day IS NULL) AS is_open,
        bool_or(certainty = 1) AS is_doubtful
    FROM counting
    WHERE certainty > 0
    GROUP BY key
),
periods AS (
    SELECT key, true AS certain, first_day, day_after_last FROM counting WHERE certainty = 2 AND first_day IS NOT NULL
    UNION ALL
    SELECT key, false, first_day, day_after_last
    FROM counting
    SEMI JOIN (FROM served WHERE is_doubtful AND NOT is_open) USING (key)
    WHERE certainty > 0
),
merged AS (
    SELECT key, certain, first_day, max(day_after_last) OVER (
            PARTITION BY key, certain ORDER BY first_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS served_up_to
    FROM periods
),
islands AS (
    SELECT key, certain, first_day,
        lead(served_up_to) OVER (PARTITION BY key, certain ORDER BY first_day) AS day_after_last
    FROM merged
    WHERE served_up_to IS NULL OR first_day > served_up_to
),
added AS (
    SELECT key,
        coalesce(sum(service(first_day, day_after_last)) FILTER (certain), 0) AS certain_before,
        coalesce(sum(service(first_day, day_after_last)) FILTER (NOT certain), 0) AS possible_before,
        max(first_day) FILTER (certain) AS certain_start,
        max(first_day) FILTER (NOT certain) AS possible_start
    FROM islands
    GROUP BY key
),
in_all AS (
    SELECT s.*, a.*,
        CAST(a.certain_before + coalesce(service(a.certain_start, s.certain_end), 0) AS BIGINT) AS served,
        CAST(a.possible_before + coalesce(service(a.possible_start, s.possible_end), 0) AS BIGINT) AS perhaps_served,
        coalesce(certain_end = getvariable('as_of') + 1, false) AS is_going_on
    FROM served s
    LEFT JOIN added a USING (key)
)
SELECT a.key, until, coalesce(months_of(served), 0) AS certain,
    CASE WHEN is_open THEN 2147483647 ELSE greatest(months_of(served), months_of(perhaps_served), 0) END AS possible,
    CASE WHEN is_going_on THEN certain_start ELSE CAST(getvariable('as_of') + 1 AS DATE) END AS growing_from,
    coalesce(CASE WHEN is_going_on THEN CAST(certain_before AS BIGINT) ELSE served END, 0) AS before
FROM alike a
JOIN in_all i ON i.key = a.first;
