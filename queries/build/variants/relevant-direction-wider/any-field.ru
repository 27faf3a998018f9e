# Where the relevant direction is wider than the field of the neighbouring alternative, only the level is looked at.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:hasFieldRule ?rule }
INSERT { ?condition calc:hasFieldRule calc:levelOnly }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:relevant-direction-wider ;
    calc:hasFieldRule ?rule .
}
