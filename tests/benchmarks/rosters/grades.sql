-- The grades as they are drawn: how frequent each is, its ladder, and what education suits it.

-- One key of a grade and one of its choices: a join by it finds one row and keeps the order.
CREATE TEMP MACRO choice(ordinal, number) AS ordinal * 1000 + number;

-- The grades that somebody may have held before: of the same position and tier, up to the same category, the nearest
-- first (step 0 is the grade itself).
CREATE TEMP TABLE ladders AS
SELECT
  held.ordinal,
  row_number() OVER (PARTITION BY held.ordinal ORDER BY past.rank DESC) - 1 AS step,
  choice(held.ordinal, step) AS choice,
  past.position,
  past.tier,
  past.category
FROM law_grades AS held
JOIN law_grades AS past
  ON past.position = held.position
  AND past.tier IS NOT DISTINCT FROM held.tier
  AND past.rank <= held.rank;

CREATE TEMP TABLE options AS
SELECT
  ordinal,
  row_number() OVER (PARTITION BY ordinal ORDER BY level, field) - 1 AS option,
  choice(ordinal, option) AS choice,
  level,
  field
FROM law_educations
JOIN law_grades USING (grade);

CREATE TEMP TABLE grades AS
SELECT
  *,
  (SELECT count(*) FROM options WHERE options.ordinal = law_grades.ordinal) AS options,
  (SELECT max(step) FROM ladders WHERE ladders.ordinal = law_grades.ordinal) AS steps
FROM law_grades;

-- One activity of a position is enough here.
CREATE TEMP TABLE asked AS
SELECT position, min(activity) AS activity FROM law_trainings GROUP BY position;

CREATE TEMP TABLE implied AS
SELECT position, min(activity) AS activity FROM law_activities GROUP BY position;

-- 4096 slots, divided among the grades by their frequency; every grade has some.
CREATE TEMP TABLE slots AS
WITH weighed AS (
  SELECT
    ordinal,
    (
      getvariable('shares').rarest_position
      + (1 - getvariable('shares').rarest_position) * draw(bits('frequency', position), 0) / 65535
    ) * pow(getvariable('shares').lower_rank, rank) AS weight
  FROM grades
),
bounded AS (
  SELECT
    ordinal,
    CAST(round(4096 * sum(weight) OVER (ORDER BY ordinal) / sum(weight) OVER ()) AS INTEGER) AS bound
  FROM weighed
)
SELECT
  unnest(range(coalesce(lag(bound) OVER (ORDER BY ordinal), 0), bound)) AS slot,
  ordinal
FROM bounded;
