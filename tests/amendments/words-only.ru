# Labels and places in the text are others: the requirements are the same.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ?condition rdfs:label ?label ; bilik:hasSourceQuote ?quote }
WHERE {
  ?condition a bilik:ExperienceCondition ;
    rdfs:label ?label ;
    bilik:hasSourceQuote ?quote .
}
