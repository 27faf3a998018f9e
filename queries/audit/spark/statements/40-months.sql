-- The months of each person, 4096 × certain ones + possible ones, as a list with a row for each credential: those of
-- each reckoning of the question, none where no job of the person counts for it. A reckoning whose months do not depend
-- on the credential is made up for the first one only. More months than a long life has are no more than that.
WITH counting AS (
    SELECT person, question, claims, trainings, credentials,
        flatten(transform(credentials, (h, place) -> transform(reckonings, r -> struct(
            r.most AS most,
            CASE WHEN (place = 0 OR r.is_in_speciality) AND (r.reckoning = 0 OR array_contains(touching, r.reckoning)) THEN filter(
                transform(jobs, j -> struct(
                    j.first_day,
                    j.day_after_last,
                    least(j.most, greatest(j.counted[r.reckoning], CASE WHEN r.is_in_speciality THEN j.shared[h.field] ELSE 0 END)) AS certainty
                )),
                j -> j.certainty > 0
            ) END AS jobs
        )))) AS counting
    FROM record
),
-- Certain, then possible periods, in the order of their first days, ended by one that is later than all: overlapping
-- and adjacent ones are one island, whose service is added when the next one begins, as whole months × 10000000 + days
-- left over.
served AS (
    SELECT person, question, claims, trainings, credentials,
        transform(counting, c -> struct(
            exists(c.jobs, j -> j.first_day IS NULL) AS is_open,
            c.most AS most,
            transform(
                CASE WHEN exists(c.jobs, j -> j.certainty = 1) THEN array(2, 1) WHEN size(c.jobs) > 0 THEN array(2) WHEN c.jobs IS NOT NULL THEN array() END,
                least_certainty -> aggregate(
                    concat(
                        filter(c.jobs, j -> j.certainty >= least_certainty AND j.first_day IS NOT NULL),
                        array(struct(date_add(:as_of, 2) AS first_day, date_add(:as_of, 2) AS day_after_last, 2 AS certainty))
                    ),
                    struct(DATE '0001-01-01' AS first_day, DATE '0001-01-01' AS day_after_last, 0L AS service),
                    (island, j) -> CASE
                        WHEN j.first_day <= island.day_after_last
                        THEN struct(island.first_day AS first_day, greatest(island.day_after_last, j.day_after_last) AS day_after_last, island.service AS service)
                        ELSE struct(j.first_day AS first_day, j.day_after_last AS day_after_last, island.service + element_at(transform(
                            array(
                                12 * (year(island.day_after_last) - year(island.first_day)) + month(island.day_after_last) - month(island.first_day)
                                - CASE
                                    WHEN day(island.first_day) > day(island.day_after_last) AND island.day_after_last < last_day(island.day_after_last) THEN 1
                                    ELSE 0
                                END
                            ),
                            months -> 10000000L * months + date_diff(island.day_after_last, add_months(island.first_day, months))
                        ), 1) AS service)
                    END,
                    island -> island.service div 10000000 + island.service % 10000000 div 30
                )
            ) AS months
        )) AS served
    FROM counting
)
SELECT person, question, claims, trainings, credentials,
    transform(served, s -> CASE WHEN s.months IS NOT NULL THEN
        4096L * least(coalesce(try_element_at(s.months, 1), 0), 4095)
        + least(CASE WHEN s.is_open THEN s.most ELSE coalesce(try_element_at(s.months, 2), try_element_at(s.months, 1), 0) END, 4095)
    END) AS months
FROM served
