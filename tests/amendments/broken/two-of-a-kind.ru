# every alternative has a number and conditions
PREFIX alternative: <https://w3id.org/bilik/id/alternative/>
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX condition: <https://w3id.org/bilik/id/condition/>

INSERT DATA { alternative:technician-mid-first-1 bilik:hasCondition condition:technician-mid-first-2-experience }
