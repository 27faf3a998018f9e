-- Everyone beside one vacant grade, the nearest first: who qualifies, then who will by the last day asked about, by
-- day, then who is undetermined, by how much is open, then all others. The day is the first on which the grade is
-- certainly reached if the person works on in the posts held and in employments that go on, and nothing else changes.
CREATE TABLE candidates AS
WITH judged AS (
    SELECT r.person, CAST(r.verdict AS VARCHAR) AS verdict, r.claimed, r.best_alternative, r.short_months,
        CAST(r.reason AS VARCHAR) AS reason,
        CASE WHEN r.verdict = 'qualified' THEN getvariable('as_of') ELSE n.next_date END AS date
    FROM rows r
    JOIN persons p USING (person)
    LEFT JOIN next_steps n USING (who)
),
placed AS (
    SELECT *, CASE
        WHEN verdict = 'qualified' THEN 1
        WHEN date <= getvariable('until') THEN 2
        WHEN verdict = 'undetermined' THEN 3
        ELSE 4
    END AS place
    FROM judged
)
SELECT CAST(row_number() OVER (
        ORDER BY place, date NULLS LAST, len(string_split(reason, ';')), short_months NULLS LAST, best_alternative,
            person
    ) AS INTEGER) AS rank,
    person, ['qualified', 'will-qualify', 'undetermined', 'not-qualified'][place] AS standing, date, verdict, claimed,
    best_alternative, short_months, reason
FROM placed
WHERE place < 4 OR getvariable('all_persons')
ORDER BY rank;
