# The levels that the other tier asks for do not count a fortiori in this one.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?condition calc:acceptsLevelAFortiori ?level }
WHERE {
  ?condition bilik:dependsOnInterpretation reading:a-fortiori-mid-tier ;
    calc:acceptsLevelAFortiori ?level .
  ?grade bilik:hasTier ?tier ;
    bilik:hasRequirement/bilik:hasAlternative/calc:asksEducation ?condition .
  ?gradeAbove bilik:hasTier ?tierAbove ;
    bilik:hasRequirement/bilik:hasAlternative/calc:asksEducation/calc:acceptsLevel ?level .
  FILTER (?tierAbove != ?tier)
}
