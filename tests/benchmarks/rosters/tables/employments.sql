-- The careers: each job begins in its own part of the years since the first, the last one is in the post now held, and
-- the category rises with time.

-- By how many 128ths of its part a job begins later: 0 to 63, six bits for each job.
CREATE TEMP MACRO moved(beginnings, job) AS
  CAST((beginnings >> CAST(6 * (job % 10) AS UBIGINT)) & CAST(63 AS UBIGINT) AS BIGINT);

CREATE TEMP MACRO beginning(beginnings, job, jobs, started, days) AS
  CASE WHEN job = 0 THEN started ELSE later(started, (days * (128 * job + moved(beginnings, job))) // (128 * jobs)) END;

CREATE TEMP VIEW employments_generated AS
WITH jobs AS (
  SELECT *, bits('beginnings', number) AS beginnings, unnest(range(jobs)) AS job
  FROM persons
),
drawn AS (
  SELECT
    *,
    bits('post', concat(number, '/', job)) AS posted,
    bits('span', concat(number, '/', job)) AS spanned,
    bits('field of a job', concat(number, '/', job)) AS fielded,
    bits('what of a job is known', concat(number, '/', job)) AS known,
    titling(posted, 3) AS titling,
    fault_bits('a job', concat(number, '/', job)) AS faults,
    fault(
      faults,
      [
        'tier unknown', 'category unknown', 'field unusable', 'activity unknown', 'start unreadable',
        'end unreadable', 'ends before it starts', 'starts in the future', 'recognised for nothing known', 'no person',
        'no values', 'row repeated'
      ]
    ) AS fault,
    beginning(beginnings, job, jobs, started, days) AS begun,
    job = jobs - 1 AS last
  FROM jobs
),
dated AS (
  SELECT
    *,
    CASE WHEN last THEN getvariable('as_of') ELSE beginning(beginnings, job + 1, jobs, started, days) END AS next_begun,
    CASE
      WHEN last AND happens(spanned, 0, getvariable('shares').still_there) THEN NULL
      WHEN last THEN next_begun - below(spanned, 1, (next_begun - begun) // 2)
      WHEN happens(spanned, 0, getvariable('shares').next_day) THEN next_begun - 1
      WHEN happens(spanned, 1, getvariable('shares').never_ended) THEN NULL
      WHEN happens(spanned, 2, getvariable('shares').overlapping / (1 - getvariable('shares').next_day))
      THEN least(next_begun + below(spanned, 3, 400), getvariable('as_of'))
      ELSE next_begun - 1 - below(spanned, 3, (next_begun - begun) // 2)
    END AS ended,
    -- Which kind of post: shares add up along one draw; the last job is in the post held.
    CASE
      WHEN last OR NOT happens(posted, 0, getvariable('upto').group_post) THEN 'own'
      WHEN happens(posted, 0, getvariable('upto').outside) THEN 'outside'
      WHEN happens(posted, 0, getvariable('upto').elsewhere) THEN 'elsewhere'
      WHEN happens(posted, 0, getvariable('upto').unknown_post) THEN 'unknown'
      ELSE 'group'
    END AS post,
    unnest(copies(fault)) AS copy
  FROM drawn
),
placed AS (
  SELECT
    *,
    CASE
      WHEN post = 'elsewhere' THEN one_of(posted, 2, getvariable('posts'))
      ELSE getvariable('ladders')[1 + ordinal][least(jobs - job, len(getvariable('ladders')[1 + ordinal]))]
    END AS rung
  FROM dated
),
posted AS (
  SELECT
    *,
    CASE post
      WHEN 'outside' THEN one_of(posted, 1, getvariable('words').posts)
      WHEN 'unknown' THEN NULL
      WHEN 'group' THEN spelled('position', one_of(posted, 1, getvariable('groups')), titling)
      ELSE spelled('position', rung.position, titling)
    END AS title,
    CASE WHEN post IN ('own', 'elsewhere') THEN rung.tier END AS tier,
    CASE
      WHEN post IN ('own', 'elsewhere') THEN coalesce(rung.category, getvariable('categories')[1])
      WHEN post = 'unknown' THEN one_of(posted, 1, getvariable('categories'))
    END AS category
  FROM placed
)
SELECT
  CASE WHEN fault = 'no person' THEN NULL ELSE person END AS person,
  CASE WHEN fault = 'no values' THEN NULL ELSE title END AS position,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'tier unknown' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN happens(known, 0, getvariable('shares').tier_given) THEN spelled('tier', tier, titling)
  END AS tier,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'category unknown' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN NOT happens(known, 1, getvariable('shares').missing) THEN spelled('category', category, titling)
  END AS category,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'field unusable' THEN one_of(faults, 2, getvariable('unusable').fields)
    WHEN happens(fielded, 0, getvariable('shares').own_field) THEN field
    WHEN happens(fielded, 1, getvariable('shares').other_field) THEN one_of(fielded, 2, getvariable('fields'))
  END AS field,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'activity unknown' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN happens(known, 2, getvariable('shares').activity_given)
    THEN CASE WHEN post = 'own' THEN rung.implied ELSE one_of(fielded, 3, getvariable('activities')) END
  END AS activity,
  written_day(
    CASE
      WHEN fault = 'no values' THEN NULL
      WHEN fault = 'start unreadable' THEN one_of(faults, 2, getvariable('unusable').dates)
      WHEN fault = 'starts in the future' THEN CAST(getvariable('as_of') + 3650 + below(faults, 2, 3650) AS VARCHAR)
      ELSE CAST(begun AS VARCHAR)
    END
  ) AS start,
  written_day(
    CASE
      WHEN fault IN ('no values', 'starts in the future') THEN NULL
      WHEN fault = 'end unreadable' THEN one_of(faults, 2, getvariable('unusable').dates)
      WHEN fault = 'ends before it starts' THEN CAST(begun - 1 - below(faults, 2, 700) AS VARCHAR)
      ELSE CAST(ended AS VARCHAR)
    END
  ) AS end,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'recognised for nothing known' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN happens(known, 3, getvariable('shares').recognised) THEN position
  END AS recognised_for
FROM posted;
