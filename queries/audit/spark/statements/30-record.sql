-- What is asked of each person: of the claims one question a grade, else one question for all grades; and the record
-- that answers it.
SELECT /*+ BROADCAST(q) */ a.*, q.reckonings
FROM (SELECT *, explode(CASE WHEN :claims_only THEN claims ELSE array(0) END) AS question FROM persons) a
JOIN reckonings q ON q.question = a.question
