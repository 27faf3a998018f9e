# A post outside the order may count for the group as a post in an unknown position may.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

INSERT { ?reckoning calc:possiblePost ?outside }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:engineering-technical-group ;
    calc:isReckonedBy ?reckoning .
  ?reckoning calc:possiblePost ?unknown .
  FILTER (STRSTARTS(?unknown, "unknown "))
  BIND (CONCAT("outside ", STRAFTER(?unknown, " ")) AS ?outside)
}
