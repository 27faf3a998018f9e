# Where the text is silent on the field, the field that the position implies is asked as if it were stated.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:hasFieldRule calc:silent }
INSERT { ?condition calc:hasFieldRule calc:stated }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:field-not-stated ;
    calc:hasFieldRule calc:silent .
}
