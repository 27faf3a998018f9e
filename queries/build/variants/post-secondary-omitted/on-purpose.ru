# The lowest of the levels that count a fortiori is the one left out, and does not count.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:acceptsLevelAFortiori ?omitted }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:post-secondary-omitted ;
    calc:acceptsLevelAFortiori ?omitted .
  ?omitted bilik:rank ?rank .
  OPTIONAL {
    ?condition calc:acceptsLevelAFortiori ?lower .
    ?lower bilik:rank ?lowerRank .
    FILTER (?lowerRank < ?rank)
  }
  FILTER (!BOUND(?lower))
}
