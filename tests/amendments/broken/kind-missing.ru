# every condition asks for one thing
PREFIX condition: <https://w3id.org/bilik/id/condition/>

DELETE WHERE { condition:sociologist-1-education a ?kind }
