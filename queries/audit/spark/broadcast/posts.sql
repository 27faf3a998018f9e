-- The grade, by number, that a post of a claim means.
SELECT position, tier, category, grade FROM meaning.claims
