-- The verdicts under one law, as those under the other are compared with them.
CREATE TABLE verdicts AS
SELECT person, CAST(grade AS VARCHAR) AS grade, CAST(verdict AS VARCHAR) AS verdict, claimed, best_alternative,
    CAST(reason AS VARCHAR) AS reason
FROM rows;
