# A reckoning counts no post at a category above the one it counts from.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX calc: <https://w3id.org/bilik/calc#>
PREFIX reading: <https://w3id.org/bilik/voc/reading/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?reckoning ?counts ?post }
WHERE {
  VALUES ?counts { calc:countedPost calc:possiblePost }
  ?condition bilik:dependsOnInterpretation reading:category-or-higher ;
    calc:isReckonedBy ?reckoning .
  ?reckoning calc:countsFromCategory/bilik:rank ?namedRank ;
    ?counts ?post .
  bilik:hasCategory calc:allowsValue ?category .
  ?category bilik:rank ?rank ;
    skos:notation ?code .
  FILTER (?rank > ?namedRank && STRENDS(?post, CONCAT(" ", ?code)))
}
