-- The months of each person, certain and possible ones, as a list with a row for each credential: first those of service in the field of the
-- credential, which count in any speciality, then those of each reckoning that counts some job of the person. A reckoning whose months do
-- not depend on the credential is made up for the first one only. Possible months are those that could help: none are made up where the
-- certain ones suffice for all that is asked, and a job without a usable start makes as many as that.
CREATE OR REPLACE VIEW months AS
WITH touched AS (
    SELECT * EXCLUDE (reckonings),
        list_filter(reckonings, lambda r: r.reckoning = 0 OR list_contains(touching, r.reckoning)) AS reckonings
    FROM record
),
counting AS (
    SELECT * EXCLUDE (jobs),
        flatten(list_transform(credentials, lambda h, place: list_transform(reckonings, lambda r:
            CASE WHEN place = 1 OR r.is_in_speciality THEN list_filter(list_transform(jobs, lambda j: {
                first_day: j.first_day,
                day_after_last: j.day_after_last,
                certainty: least(j.most, greatest(
                    rank_of(j.counted, r.reckoning),
                    CASE WHEN r.is_in_speciality THEN rank_of(j.shared, h.field) ELSE 0 END))
            }), lambda j: j.certainty > 0) ELSE [] END))) AS jobs
    FROM touched
),
certain AS (
    SELECT *, list_transform(jobs, lambda counted:
        CASE WHEN len(counted) > 0 THEN last_island(list_filter(counted, lambda j: j.certainty = 2 AND j.first_day IS NOT NULL)) END) AS last_islands
    FROM counting
),
summed AS (
    SELECT * EXCLUDE (last_islands), list_transform(list_transform(last_islands, lambda island: served(island)),
        lambda s: coalesce(months_of(s), 0)) AS certain
    FROM certain
),
possible AS (
    SELECT *, list_transform(jobs, lambda counted, i: CASE
        WHEN certain[i] >= reckonings[(i - 1) % len(reckonings) + 1].most THEN NULL
        WHEN len(list_filter(counted, lambda j: j.certainty = 1)) > 0
        THEN last_island(list_filter(counted, lambda j: j.first_day IS NOT NULL))
    END) AS last_islands
    FROM summed
)
SELECT person, question, claims, next_steps, credentials, trainings,
    list_transform(reckonings, lambda r: r.reckoning) AS reckonings,
    list_transform(list_transform(last_islands, lambda island: served(island)), lambda s, i: two_months(certain[i], CASE
        WHEN len(list_filter(jobs[i], lambda j: j.first_day IS NULL)) > 0 THEN reckonings[(i - 1) % len(reckonings) + 1].most
        ELSE greatest(coalesce(months_of(s), 0), certain[i])
    END)) AS months
FROM possible;
