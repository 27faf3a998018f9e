# A grade is replaced by one of another name, with the same requirement.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX grade: <https://w3id.org/bilik/id/grade/>
PREFIX position: <https://w3id.org/bilik/id/position/>
PREFIX requirement: <https://w3id.org/bilik/id/requirement/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tier: <https://w3id.org/bilik/voc/tier/>

DELETE DATA { grade:sociologist bilik:hasRequirement requirement:sociologist } ;
INSERT DATA {
  grade:sociologist-high a bilik:Grade ;
    skos:notation "sociologist-high" ;
    bilik:hasRequirement requirement:sociologist ;
    bilik:hasTier tier:high ;
    bilik:isGradeOf position:sociologist ;
    bilik:ordinal 900 .
}
