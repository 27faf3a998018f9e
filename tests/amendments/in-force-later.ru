# A clause comes into force on a later day.
PREFIX bilik: <https://w3id.org/bilik/def#>
PREFIX law: <https://w3id.org/bilik/id/law/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { law:order-775-cl-40 bilik:inForceNotBefore "2030-01-01"^^xsd:date }
