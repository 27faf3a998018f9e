# Levels that are left to another alternative count a fortiori all the same.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

INSERT { ?condition calc:acceptsLevelAFortiori ?level }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:a-fortiori ;
    calc:leavesLevelToAnother ?level .
}
