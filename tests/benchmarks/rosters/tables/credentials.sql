-- The credentials: the main one from about the start of the career, others later on.
CREATE TEMP VIEW credentials_generated AS
WITH credentials AS (
  SELECT *, unnest(range(credentials)) AS credential
  FROM persons
),
drawn AS (
  SELECT
    *,
    bits('credential', concat(number, '/', credential)) AS drawn,
    bits('what of a credential is known', concat(number, '/', credential)) AS known,
    fault_bits('a credential', concat(number, '/', credential)) AS faults,
    fault(
      faults,
      [
        'level unknown', 'field unusable', 'date unreadable', 'recognised for nothing known', 'no person',
        'no values', 'row repeated'
      ]
    ) AS fault,
    unnest(copies(fault)) AS copy
  FROM credentials
),
stated AS (
  SELECT
    drawn.*,
    CASE
      WHEN credential = 0 THEN level
      WHEN happens(drawn, 0, getvariable('shares').related) THEN level
      ELSE one_of(drawn, 1, getvariable('levels'))
    END AS held,
    -- General schooling has no field.
    CASE
      WHEN held = getvariable('levels')[1] THEN NULL
      WHEN credential = 0 OR happens(drawn, 0, getvariable('shares').related) THEN field
      ELSE one_of(drawn, 2, getvariable('fields'))
    END AS code,
    CASE
      WHEN credential = 0 THEN started - 30 - below(drawn, 3, 900)
      ELSE later(started, (days * credential + below(drawn, 3, days)) // credentials)
    END AS award
  FROM drawn
)
SELECT
  CASE WHEN fault = 'no person' THEN NULL ELSE person END AS person,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'level unknown' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN code IS NOT NULL AND happens(known, 0, getvariable('shares').missing) THEN NULL
    ELSE spelled('level', held, titling(drawn, 2))
  END AS level,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'field unusable' THEN one_of(faults, 2, getvariable('unusable').fields)
    -- Never together with the level: a row that says nothing would be a finding.
    WHEN NOT happens(known, 0, 1 - getvariable('shares').missing) THEN NULL
    ELSE code
  END AS field,
  written_day(
    CASE
      WHEN fault = 'no values' THEN NULL
      WHEN fault = 'date unreadable' THEN one_of(faults, 2, getvariable('unusable').dates)
      -- Of the main credential alone, lest two without a date be the same row.
      WHEN credential = 0 AND happens(known, 1, getvariable('shares').missing) THEN NULL
      ELSE CAST(award AS VARCHAR)
    END
  ) AS awarded,
  CASE
    WHEN fault = 'no values' THEN NULL
    WHEN fault = 'recognised for nothing known' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN happens(known, 2, getvariable('shares').recognised / 4)
    THEN concat_ws('; ', position, nullif(one_of(known, 3, getvariable('positions')), position))
    WHEN happens(known, 2, getvariable('shares').recognised) THEN position
  END AS recognised_for
FROM stated;
