-- Each claim that fits one grade alone: an empty category is the lowest one, an empty or unknown tier is any.
SELECT claims.person, MIN(grades.grade) AS grade
FROM (SELECT DISTINCT {cells} FROM {table}) AS claims
JOIN ({grades}) AS grades
  ON grades.post = claims.position_code
  AND (claims.tier IS NULL OR claims.tier NOT IN ({tiers}) OR grades.rung IS NULL OR grades.rung = claims.tier)
  AND COALESCE(grades.class, '{lowest}') = COALESCE(claims.category, '{lowest}')
WHERE claims.person IS NOT NULL
GROUP BY claims.person, claims.position_code, claims.tier, claims.category
HAVING COUNT(*) = 1
