# Every condition on experience of one clause asks for a year more.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX law: <https://w3id.org/bilik/id/law/>

DELETE { ?condition bilik:minimumMonths ?months }
INSERT { ?condition bilik:minimumMonths ?more }
WHERE {
  ?condition bilik:isStatedIn law:order-775-cl-14 ;
    bilik:minimumMonths ?months .
  BIND (?months + 12 AS ?more)
}
