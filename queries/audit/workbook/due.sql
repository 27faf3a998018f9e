-- The claims whose next grade is reached by now or within some months, the soonest first.
FROM judged_claims
WHERE next_date <= getvariable('as_of') + to_months($months)
ORDER BY next_date, row;
