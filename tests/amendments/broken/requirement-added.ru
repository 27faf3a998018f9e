# every grade is stated once
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX grade: <https://w3id.org/bilik/id/grade/>
PREFIX requirement: <https://w3id.org/bilik/id/requirement/>

INSERT DATA { grade:sociologist bilik:hasRequirement requirement:translator }
