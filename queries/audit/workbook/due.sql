-- The claims whose next grade comes within some months, the soonest first.
SELECT person, grade, next_grade, next_date,
    COLUMNS(c -> c NOT IN ('row', 'person', 'grade', 'verdict', 'claimed', 'best_alternative', 'short_months', 'reason', 'next_grade', 'next_date'))
FROM judged_claims
WHERE next_date > getvariable('as_of') AND next_date <= getvariable('as_of') + to_months($months)
ORDER BY next_date, row;
