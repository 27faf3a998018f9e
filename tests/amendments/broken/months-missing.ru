# every condition asks for one thing
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX condition: <https://w3id.org/bilik/id/condition/>

DELETE WHERE { condition:technician-mid-first-1-experience bilik:minimumMonths ?months }
