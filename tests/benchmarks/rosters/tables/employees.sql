-- The posts held: those of the main grade first; of whoever has more claims, grades that follow it in the law.
CREATE TEMP VIEW employees_generated AS
WITH claims AS (
  SELECT *, unnest(range(greatest(claims, 1))) AS claim
  FROM persons
),
drawn AS (
  SELECT
    *,
    titling(bits('claim', concat(number, '/', claim)), 0) AS titling,
    fault_bits('a claim', concat(number, '/', claim)) AS faults
  FROM claims
),
faulty AS (
  SELECT
    drawn.*,
    fault(
      faults,
      ['position unknown', 'tier unknown', 'fits no grade', 'fits several grades', 'no person', 'row repeated']
    ) AS fault,
    CASE fault
      WHEN 'position unknown' THEN {'position': one_of(faults, 2, getvariable('unusable').codes)}
      WHEN 'fits no grade' THEN one_of(faults, 2, getvariable('misfits'))
      WHEN 'fits several grades' THEN one_of(faults, 2, getvariable('ambiguous'))
    END AS wrong,
    getvariable('posts')[1 + (ordinal + claim) % len(getvariable('posts'))] AS post
  FROM drawn
),
copied AS (
  SELECT *, unnest(copies(fault)) AS copy
  FROM faulty
)
SELECT
  CASE WHEN fault = 'no person' THEN NULL ELSE person END AS person,
  CASE
    WHEN wrong IS NOT NULL THEN wrong.position
    WHEN claims > 0 THEN spelled('position', post.position, titling)
  END AS position,
  CASE
    WHEN fault = 'tier unknown' THEN one_of(faults, 2, getvariable('unusable').codes)
    WHEN wrong IS NOT NULL THEN wrong.tier
    WHEN claims > 0 THEN spelled('tier', post.tier, titling)
  END AS tier,
  CASE
    WHEN wrong IS NOT NULL THEN wrong.category
    WHEN claims > 0 THEN spelled('category', post.category, titling)
  END AS category,
  name,
  unit
FROM copied;
