# One of two alternatives is repealed.
PREFIX alternative: <https://w3id.org/bilik/id/alternative/>
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX requirement: <https://w3id.org/bilik/id/requirement/>

DELETE DATA { requirement:technician-mid-first bilik:hasAlternative alternative:technician-mid-first-2 }
