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
    bits('education', number) AS schooling
  FROM range(1, getvariable('persons') + 1) AS everyone(number)
),
careers AS (
  SELECT
    number,
    concat('P', lpad(CAST(number AS VARCHAR), 8, '0')) AS person,
    concat(one_of(who, 0, getvariable('words').names), ' ', lpad(CAST(number AS VARCHAR), 6, '0')) AS name,
    concat(one_of(who, 1, getvariable('words').units), ' ', 1 + below(who, 2, 40)) AS unit,
    draw(who, 3) >> 4 AS slot,
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
    bits('main credential', number) AS main
  FROM drawn
)
SELECT
  careers.* EXCLUDE (slot, fits, main),
  CAST(getvariable('as_of') - started AS INTEGER) AS days,
  grades.ordinal,
  grades.position,
  CASE WHEN fits THEN options.level ELSE one_of(main, 1, getvariable('levels')) END AS level,
  CASE
    WHEN NOT fits OR options.field = '' THEN one_of(main, 2, getvariable('fields'))
    WHEN happens(main, 3, getvariable('shares').refined) THEN refined(options.field, main, 2)
    ELSE options.field
  END AS field
FROM careers
JOIN slots ON slots.slot = careers.slot
JOIN grades ON grades.ordinal = slots.ordinal
JOIN options ON options.choice = choice(grades.ordinal, below(main, 0, grades.options));
