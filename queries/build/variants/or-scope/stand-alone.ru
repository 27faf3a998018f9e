# Beside the alternatives whose experiences share an education stands one more: the last of these experiences, alone.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT {
  ?requirement bilik:hasAlternative ?alone .
  ?alone bilik:alternativeNumber ?next ;
    bilik:hasCondition ?condition ;
    calc:asksExperience ?condition ;
    calc:asksNoEducation true ;
    bilik:dependsOnInterpretation reading:or-scope .
  ?condition a bilik:ExperienceCondition ;
    calc:kind "experience" ;
    bilik:minimumMonths ?months ;
    bilik:countsSpecialityOf ?position ;
    calc:isReckonedBy ?reckoning ;
    bilik:dependsOnInterpretation ?reading .
  ?reckoning calc:countsIn ?position ;
    skos:notation ?key .
}
WHERE {
  ?grade bilik:hasRequirement ?requirement ;
    skos:notation ?slug .
  ?requirement bilik:hasAlternative ?alternative .
  ?alternative bilik:dependsOnInterpretation reading:or-scope ;
    bilik:alternativeNumber ?number ;
    calc:asksExperience ?experience .
  OPTIONAL {
    ?requirement bilik:hasAlternative/bilik:alternativeNumber ?later .
    FILTER (?later > ?number)
  }
  FILTER (!BOUND(?later))
  ?experience bilik:minimumMonths ?months ;
    bilik:dependsOnInterpretation ?reading ;
    calc:isReckonedBy/calc:countsSpecialityOf ?position .
  ?position skos:notation ?positionCode .
  BIND (?number + 1 AS ?next)
  BIND (CONCAT(?slug, "-", STR(?next)) AS ?name)
  BIND (IRI(CONCAT("https://w3id.org/bilik/id/alternative/", ?name)) AS ?alone)
  BIND (IRI(CONCAT("https://w3id.org/bilik/id/condition/", ?name, "-experience")) AS ?condition)
  BIND (CONCAT("speciality-", ?positionCode, "-alone") AS ?key)
  BIND (IRI(CONCAT("https://w3id.org/bilik/calc/reckoning/", ?key)) AS ?reckoning)
} ;

# With no credential looked at, service in the speciality is certain in the position itself, and possible where the
# position is unknown or outside the order, implies no field, or one that overlaps.
INSERT {
  ?reckoning ?counts ?post .
}
WHERE {
  {
    SELECT DISTINCT ?reckoning ?position
    WHERE {
      ?alone bilik:dependsOnInterpretation reading:or-scope ;
        calc:asksNoEducation true ;
        calc:asksExperience/calc:isReckonedBy ?reckoning .
      ?reckoning calc:countsIn ?position .
    }
  }
  {
    ?position skos:notation ?positionCode .
    BIND (calc:countedPost AS ?counts)
  }
  UNION
  {
    VALUES ?positionCode { "unknown" "outside" }
    BIND (calc:possiblePost AS ?counts)
  }
  UNION
  {
    ?inSpeciality calc:countsSpecialityOf ?position .
    bilik:hasPosition calc:allowsValue ?other .
    ?other skos:notation ?positionCode .
    FILTER (?other != ?position)
    OPTIONAL { ?other calc:impliedCode ?anyCode }
    OPTIONAL {
      ?other calc:impliedCode ?otherCode .
      ?position calc:impliedCode ?code .
      FILTER (STRSTARTS(?otherCode, ?code) || STRSTARTS(?code, ?otherCode))
    }
    FILTER (!BOUND(?anyCode) || BOUND(?otherCode))
    BIND (calc:possiblePost AS ?counts)
  }
  {
    bilik:hasCategory calc:allowsValue/skos:notation ?categoryCode .
  }
  UNION
  { VALUES ?categoryCode { "unknown" } }
  BIND (CONCAT(?positionCode, " ", ?categoryCode) AS ?post)
}
