# The relevant direction is the field of the neighbouring alternative: its codes are accepted, and no others.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

INSERT { ?condition calc:acceptedCode ?code }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:relevant-direction-wider .
  ?requirement bilik:hasAlternative/calc:asksEducation ?condition , ?neighbour .
  ?neighbour calc:acceptedCode ?code .
} ;

DELETE { ?condition calc:acceptedCode ?wider }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:relevant-direction-wider ;
    calc:acceptedCode ?wider .
  ?requirement bilik:hasAlternative/calc:asksEducation ?condition , ?neighbour .
  FILTER (?neighbour != ?condition)
  OPTIONAL {
    ?neighbour calc:acceptedCode ?code .
    FILTER (?code = ?wider)
  }
  FILTER (!BOUND(?code))
}
