# A condition accepts the lowest of its levels alone: the one it names, and none of those it is held with.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:acceptsLevel ?higher }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:general-secondary-included ;
    calc:acceptsLevel ?named , ?higher .
  ?named bilik:rank ?namedRank .
  ?higher bilik:rank ?rank .
  FILTER (?rank > ?namedRank)
}
