# every condition asks for one thing
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX condition: <https://w3id.org/bilik/id/condition/>
PREFIX position: <https://w3id.org/bilik/id/position/>

DELETE { condition:technician-mid-first-1-experience bilik:countsPosition ?position }
INSERT { condition:technician-mid-first-1-experience bilik:countsPosition position:nobody }
WHERE { condition:technician-mid-first-1-experience bilik:countsPosition ?position }
