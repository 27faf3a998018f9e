-- The rows of an audit as triples, one a line: $as_of, and $base and $term, what names of people, verdicts and grades,
-- and of terms, begin with. A person of a table has a name made of the key, one of RDF has its own.
SELECT unnest([
    verdict || ' <' || $type || '> <' || $term || 'Verdict> .',
    verdict || ' <' || $term || 'concernsPerson> <' || iri || '> .',
    verdict || ' <' || $term || 'concernsGrade> <' || $base || 'id/grade/' || grade || '> .',
    verdict || ' <' || $term || 'asOf> "' || $as_of || '"^^<' || $date || '> .',
    verdict || ' <' || $term || 'hasOutcome> <' || $base || 'voc/outcome/' || outcome || '> .'
]) AS triple
FROM (
    SELECT iri, CAST(grade AS VARCHAR) AS grade, CAST(verdict AS VARCHAR) AS outcome,
        '<' || $base || 'verdict/' || $as_of || '/' || url_encode(iri) || '/' || grade || '>' AS verdict
    FROM (SELECT *, CASE WHEN $is_rdf THEN person ELSE $base || 'person/' || url_encode(person) END AS iri FROM $rows)
)
