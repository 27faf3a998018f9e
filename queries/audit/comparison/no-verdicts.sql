-- The same where the law has none of the grades that are looked at.
CREATE VIEW verdicts AS
SELECT NULL::VARCHAR AS person, NULL::VARCHAR AS grade, NULL::VARCHAR AS verdict, NULL::BOOLEAN AS claimed, NULL::INTEGER AS best_alternative, NULL::VARCHAR AS reason
WHERE false;
