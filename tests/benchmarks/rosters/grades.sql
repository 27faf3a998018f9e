-- The grades as they are drawn, in lists by their ordinals: rows look things up in them, so that they keep their order.

CREATE TEMP TABLE law_grades AS SELECT unnest(getvariable('grades'), max_depth := 2);

CREATE TEMP TABLE asked AS
SELECT position, min(activity) AS activity
FROM (SELECT unnest(getvariable('trainings'), max_depth := 2))
GROUP BY position;

CREATE TEMP TABLE implied AS
SELECT position, min(activity) AS activity
FROM (SELECT unnest(getvariable('activities_implied'), max_depth := 2))
GROUP BY position;

-- Of a post: its position, tier and category, the activity that the position implies and that of the training it asks.
CREATE TEMP TABLE posts AS
SELECT
  ordinal,
  rank,
  {
    'position': law_grades.position,
    'tier': tier,
    'category': category,
    'implied': implied.activity,
    'asked': asked.activity
  } AS post
FROM law_grades
LEFT JOIN implied ON implied.position = law_grades.position
LEFT JOIN asked ON asked.position = law_grades.position;

SET VARIABLE posts = (SELECT list(post ORDER BY ordinal) FROM posts);

-- The posts that somebody may have held before a grade: of the same position and tier, up to the same category, the
-- nearest first, beginning with the grade itself.
SET VARIABLE ladders = (
  SELECT list(ladder ORDER BY ordinal)
  FROM (
    SELECT held.ordinal, list(past.post ORDER BY past.rank DESC) AS ladder
    FROM posts AS held
    JOIN posts AS past
      ON past.post.position = held.post.position
      AND past.post.tier IS NOT DISTINCT FROM held.post.tier
      AND past.rank <= held.rank
    GROUP BY held.ordinal
  )
);

-- What education suits a grade.
SET VARIABLE options = (
  SELECT list(options ORDER BY ordinal)
  FROM (
    SELECT ordinal, list({'level': level, 'field': field} ORDER BY level, field) AS options
    FROM (SELECT unnest(getvariable('educations'), max_depth := 2))
    JOIN law_grades USING (grade)
    GROUP BY ordinal
  )
);

-- 4096 slots, divided among the grades by their frequency; every grade has some.
SET VARIABLE slots = (
  WITH weighed AS (
    SELECT
      ordinal,
      (
        getvariable('shares').rarest_position
        + (1 - getvariable('shares').rarest_position) * draw(bits('frequency', position), 0) / 65535
      ) * pow(getvariable('shares').lower_rank, rank) AS weight
    FROM law_grades
  ),
  bounded AS (
    SELECT
      ordinal,
      CAST(round(4096 * sum(weight) OVER (ORDER BY ordinal) / sum(weight) OVER ()) AS INTEGER) AS bound
    FROM weighed
  ),
  slots AS (
    SELECT ordinal, unnest(range(coalesce(lag(bound) OVER (ORDER BY ordinal), 0), bound)) AS slot
    FROM bounded
  )
  SELECT list(ordinal ORDER BY slot) FROM slots
);
