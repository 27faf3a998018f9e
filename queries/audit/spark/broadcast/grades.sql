-- The grades by number, and why the law on one is not known on the as-of date.
SELECT CAST(grade AS INTEGER) AS grade, CAST(slug AS VARCHAR) AS slug, note FROM law.grades
