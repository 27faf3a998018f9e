-- The trainings: of most people whose position asks for one, of a few others.
CREATE TEMP VIEW trainings_generated AS
WITH willing AS (
  SELECT *, getvariable('posts')[1 + ordinal].asked AS asked, bits('training', number) AS trained
  FROM persons
),
trainings AS (
  SELECT
    *,
    unnest(
      range(
        CASE
          WHEN NOT happens(
            trained, 0,
            CASE WHEN asked IS NULL THEN getvariable('shares').trained_anyway ELSE getvariable('shares').trained END
          )
          THEN 0
          WHEN happens(trained, 1, getvariable('shares').another_training) THEN 2
          ELSE 1
        END
      )
    ) AS training
  FROM willing
),
drawn AS (
  SELECT
    *,
    bits('subject', concat(number, '/', training)) AS drawn,
    fault_bits('a training', concat(number, '/', training)) AS faults,
    fault(faults, ['activity unknown', 'date unreadable', 'no person', 'no values', 'row repeated']) AS fault,
    unnest(copies(fault)) AS copy
  FROM trainings
)
SELECT
  CASE WHEN fault = 'no person' THEN NULL ELSE person END AS person,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'activity unknown' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN happens(drawn, 0, getvariable('shares').missing) THEN NULL
    ELSE
      spelled(
        'activity',
        CASE WHEN training = 0 AND asked IS NOT NULL THEN asked ELSE one_of(drawn, 1, getvariable('activities')) END,
        titling(drawn, 2)
      )
  END AS activity,
  written_day(
    CASE
      WHEN fault = 'no values' THEN NULL
      WHEN fault = 'date unreadable' THEN one_of(faults, 2, getvariable('unusable').dates)
      ELSE CAST(later(started, (days * training + below(drawn, 3, days)) // 2) AS VARCHAR)
    END
  ) AS completed
FROM drawn;
