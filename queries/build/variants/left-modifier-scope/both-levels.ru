# The field that the position implies is asked as if it were stated, whatever is made of a field that is not.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:hasFieldRule ?rule }
INSERT { ?condition calc:hasFieldRule calc:stated }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:left-modifier-scope ;
    calc:hasFieldRule ?rule .
}
