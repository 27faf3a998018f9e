# every alternative has a number and conditions
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX requirement: <https://w3id.org/bilik/id/requirement/>

DELETE WHERE { requirement:sociologist bilik:hasAlternative ?alternative }
