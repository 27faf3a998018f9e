-- The months of each person, by credential and reckoning: certain ones, and possible ones where these do not suffice whatever is asked;
-- a job without a usable start makes as many possible as are asked. A reckoning whose months do not depend on the credential is made
-- up once, for the first.
CREATE OR REPLACE TABLE months AS
WITH counting AS (
    SELECT * EXCLUDE (jobs),
        list_transform(credentials, lambda h, place: list_transform(reckonings, lambda r:
            CASE WHEN place = 1 OR r.is_in_speciality THEN list_filter(list_transform(jobs, lambda j: {
                first_day: j.first_day,
                day_after_last: j.day_after_last,
                certainty: least(j.most, greatest(
                    getvariable('counted')[(r.reckoning - 1) * getvariable('works') + j.work],
                    CASE WHEN r.is_in_speciality THEN getvariable('shared')[(h.field - 1) * getvariable('works') + j.work] ELSE 0 END))
            }), lambda j: j.certainty > 0) END)) AS jobs
    FROM record
),
certain AS (
    SELECT *, list_transform(jobs, lambda of_credential: list_transform(of_credential, lambda counted:
        reckon(list_filter(counted, lambda j: j.certainty = 2 AND j.first_day IS NOT NULL)))) AS served
    FROM counting
),
summed AS (
    SELECT * EXCLUDE (served),
        list_transform(served, lambda of_credential: list_transform(of_credential, lambda s: months_of(s))) AS certain
    FROM certain
),
possible AS (
    SELECT *, list_transform(jobs, lambda of_credential, place: list_transform(of_credential, lambda counted, i:
        CASE
            WHEN certain[place][i] >= reckonings[i].most THEN NULL
            WHEN len(list_filter(counted, lambda j: j.certainty = 1)) > 0
            THEN reckon(list_filter(counted, lambda j: j.first_day IS NOT NULL))
        END)) AS served
    FROM summed
)
SELECT * EXCLUDE (jobs, served, certain), flatten(certain) AS certain,
    flatten(list_transform(served, lambda of_credential, place: list_transform(of_credential, lambda s, i:
        CASE
            WHEN certain[place][i] >= reckonings[i].most THEN NULL
            WHEN len(list_filter(jobs[place][i], lambda j: j.first_day IS NULL)) > 0 THEN reckonings[i].most
            ELSE months_of(s)
        END))) AS possible
FROM possible;
