# No level counts a fortiori.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:acceptsLevelAFortiori ?level }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:a-fortiori ;
    calc:acceptsLevelAFortiori ?level .
}
