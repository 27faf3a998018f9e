# An alternative without education asks for the levels that its neighbour asks for, and for no field.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>

DELETE { ?alternative calc:asksNoEducation true }
INSERT {
  ?alternative bilik:hasCondition ?condition ;
    calc:asksEducation ?condition .
  ?condition a bilik:EducationCondition ;
    calc:kind "education" ;
    calc:hasFieldRule calc:levelOnly ;
    bilik:acceptsEducationLevel ?level ;
    calc:acceptsLevel ?level ;
    calc:acceptsLevelAFortiori ?levelAFortiori ;
    bilik:dependsOnInterpretation ?reading .
}
WHERE {
  ?alternative bilik:dependsOnInterpretation reading:no-education-named ;
    calc:asksNoEducation true .
  ?requirement bilik:hasAlternative ?alternative , ?neighbour .
  ?neighbour calc:asksEducation ?education .
  { ?education calc:acceptsLevel ?level }
  UNION
  { ?education calc:acceptsLevelAFortiori ?levelAFortiori }
  UNION
  {
    ?education bilik:dependsOnInterpretation ?reading .
    FILTER (?reading != reading:field-members)
  }
  BIND (IRI(CONCAT(REPLACE(STR(?alternative), "/alternative/", "/condition/"), "-education")) AS ?condition)
}
