-- The same as lists, which are looked up by number in the thick of the evaluation: by reckoning and kind of work, by field and
-- kind of work, by kind of credential and education.
SET VARIABLE works = (SELECT count(*) FROM work);
SET VARIABLE educations = (SELECT count(*) FROM law.educations);
SET VARIABLE counted = (
    SELECT list(CAST(coalesce(c.certainty, 0) AS UTINYINT) ORDER BY r.reckoning, w.work)
    FROM law.reckonings r CROSS JOIN work w LEFT JOIN counted c ON c.reckoning = r.reckoning AND c.work = w.work
);
SET VARIABLE shared = (
    SELECT list(CAST(coalesce(s.certainty, 0) AS UTINYINT) ORDER BY f.field, w.work)
    FROM credential_field f CROSS JOIN work w LEFT JOIN shared s ON s.field = f.field AND s.work = w.work
);
SET VARIABLE education_rank = (SELECT list(CAST(rank AS UTINYINT) ORDER BY kind, education) FROM education_result);
SET VARIABLE education_reason = (SELECT list(reason ORDER BY kind, education) FROM education_result);
