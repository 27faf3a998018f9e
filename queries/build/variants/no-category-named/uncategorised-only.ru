# A reckoning that takes any category counts no post above the lowest one, and possibly one whose category is unknown.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?reckoning ?counts ?post }
INSERT { ?reckoning calc:possiblePost ?unknown }
WHERE {
  VALUES ?counts { calc:countedPost calc:possiblePost }
  ?condition bilik:dependsOnInterpretation reading:no-category-named ;
    calc:isReckonedBy ?reckoning .
  ?reckoning ?counts ?post .
  bilik:hasCategory calc:allowsValue ?lowest .
  ?lowest bilik:rank 0 ;
    skos:notation ?code .
  FILTER (!STRENDS(?post, CONCAT(" ", ?code)))
  BIND (IF(STRENDS(?post, " unknown"), ?post, ?none) AS ?unknown)
}
