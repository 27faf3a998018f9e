-- The persons: what the rows of all tables about somebody have in common.

-- A field code of four digits made of a shorter one.
CREATE TEMP MACRO refined(field, drawn, slot) AS
  left(concat(field, 1 + below(drawn, slot, 9) % 3, 1 + below(drawn, slot, 9) // 3), 4);

CREATE TEMP VIEW persons AS
WITH drawn AS (
  SELECT
    number,
    bits('person', number) AS who,
    bits('career', number) AS career,
    bits('education', number) AS schooling,
    bits('main credential', number) AS main
  FROM range(1, getvariable('persons') + 1) AS everyone(number)
),
careers AS (
  SELECT
    number,
    concat('P', lpad(CAST(number AS VARCHAR), 8, '0')) AS person,
    concat(one_of(who, 0, getvariable('words').names), ' ', lpad(CAST(number AS VARCHAR), 6, '0')) AS name,
    concat(one_of(who, 1, getvariable('words').units), ' ', 1 + below(who, 2, 40)) AS unit,
    getvariable('slots')[1 + (draw(who, 3) >> 4)] AS ordinal,
    one_of(main, 0, getvariable('options')[1 + ordinal]) AS suitable,
    -- Nobody starts before the first day of all careers, nor in the last months before the as-of date.
    getvariable('first_day') + below(career, 0, getvariable('as_of') - getvariable('first_day') - 400) AS started,
    one_of(career, 1, getvariable('counts').employments) AS jobs,
    one_of(career, 2, getvariable('counts').credentials) AS credentials,
    greatest(
      0,
      CAST(floor(getvariable('claims')) AS INTEGER)
      + CAST(happens(schooling, 0, getvariable('claims') - floor(getvariable('claims'))) AS INTEGER)
      - CAST(happens(career, 3, getvariable('shares').list_only) AS INTEGER)
      + CAST(NOT happens(career, 3, 1 - getvariable('shares').another_claim) AS INTEGER)
    ) AS claims,
    happens(schooling, 1, getvariable('shares').fitting) AS fits,
    main
  FROM drawn
)
SELECT
  careers.* EXCLUDE (suitable, fits, main),
  CAST(getvariable('as_of') - started AS INTEGER) AS days,
  getvariable('posts')[1 + ordinal].position AS position,
  CASE WHEN fits THEN suitable.level ELSE one_of(main, 1, getvariable('levels')) END AS level,
  CASE
    WHEN NOT fits OR suitable.field = '' THEN one_of(main, 2, getvariable('fields'))
    WHEN happens(main, 3, getvariable('shares').refined) THEN refined(suitable.field, main, 2)
    ELSE suitable.field
  END AS field
FROM careers;
