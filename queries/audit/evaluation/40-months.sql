-- The months of each person, certain and possible ones, as a list with a row for each credential: first those of service in the field of the
-- credential, which count in any speciality and are needed where nothing else does for one, then those of each reckoning that counts some job of the person. A reckoning whose months do
-- not depend on the credential is made up for the first one only. Possible months are those that could help: none are made up where the
-- certain ones suffice for all that is asked, and a job without a usable start makes as many as that.
CREATE OR REPLACE VIEW months AS
WITH touched AS (
    SELECT * EXCLUDE (reckonings),
        list_filter(reckonings, lambda r: CASE
            WHEN r.reckoning = 0 THEN len(list_filter(reckonings, lambda other:
                other.is_in_speciality AND other.reckoning > 0 AND coalesce(rank_of(counted, other.reckoning), 0) = 0)) > 0
            ELSE coalesce(rank_of(counted, r.reckoning), 0) > 0
        END) AS reckonings
    FROM asked
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
